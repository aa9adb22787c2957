import { expect, test } from 'vitest'
import { viewKnown } from '#views/known.ts'
import { viewColumns } from '#views/matrix.ts'
import { provenInWords, viewRuns } from '#views/runs.ts'
import { viewRule } from '#views/rule.ts'
import { observedRun, retractionOf } from '#tests/builders.ts'
import { contextOf } from './evidence-context.ts'

const failures = ['2026-11-01', '2026-11-02'].map((day) =>
  observedRun({ outcome: 'failed', observedAt: `${day}T10:00:00Z`, run: { id: day } }),
)
const claims = '[{architectures: [arm64], support: works, date: 2026-05-05, link: "https://example.org/", by: Ada}]'

test('runs are told the newest first, with what became of each', () => {
  const pass = observedRun({ observedAt: '2026-11-03T10:00:00Z', run: { id: '3' }, execution: 'emulated' })
  const runs = viewRuns('redis', 'arm64', contextOf([...failures, pass]))
  expect(runs.map(({ day, outcomeLabel, fate }) => [day.words, outcomeLabel, fate])).toEqual([
    ['3 November 2026', 'passed', 'superseded'],
    ['2 November 2026', 'failed', 'witness'],
    ['1 November 2026', 'failed', 'witness'],
  ])
})

test('of what a run showed in one second, the most telling comes first', () => {
  const levels = (['builds', 'tested', 'starts'] as const).map((level) => observedRun({ level }))
  expect(viewRuns('redis', 'arm64', contextOf(levels)).map(({ level }) => level)).toEqual([
    'tested',
    'starts',
    'builds',
  ])
})

test('a disputed cell shows both sides: the run decides, and the claim stands beside it', () => {
  const context = contextOf(failures, claims)
  const [project] = context.catalog.project.values()
  const column = viewColumns(context).find(({ id }) => id === 'arm64')
  if (!project || !column) throw new Error('the context has Redis on arm64')
  const known = viewKnown(project, column, context)
  expect(known).toMatchObject({ support: 'broken', basis: 'disputed', source: { address: failures[1]?.link } })
  expect(known.others.map(({ label, by }) => [label, by])).toEqual([['works', 'Ada']])
  expect(known.reasons.join(' ')).toContain('Against it stands a claim: works on 5 May 2026.')
})

test('a cell that no run decides is told by its claim', () => {
  const context = contextOf([], claims)
  const [project] = context.catalog.project.values()
  const column = viewColumns(context).find(({ id }) => id === 'arm64')
  if (!project || !column) throw new Error('the context has Redis on arm64')
  expect(viewKnown(project, column, context)).toMatchObject({ basis: 'claimed', by: 'Ada', others: [], runs: [] })
})

test('what was proven is said with how it ran, where something ran', () => {
  expect(provenInWords('tested', 'emulated')).toBe('passes its tests, emulated')
  expect(provenInWords('available', 'native')).toBe('exists')
  expect(provenInWords(undefined, undefined)).toBeUndefined()
})

test('the rule is told in rows for every kind of claim, and in cases', () => {
  const { rows, cases, claims: kinds } = viewRule()
  expect(rows.length).toBeGreaterThanOrEqual(8)
  for (const { cells } of rows) expect(cells.map(({ claim }) => claim)).toEqual(kinds.map(({ id }) => id))
  expect(cases.length).toBeGreaterThan(5)
})

test('a run that was taken back says why, in the words of who did', () => {
  const taken = observedRun()
  const context = contextOf([taken, retractionOf(taken, { why: 'It was <another> machine.', by: 'ada' })])
  expect(viewRuns('redis', 'arm64', context)).toMatchObject([
    { fateLabel: 'retracted', retraction: { why: 'It was <another> machine.', by: 'ada' } },
  ])
})

test('and so does one that was recorded under a former name of its project', () => {
  const taken = observedRun({ project: 'redis-server' })
  const [run] = viewRuns('redis', 'arm64', contextOf([taken, retractionOf(taken, { why: 'Another machine.' })]))
  expect(run?.retraction).toEqual({ why: 'Another machine.', by: undefined })
})
