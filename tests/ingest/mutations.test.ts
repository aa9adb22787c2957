/** No text, however damaged, makes an adapter throw, hang, or say what is no result. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Counts, Instant, Metric, OutcomeReason } from '#domain/evidence.ts'
import { Execution, Level, Outcome } from '#domain/status-words.ts'
import { adapters } from '#ingest/adapters.ts'
import { maximumDepth, parseDocument, type CiDocument } from '#ingest/document.ts'
import { propertyTimeout, runsOf } from '../builders.ts'
import { mutate, randomOf, shuffleKeys } from './mutating.ts'
import { isHostile, recordings } from './recordings.ts'

const Spot = z.union([
  z.array(z.union([z.string(), z.number().int().min(0)])),
  z.strictObject({ line: z.number().int().min(1), column: z.number().int().min(1) }),
])
const Text = z.string().min(1)

const Result = z.strictObject({
  provider: Text.optional(),
  repository: Text.optional(),
  repositoryId: Text.optional(),
  workflows: z.array(Text).min(1).optional(),
  job: Text.optional(),
  jobId: Text.optional(),
  event: Text.optional(),
  ref: Text.optional(),
  runId: Text.optional(),
  attempt: z.number().int().min(1).max(10_000).optional(),
  group: Text.optional(),
  outcome: Outcome,
  reason: OutcomeReason.optional(),
  observedAt: Instant.optional(),
  link: Text.optional(),
  architecture: Text.optional(),
  os: Text.optional(),
  libc: Text.optional(),
  level: Level.optional(),
  execution: Execution.optional(),
  version: Text.optional(),
  commit: Text.optional(),
  artifact: z.strictObject({ name: Text, digest: Text.optional() }).optional(),
  counts: Counts.optional(),
  flaky: z.literal(true).optional(),
  metrics: z.array(Metric).min(1).optional(),
  project: Text.optional(),
  spot: Spot,
})

const Problem = z.strictObject({
  code: z.string().regex(/^[a-z]+(?:-[a-z]+)*$/),
  severity: z.enum(['error', 'warning']),
  spot: Spot,
  reason: Text,
  expected: z.string(),
  actual: z.string(),
  fix: Text,
})

const Adapted = z.strictObject({
  results: z.array(Result),
  problems: z.array(Problem),
  ignored: z.number().int().min(0),
})

/** Asks every adapter, as `--format` may do; gives the names of those that recognise it. */
function askAll(document: CiDocument): string[] {
  const recognising = adapters.filter((adapter) => adapter.recognises(document)).map(({ name }) => name)
  for (const adapter of adapters) {
    const adapted = Adapted.safeParse(adapter.adapt(document))
    if (!adapted.success) throw new Error(`${adapter.name}: ${z.prettifyError(adapted.error)}`)
    // What undefined means is that the key is missing: nothing downstream has to ask twice.
    const vague = adapted.data.results.find((result) => Object.values(result).includes(undefined))
    if (vague) throw new Error(`${adapter.name}: ${JSON.stringify(Object.keys(vague))}`)
  }
  return recognising
}

describe('a damaged recording', () => {
  test(
    'is read or refused by every adapter, and recognised by one at most',
    () => {
      fc.assert(
        fc.property(fc.nat(recordings.length - 1), fc.integer(), (which, seed) => {
          const recording = recordings[which]
          if (!recording) return
          const document = parseDocument(mutate(recording.text, randomOf(seed)))
          const recognising = askAll(document)
          expect(recognising.length, recognising.join()).toBeLessThanOrEqual(1)
          // A damaged object of many lines is no JSON Lines: a few of them are enough.
          for (const line of document.lines?.slice(0, 5) ?? []) {
            askAll({ text: '', json: line.json, lines: undefined, refused: undefined })
          }
        }),
        { numRuns: runsOf(2000) },
      )
    },
    propertyTimeout * 4,
  )

  test('is damaged in the same way by the same seed, and in another way by another', () => {
    const text = recordings[0]?.text ?? ''
    expect(mutate(text, randomOf(7))).toBe(mutate(text, randomOf(7)))
    const texts = new Set(Array.from({ length: 100 }, (_, seed) => mutate(text, randomOf(seed))))
    expect(texts.size).toBeGreaterThan(90)
  })

  test('still reaches results, problems and refusals: the damage is not too great to test anything', () => {
    const reached = { results: 0, problems: 0, recognised: 0, unrecognised: 0 }
    for (let seed = 0; seed < 300; seed += 1) {
      const document = parseDocument(mutate(recordings[seed % recordings.length]?.text ?? '', randomOf(seed)))
      const adapter = adapters.find((one) => one.recognises(document))
      reached[adapter ? 'recognised' : 'unrecognised'] += 1
      const adapted = adapter?.adapt(document)
      if (adapted && adapted.results.length > 0) reached.results += 1
      if (adapted && adapted.problems.length > 0) reached.problems += 1
    }
    for (const count of Object.values(reached)) expect(count).toBeGreaterThan(20)
  })
})

describe('a text that no tool writes', () => {
  test.each([
    ['lists without end', '['.repeat(100_000)],
    ['objects without end', '{"a":'.repeat(100_000)],
    ['elements without end', '<testsuite>'.repeat(100_000)],
    [
      'subtests without end',
      Array.from({ length: 500 }, (_, depth) => `${'    '.repeat(depth)}# Subtest: a`).join('\n'),
    ],
    ['blank lines', `${'\n'.repeat(500_000)}x`],
    ['white space', ' '.repeat(500_000)],
    ['digits', `ok ${'1'.repeat(500_000)}`],
    ['backslashes', `1..1\nok 1 ${'\\'.repeat(500_000)}`],
    ['a form', `payload=${'%5B'.repeat(100_000)}`],
    ['keys of prototypes', '{"__proto__":{"reportFormat":"CTRF"},"constructor":{"prototype":{}}}'],
    ['half of a pair', '\ud800'],
    ['what is too large', 'x'.repeat(17 * 1024 * 1024)],
  ])('is refused in time: %s', (_, text) => {
    const start = performance.now()
    askAll(parseDocument(text))
    expect(performance.now() - start).toBeLessThan(10_000)
  })

  test('leaves no trace on other objects', () => {
    askAll(parseDocument('{"__proto__":{"polluted":1},"reportFormat":"CTRF","results":{"__proto__":{"polluted":1}}}'))
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted')
  })
})

/** The adapter that reads the recordings of a folder. */
const adapterOfFormat = new Map([
  ['oci-index', 'oci'],
  ['gitlab-job-hook', 'gitlab-job'],
  ['gitlab-pipeline-hook', 'gitlab-pipeline'],
])

/** Of a CI system that we read, but not a document that we do. */
const notOurs: readonly string[] = [
  // Its notification of 2018, which it no longer sends.
  'circleci/legacy-notify-canceled.json',
  // The list of checks of a commit; we read the webhook.
  'github-check-run/rest-check-run-list.json',
  // A test report of its own; it serves the JUnit file too.
  'jenkins/test-report-children.json',
]

describe('a recording is recognised by its own adapter alone', () => {
  const whole = recordings.filter((recording) => !isHostile(recording))

  test.each(whole)('$file', ({ file, format, text }) => {
    const expected = notOurs.includes(file) ? [] : [adapterOfFormat.get(format) ?? format]
    expect(askAll(parseDocument(text))).toEqual(expected)
  })

  test.each(whole.filter(({ text }) => parseDocument(text).json !== undefined))(
    '$file, in whatever order its keys are',
    ({ text }) => {
      const { json } = parseDocument(text)
      const expected = askAll(parseDocument(text))
      for (let seed = 0; seed < 5; seed += 1) {
        const shuffled = JSON.stringify(shuffleKeys(json, randomOf(seed)))
        expect(askAll(parseDocument(shuffled))).toEqual(expected)
      }
    },
  )

  test.each(recordings.filter(isHostile))('$file, or by none', ({ text }) => {
    expect(['', 'junit']).toContain(askAll(parseDocument(text)).join())
  })
})

test('names of formats are words for an option, and no two are the same', () => {
  const names = adapters.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^[a-z][a-z-]*$/)
  expect(maximumDepth).toBeLessThan(1000)
})
