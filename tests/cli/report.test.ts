import { describe, expect, test } from 'vitest'
import type { Problem } from '#domain/problem.ts'
import { count, serializeProblems, summarizeProblems } from '../../src/cli/report.ts'

const problem: Problem = {
  code: 'unknown-architecture',
  severity: 'error',
  place: { file: 'content/projects/redis.md', line: 7, column: 3 },
  reason: 'Unexpected architecture `arm46`, expected one of `amd64`, `arm64`.',
  expected: 'one of `amd64`, `arm64`',
  actual: 'arm46',
  fix: 'did you mean `arm64`?',
}
const warning: Problem = { ...problem, severity: 'warning', code: 'byte-order-mark' }

describe('problems as text', () => {
  test('have their place, what was found and a fix', () => {
    expect(serializeProblems([problem], 'text')).toBe(
      [
        'content/projects/redis.md:7:3  error  unknown-architecture',
        '  Unexpected architecture `arm46`, expected one of `amd64`, `arm64`.',
        '  fix: did you mean `arm64`?',
        '',
      ].join('\n'),
    )
  })

  test('are nothing where there are none', () => {
    expect(serializeProblems([], 'text')).toBe('')
    expect(serializeProblems([], 'github')).toBe('')
    expect(serializeProblems([], 'json')).toBe('[]\n')
  })

  test('have colours only where they are asked for', () => {
    expect(serializeProblems([problem, warning], 'text', true)).toContain('\u001b[31merror\u001b[39m')
    expect(serializeProblems([problem, warning], 'text', true)).toContain('\u001b[33mwarning\u001b[39m')
    expect(serializeProblems([problem, warning], 'text')).not.toContain('\u001b')
  })

  test('never have more lines than three each, whatever a file is called', () => {
    const place = { file: 'a\n::error::b\r\u001b[2Jc', line: 1, column: 1 }
    const text = serializeProblems([{ ...problem, place }], 'text')
    expect(text.split('\n')).toHaveLength(4)
    expect(text).not.toMatch(/[\r\u001b]/)
  })
})

describe('problems as JSON', () => {
  test('have the keys that are published, in their order', () => {
    const place = { column: 3, line: 7, file: 'a.md', extra: true }
    const [first] = JSON.parse(serializeProblems([{ ...problem, place }], 'json')) as Problem[]
    expect(Object.keys(first ?? {})).toEqual(['code', 'severity', 'place', 'reason', 'expected', 'actual', 'fix'])
    expect(Object.keys(first?.place ?? {})).toEqual(['file', 'line', 'column'])
  })
})

describe('problems as annotations of GitHub', () => {
  test('are one line each', () => {
    expect(serializeProblems([problem, warning], 'github').split('\n')).toEqual([
      '::error file=content/projects/redis.md,line=7,col=3,title=unknown-architecture::Unexpected architecture `arm46`, expected one of `amd64`, `arm64`. fix: did you mean `arm64`?',
      '::warning file=content/projects/redis.md,line=7,col=3,title=byte-order-mark::Unexpected architecture `arm46`, expected one of `amd64`, `arm64`. fix: did you mean `arm64`?',
      '',
    ])
  })

  test('escape what would end a property or begin a command', () => {
    const place = { file: 'a,b:c%d\n::error::e.md', line: 1, column: 1 }
    expect(serializeProblems([{ ...problem, place, reason: '100%\r\n::error::x' }], 'github')).toBe(
      '::error file=a%2Cb%3Ac%25d%0A%3A%3Aerror%3A%3Ae.md,line=1,col=1,title=unknown-architecture::100%25%0D%0A::error::x fix: did you mean `arm64`?\n',
    )
  })
})

test('a summary counts errors, warnings and files', () => {
  expect(summarizeProblems([problem])).toBe('1 error in 1 file')
  expect(summarizeProblems([problem, warning, warning])).toBe('1 error and 2 warnings in 1 file')
  expect(summarizeProblems([warning, { ...warning, place: { ...warning.place, file: 'b' } }])).toBe(
    '2 warnings in 2 files',
  )
  expect(count(0, 'project')).toBe('0 projects')
  expect(count(1, 'project')).toBe('1 project')
})
