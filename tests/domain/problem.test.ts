import { expect, test } from 'vitest'
import { compareText, inReadingOrder, type Problem } from '#domain/problem.ts'

function problem(file: string, line: number, column: number, code = 'bad-link'): Problem {
  return { code, severity: 'error', place: { file, line, column }, reason: '', expected: '', actual: '', fix: '' }
}

test('problems stand in the order in which a person reads files', () => {
  const ordered = [
    problem('a.md', 2, 1),
    problem('a.md', 10, 1),
    problem('a.md', 10, 2, 'bad-format'),
    problem('a.md', 10, 2, 'bad-link'),
    problem('b.md', 1, 1),
  ]
  expect(inReadingOrder([...ordered].reverse())).toEqual(ordered)
})

test('text is compared by code unit, the same in every locale', () => {
  expect(['ä', 'z', 'Z', 'a', 'B'].sort(compareText)).toEqual(['B', 'Z', 'a', 'z', 'ä'])
  expect(compareText('a', 'a')).toBe(0)
})
