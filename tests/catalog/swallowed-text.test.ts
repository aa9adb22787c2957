import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { checkMarkdown, inspectMarkdown } from '#catalog/body.ts'
import { editOf, withEdits } from '#catalog/change.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'
import { anyText, extreme, pieces } from './arbitraries.ts'

vi.setConfig({ testTimeout: propertyTimeout })

const placeAt = (line: number, column: number) => ({ file: 'text.md', line, column })
const codesIn = (text: string) => checkMarkdown(text, placeAt).map(({ code }) => code)

describe('what reads like Markdown and is meant as text', () => {
  test.each([
    ['a definition whose target is a word', '[Docker]: fixed\n', 'definition-swallows-text'],
    ['a remark with an address', '[EDIT]: https://example.org/\n', 'definition-swallows-text'],
    ['a note of one word', '[NB]: moved.\n', 'definition-swallows-text'],
    ['a sentence above a line of dashes', 'Edited by Ada.\n---\n', 'underlined-heading'],
    ['two lines above a line of dashes', 'One\ntwo\n---\n', 'underlined-heading'],
    ['keys between lines of dashes', 'Text\n\n---\ntitle: Two\n---\n', 'second-front-matter'],
    ['keys with a list between lines of dashes', '---\ntitle: Two\ntags:\n  - a\n---\n', 'second-front-matter'],
    ['a hunk of a diff', '@@ -1,2 +1,2 @@\n- a\n+ b\n', 'diff-outside-code'],
    ['a tree of files', 'src\n├── a.c\n└── b.c\n', 'drawing-outside-code'],
    ['commands of root on a board', '[root@board ~]# make\n', 'prompt-outside-code'],
    ['a bullet that is an entity', '&bull; one\n&bull; two\n', 'bullet-outside-list'],
  ])('is found: %s', (_, text, code) => {
    expect(codesIn(text)).toEqual([code])
  })

  test.each([
    ['a definition that is used', '[a][Docker]\n\n[Docker]: https://example.org/\n'],
    ['a note that is used', '[Note]\n\n[note]: https://example.org/\n'],
    ['one definition written twice', '[a]\n\n[a]: https://a.example/\n[a]: https://a.example/\n'],
    ['a break', 'One.\n\n---\n\nTwo.\n'],
    ['a break above a remark', 'One.\n\n---\nNote: two.\n'],
    ['a table', '| a | b |\n|---|---|\n| c | d |\n'],
    ['prices', 'It is\n$ 5, or a $HOME.\n'],
    ['an escaped star', '2 \\* 3 \\* 4, \\*nix\n'],
    ['brackets', 'See [1] [2], [x] and \\[a\\][b].\n'],
    ['indented code', 'Text:\n\n    $ make\n    --- a\n    +++ b\n'],
    ['a middle dot', 'One · two\n'],
    ['an arrow of boxes', 'From │ to │\n'],
  ])('is not found: %s', (_, text) => {
    expect(codesIn(text)).toEqual([])
  })
})

/** The text after every change that its problems carry. */
function changed(text: string): string {
  const edits = inspectMarkdown(text, placeAt).flatMap(({ change, place }) => {
    const edit = change && editOf(change, place, { file: 'text.md', text })
    return edit ? [edit] : []
  })
  return withEdits(text, edits)
}

test.each([
  ['[UPDATE 2014]: fixed\n', '**UPDATE 2014:** fixed\n'],
  ['Edited by Ada.\n---\n', 'Edited by Ada.\n\n---\n'],
  ['Building\n--------\nText\n', '## Building\nText\n'],
  ['Building\n===\n', '## Building\n'],
  ['Needed:\n• a\n  • b\n', 'Needed:\n- a\n  - b\n'],
  ['> • a\n> • b\n', '> - a\n> - b\n'],
  ['\\*\\*a\\*\\* and \\`b\\`\n', '**a** and `b`\n'],
  ['a <!-- b --> c\n', 'a  c\n'],
])('the changes of the problems of %j cure them', (before, after) => {
  expect(changed(before)).toBe(after)
  expect(inspectMarkdown(after, placeAt)).toEqual([])
})

test('commands of root below each other are one problem', () => {
  expect(codesIn(' # cd /home\n # make\n # make install\n\n # reboot\n')).toEqual(['heading-level', 'heading-level'])
})

test('only a text of an issue is offered errata', () => {
  const fixes = [true, false].map((isIssue) => checkMarkdown('[EDIT]: gone', placeAt, isIssue)[0]?.fix)
  expect(fixes).toEqual([
    'write `**EDIT:** gone`, or make it one of the `errata` of the issue',
    'write `**EDIT:** gone`',
  ])
})

const token = fc.constantFrom(
  ...['[a]', '[b]', ': x', ']: ', '[^1]', '[^1]: ', '---\n', '===\n', 'k: v\n', '\n', '\n\n', '> ', '- ', ' ', '`'],
  ...[
    '├ ',
    '• ',
    '$ a',
    '@@ -1 +1 @@\n',
    '--- a\n',
    '+++ b\n',
    '\\*\\*',
    'a',
    '| ',
    '|--|\n',
    '\u{1F600}',
    '# a\n',
    '<b>',
  ],
)
const marked = fc.array(token, { maxLength: 30 }).map((tokens) => tokens.join(''))

test('any text has problems inside of it, and never an exception', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, pieces, extreme, marked), (text) => {
      const lines = text.split('\n')
      for (const { place, change } of checkMarkdown(text, placeAt)) {
        expect(place.line).toBeLessThanOrEqual(lines.length)
        expect(place.column).toBeGreaterThanOrEqual(1)
        expect(place.column).toBeLessThanOrEqual((lines[place.line - 1]?.length ?? 0) + 1)
        if (change?.kind !== 'swap') continue
        // What is swapped stands in the text, from the place on.
        expect(editOf(change, place, { file: 'text.md', text })).toBeDefined()
      }
    }),
    { numRuns: runsOf(600) },
  )
})
