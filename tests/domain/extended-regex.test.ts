/** Each of these was tried with GNU grep 3.8, which takes an unmatched `)` where POSIX leaves it open. */
import { expect, test } from 'vitest'
import { faultOfPattern } from '#domain/extended-regex.ts'

test.each([
  ...['a|b', '(a|b)+', '()', '[]a]', '[^]a]', '[\\]', '[a-]', '[--z]', '[[.a.]-z]', '[[=a=]]', '[[:alpha:]_-]', '[(]'],
  ...[
    'a{1',
    '{1}',
    'a{x}',
    'a{,3}',
    'a{1}{2}',
    'a{2,}',
    'a{32767}',
    '\\(',
    '\\)',
    '\\[',
    'a**',
    '*a',
    'a\\{2,1',
    '^ *x$',
  ],
])('grep reads %s', (pattern) => {
  expect(faultOfPattern(pattern)).toBeUndefined()
})

test.each([
  ['a(b', 'a `(` has no `)`'],
  ['(a[)]', 'a `(` has no `)`'],
  ['a)b', 'a `)` has no `(`'],
  ['[ab', 'a `[` has no `]`'],
  ['[]', 'a `[` has no `]`'],
  ['[^]', 'a `[` has no `]`'],
  ['[[:alpha:]', 'a `[` has no `]`'],
  ['[[.', 'a `[` has no `]`'],
  ['[[:foo:]]', '`[:foo:]` is no class of characters'],
  ['a\\', 'nothing is behind the last `\\`'],
  ['a{2,1}', '`{2,1}` goes backwards'],
  ['a{99999}', '`{99999}` repeats more than 32,767 times'],
  ['[b-a]', '`b-a` goes backwards'],
  ['[z-\\]', '`z-\\` goes backwards'],
])('grep does not read %s: %s', (pattern, fault) => {
  expect(faultOfPattern(pattern)).toBe(fault)
})
