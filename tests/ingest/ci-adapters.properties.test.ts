import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Adapter, CiResult } from '#ingest/adapter.ts'
import { buildkite } from '#ingest/buildkite.ts'
import { circleci } from '#ingest/circleci.ts'
import type { CiDocument } from '#ingest/document.ts'
import { githubCheckRun } from '#ingest/github-check-run.ts'
import { githubJobs } from '#ingest/github-jobs.ts'
import { githubWorkflowJob } from '#ingest/github-workflow-job.ts'
import { githubWorkflowRun } from '#ingest/github-workflow-run.ts'
import { gitlabJob } from '#ingest/gitlab-job.ts'
import { gitlabJobs } from '#ingest/gitlab-jobs.ts'
import { gitlabPipeline } from '#ingest/gitlab-pipeline.ts'
import { jenkins } from '#ingest/jenkins.ts'
import { outcomeWords } from '#domain/status-words.ts'
import { documentOf, recorded } from './adapting.ts'

const adapters: readonly Adapter[] = [
  githubJobs,
  githubWorkflowRun,
  githubWorkflowJob,
  githubCheckRun,
  gitlabJob,
  gitlabPipeline,
  gitlabJobs,
  jenkins,
  buildkite,
  circleci,
]

const folder = new URL('../fixtures/ingest/', import.meta.url)
const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.json') && path !== 'manifest.json')
  .sort()
const documents = paths.map((path) => ({ path, document: recorded(path) }))
const ours = documents.flatMap(({ path, document }) => {
  const adapter = adapters.find(({ recognises }) => recognises(document))
  return adapter ? [{ path, document, adapter }] : []
})

/** Folders of formats that other adapters read. */
const others = /^(?:handmade\/)?(?:concourse|ctrf|oci-index|travis|report)\//

describe('every recorded document', () => {
  test.each(documents)('$path is recognised by one adapter at most', ({ path, document }) => {
    const names = adapters.filter(({ recognises }) => recognises(document)).map(({ name }) => name)
    expect(names.length).toBeLessThanOrEqual(others.test(path) ? 0 : 1)
  })

  test('of our formats is recognised, but for those that are none', () => {
    const unread = paths.filter((path) => !others.test(path) && !ours.some((one) => one.path === path))
    expect(unread).toEqual([
      'circleci/legacy-notify-canceled.json',
      'github-check-run/rest-check-run-list.json',
      'jenkins/test-report-children.json',
    ])
  })
})

const hostileText = fc.constantFrom(
  ...['', '__proto__', 'constructor', 'toString', '\u202e', '\u0000', 'a\nb', 'javascript:alert(1)', '`'.repeat(500)],
  ...[
    'success',
    'failure',
    'completed',
    'failed',
    '9'.repeat(40),
    'x'.repeat(5000),
    '/job/'.repeat(500),
    '2026-02-30T00:00:00Z',
  ],
)
const hostileValue = fc.oneof(
  hostileText,
  fc.constantFrom(null, true, false, 0, -1, 1.5, 1e308, -0, 2 ** 53, [], {}, [[]], [null], [1, 'x', {}]),
  fc.jsonValue({ maxDepth: 2 }),
)

/** The same document with values at some of its paths replaced, dropped or renamed. */
function mutated(value: unknown, changes: readonly Change[]): unknown {
  let result = structuredClone(value)
  for (const { at, how, by } of changes) result = mutatedAt(result, at, how, by)
  return result
}

interface Change {
  at: readonly number[]
  how: 'replace' | 'drop' | 'rename'
  by: unknown
}

function mutatedAt(value: unknown, at: readonly number[], how: Change['how'], by: unknown): unknown {
  const [step, ...rest] = at
  if (step === undefined || typeof value !== 'object' || value === null) return by
  const entries = Object.entries(value)
  const index = step % Math.max(entries.length, 1)
  const changed = entries.flatMap(([key, inner], position): [string, unknown][] => {
    if (position !== index) return [[key, inner]]
    if (rest.length > 0) return [[key, mutatedAt(inner, rest, how, by)]]
    if (how === 'drop') return []
    return how === 'rename' ? [['__proto__', inner]] : [[key, by]]
  })
  return Array.isArray(value) ? changed.map(([, inner]) => inner) : Object.fromEntries(changed)
}

const change = fc.record({
  at: fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }),
  how: fc.constantFrom('replace', 'replace', 'drop', 'rename'),
  by: hostileValue,
}) satisfies fc.Arbitrary<Change>

function isSound(result: CiResult): boolean {
  const { outcome, runId, jobId, attempt, observedAt, link, repositoryId, ref, commit, event } = result
  const texts = [runId, jobId, repositoryId, ref, commit, event, ...(result.workflows ?? [])]
  return (
    outcomeWords.includes(outcome) &&
    texts.every((text) => text === undefined || (typeof text === 'string' && text !== '' && text.length <= 250)) &&
    (attempt === undefined || (Number.isInteger(attempt) && attempt >= 1)) &&
    (observedAt === undefined || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(observedAt)) &&
    (link === undefined || /^https?:\/\//i.test(link)) &&
    Object.values(result).every((value) => value !== undefined)
  )
}

describe('adapters of CI systems', () => {
  test('read mutated documents without throwing, and say only what they may', () => {
    let results = 0
    let problems = 0
    fc.assert(
      fc.property(
        fc.constantFrom(...ours),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        ({ document, adapter }, changes) => {
          const changed = documentOf(mutated(document.json, changes))
          const recognising = adapters.filter(({ recognises }) => recognises(changed))
          expect(recognising.length).toBeLessThanOrEqual(1)
          const adapted = adapter.adapt(changed)
          results += adapted.results.length
          problems += adapted.problems.length
          expect(adapted.results.every(isSound)).toBe(true)
          expect(adapted.problems.every(({ reason }) => reason.length < 2000 && !reason.includes('\n'))).toBe(true)
        },
      ),
      { numRuns: 3000 },
    )
    expect(Math.min(results, problems)).toBeGreaterThan(200)
  })

  test('read anything without throwing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...adapters), fc.oneof(hostileValue, fc.array(hostileValue)), (adapter, value) => {
        const document = documentOf(value)
        adapter.recognises(document)
        expect(adapter.adapt(document).results).toEqual([])
      }),
    )
  })

  test('read JSON Lines, where they are told the format', () => {
    for (const { document, adapter } of ours) {
      const lines = [
        { line: 1, json: document.json },
        { line: 2, json: undefined },
      ]
      const asLines: CiDocument = { text: '', json: undefined, lines, refused: undefined }
      expect(adapter.recognises(asLines)).toBe(false)
      if (Array.isArray(document.json)) continue
      const alone = adapter.adapt(document)
      const adapted = adapter.adapt(asLines)
      expect(adapted.results.length).toBe(alone.results.length)
      expect(adapted.problems.length).toBe(alone.problems.length + 1)
      expect(adapted.results.every(({ spot }) => 'line' in spot && spot.line === 1)).toBe(true)
    }
  })
})
