import { describe, expect, test } from 'vitest'
import { judge, judgePreparation, levelsOf, type LevelResult } from '#hooks/run-levels.ts'
import { readTestReport } from '#hooks/test-report.ts'

const exited = (code: number) => ({ how: 'exited' as const, code })
const counts = (passed: number, failed = 0, skipped = 0) => ({ passed, failed, skipped })
const reportOf = (text: string) => {
  const { report } = readTestReport(text)
  if (!report) throw new Error('it is a report')
  return report
}

describe('a check', () => {
  test.each([
    ['passes with exit code 0', exited(0), { outcome: 'passed' }],
    ['fails with any other', exited(2), { outcome: 'failed' }],
    ['crashes by the signals of a broken program', exited(139), { outcome: 'failed', reason: 'crash' }],
    ['says nothing where a command is missing', exited(127), { outcome: 'infra', reason: 'setup' }],
    ['says nothing where a program is for another machine', exited(126), { outcome: 'infra', reason: 'setup' }],
    [
      'says nothing where it took too long',
      { how: 'timeout', code: 143 } as const,
      { outcome: 'infra', reason: 'timeout' },
    ],
    ['says nothing where it printed too much', { how: 'output-limit', code: 143 } as const, { outcome: 'infra' }],
    ['says nothing where it was interrupted', { how: 'cancelled', code: 143 } as const, { outcome: 'cancelled' }],
    [
      'says nothing without a shell',
      { how: 'not-started', code: undefined } as const,
      { outcome: 'infra', reason: 'setup' },
    ],
  ])('%s', (_what, ended, judgement) => {
    expect(judge(ended)).toEqual(judgement)
  })

  test('fails where its report has a failure, whatever its exit code says', () => {
    expect(judge(exited(0), reportOf('{"passed": 9, "failed": 1, "skipped": 2}'))).toEqual({
      outcome: 'failed',
      reason: undefined,
      counts: counts(9, 1, 2),
    })
  })

  test('fails by its exit code, whatever its report says', () => {
    expect(judge(exited(1), reportOf('{"passed": 9, "failed": 0, "skipped": 0}'))).toMatchObject({ outcome: 'failed' })
  })

  test('is skipped where no test ran', () => {
    const report = reportOf('{"passed": 0, "failed": 0, "skipped": 4}')
    expect(judge(exited(0), report)).toMatchObject({ outcome: 'skipped', reason: 'no-tests', counts: counts(0, 0, 4) })
  })
})

describe('a preparation', () => {
  test('shows nothing where it fails: the network, a tool', () => {
    expect(judgePreparation(exited(100))).toEqual({ outcome: 'infra', reason: 'setup' })
    expect(judgePreparation(exited(0))).toEqual({ outcome: 'passed' })
    expect(judgePreparation({ how: 'cancelled', code: undefined })).toEqual({ outcome: 'cancelled' })
  })
})

describe('the levels of a run', () => {
  const part = (changes: Partial<LevelResult>): LevelResult => ({
    level: 'tested',
    outcome: 'passed',
    endedAfter: 1000,
    ...changes,
  })

  test('come in their order, each with what its parts have counted', () => {
    const parts = [
      part({ level: 'builds' }),
      part({ counts: counts(3, 0, 1), endedAfter: 2000 }),
      part({ counts: counts(5, 2), outcome: 'failed', reason: 'crash', endedAfter: 3000 }),
      part({ level: 'starts' }),
    ]
    expect(levelsOf(parts)).toEqual([
      { level: 'builds', outcome: 'passed', endedAfter: 1000 },
      { level: 'starts', outcome: 'passed', endedAfter: 1000 },
      { level: 'tested', outcome: 'failed', reason: 'crash', counts: counts(8, 2, 1), endedAfter: 3000 },
    ])
  })

  test.each([
    ['failed', ['passed', 'cancelled', 'failed']],
    ['cancelled', ['passed', 'infra', 'cancelled']],
    ['infra', ['passed', 'infra', 'skipped']],
    ['passed', ['skipped', 'passed']],
    ['skipped', ['skipped']],
  ] as const)('are %s where their parts are %s', (outcome, outcomes) => {
    expect(levelsOf(outcomes.map((word) => part({ outcome: word })))[0]?.outcome).toBe(outcome)
  })

  test('are none where nothing was run', () => {
    expect(levelsOf([])).toEqual([])
  })
})

describe('a report of tests', () => {
  test.each([
    ['counts', '{"passed": 1, "failed": 2, "skipped": 3}', { outcome: 'failed', counts: counts(1, 2, 3) }],
    ['TAP', '1..3\nok 1 - a\nok 2 # SKIP no network\nok 3\n', { outcome: 'passed', counts: counts(2, 0, 1) }],
    ['TAP that ended early', '1..3\nok 1 - a\n', { outcome: 'failed', reason: 'crash' }],
    [
      'JUnit XML',
      '<testsuite><testcase name="a"/><testcase name="b"><failure/></testcase></testsuite>',
      { outcome: 'failed', counts: counts(1, 1) },
    ],
    [
      'CTRF',
      '{"reportFormat": "CTRF", "specVersion": "1.0.0", "results": {"tool": {"name": "t"}, "summary": {}, "tests": [{"name": "a", "status": "passed"}]}}',
      { outcome: 'passed', counts: counts(1) },
    ],
  ])('is read: %s', (_what, text, report) => {
    expect(readTestReport(text).report).toMatchObject(report)
  })

  test.each([
    ['', 'it is empty'],
    ['all is well', 'it is neither'],
    ['{"passed": -1, "failed": 0, "skipped": 0}', 'it is neither'],
    ['{"passed": 1, "failed": 0, "skipped": 0, "__proto__": {}}', 'it is neither'],
    ['['.repeat(50), 'it is too deep'],
    [' '.repeat(17 * 1024 * 1024), 'it is too large'],
  ])('is refused: %.30s', (text, why) => {
    expect(readTestReport(text).why).toContain(why)
  })
})
