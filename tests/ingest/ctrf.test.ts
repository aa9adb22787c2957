import { describe, expect, test } from 'vitest'
import { ctrf } from '#ingest/ctrf.ts'
import { parseDocument } from '#ingest/document.ts'
import { expectRecordings } from './recordings.ts'

interface Changes {
  tests?: unknown
  summary?: Record<string, unknown>
  environment?: unknown
}

function reportOf({
  tests = [{ name: 'a', status: 'passed', duration: 1 }],
  summary = {},
  environment,
}: Changes): string {
  return JSON.stringify({
    reportFormat: 'CTRF',
    specVersion: '1.0.0',
    results: { tool: { name: 'jest' }, summary, tests, environment },
  })
}
const adapt = (changes: Changes) => ctrf.adapt(parseDocument(reportOf(changes)))
const resultOf = (changes: Changes) => adapt(changes).results[0]
const statuses = (...words: unknown[]) => words.map((status) => ({ name: 'a', status, duration: 1 }))

describe('the tests', () => {
  test('are counted; what is pending or other was not run', () => {
    const result = resultOf({ tests: statuses('passed', 'passed', 'skipped', 'pending', 'other') })
    expect(result).toMatchObject({ outcome: 'passed', counts: { passed: 2, failed: 0, skipped: 3 } })
  })

  test('fail with one of them', () => {
    expect(resultOf({ tests: statuses('passed', 'failed') })?.outcome).toBe('failed')
  })

  test('show nothing if none was executed', () => {
    expect(resultOf({ tests: [] })).toMatchObject({ outcome: 'skipped', reason: 'no-tests' })
    expect(resultOf({ tests: statuses('skipped') })).toMatchObject({ outcome: 'skipped', reason: 'no-tests' })
  })

  test.each(['PASSED', 'success', 1, null, undefined, '__proto__'])('with the status %s are no evidence', (status) => {
    const { results, problems } = adapt({ tests: statuses('passed', status) })
    expect(results).toEqual([])
    expect(problems).toMatchObject([{ code: 'unknown-outcome', spot: ['results', 'tests', 1, 'status'] }])
  })

  test('that passed on a retry are flaky', () => {
    expect(resultOf({ tests: [{ status: 'passed', flaky: true }] })?.flaky).toBe(true)
    expect(resultOf({ tests: [{ status: 'failed', flaky: true }] })).not.toHaveProperty('flaky')
    expect(resultOf({ tests: [{ status: 'passed', flaky: 'yes' }] })).not.toHaveProperty('flaky')
  })
})

describe('the summary', () => {
  test('gives the end of the run and how long it took', () => {
    expect(resultOf({ summary: { start: 1762077600500, stop: 1762077630750 } })).toMatchObject({
      observedAt: '2025-11-02T10:00:30Z',
      metrics: [{ name: 'test time', value: 30.25, unit: 's' }],
    })
  })

  test('without times gives none', () => {
    const result = resultOf({ summary: { start: 0, stop: 0 } })
    expect(result).not.toHaveProperty('observedAt')
    expect(result).not.toHaveProperty('metrics')
  })

  test('is not believed where the tests say something else', () => {
    const { results, problems } = adapt({ tests: statuses('failed'), summary: { tests: 1, passed: 1, failed: 0 } })
    expect(results[0]?.outcome).toBe('failed')
    expect(problems).toMatchObject([
      { code: 'counts-disagree', severity: 'warning', spot: ['results', 'summary', 'passed'] },
    ])
  })
})

describe('the environment', () => {
  test('gives architecture, version, commit and link', () => {
    const environment = {
      appVersion: '8.2.1',
      commit: 'abcdef0',
      buildUrl: 'https://ci.example.org/runs/1',
      osPlatform: 'linux',
      extra: { 'works-on-arm': { architecture: 'aarch64' } },
    }
    expect(resultOf({ environment })).toMatchObject({
      architecture: 'aarch64',
      version: '8.2.1',
      commit: 'abcdef0',
      link: 'https://ci.example.org/runs/1',
    })
    expect(resultOf({ environment })).not.toHaveProperty('os')
  })

  test.each([
    ['darwin', 'macos'],
    ['win32', 'windows'],
  ])('of %s is %s', (osPlatform, os) => {
    expect(resultOf({ environment: { osPlatform } })?.os).toBe(os)
  })

  test('that was not fit for the tests excuses their failures, and hides no pass', () => {
    const environment = { healthy: false }
    expect(resultOf({ environment, tests: statuses('failed') })).toMatchObject({ outcome: 'infra', reason: 'setup' })
    expect(resultOf({ environment })?.outcome).toBe('passed')
  })

  test.each([
    ['a link that runs something', { buildUrl: 'javascript:alert(1)' }, 'link'],
    ['a version of two lines', { appVersion: '1\n2' }, 'version'],
    ['an architecture that is no text', { extra: { 'works-on-arm': { architecture: {} } } }, 'architecture'],
    ['an extra that is a list', { extra: [] }, 'architecture'],
    ['a text', 'environment', 'architecture'],
  ])('leaves out %s', (_, environment, key) => {
    expect(resultOf({ environment })).toMatchObject({ outcome: 'passed' })
    expect(resultOf({ environment })).not.toHaveProperty(key)
  })
})

test('a report does not know where it ran', () => {
  const result = resultOf({})
  expect(result).toMatchObject({ level: 'tested', runId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string })
  for (const key of ['provider', 'job', 'repository', 'architecture']) expect(result).not.toHaveProperty(key)
})

test.each([
  [{ reportFormat: 'CTRF' }],
  [{ reportFormat: 'CTRF', results: null }],
  [{ reportFormat: 'CTRF', results: { summary: {}, tests: {} } }],
  [{ reportFormat: 'CTRF', results: { summary: {}, tests: [null] } }],
])('a report of another shape is a problem: %j', (json) => {
  const { results, problems } = ctrf.adapt(parseDocument(JSON.stringify(json)))
  expect(results).toEqual([])
  expect(problems).toMatchObject([{ code: 'bad-document' }])
})

test('only its own word makes a report one', () => {
  const recognises = (json: unknown) => ctrf.recognises(parseDocument(JSON.stringify(json)))
  expect(recognises({ reportFormat: 'CTRF' })).toBe(true)
  for (const json of [{ reportFormat: 'ctrf' }, { results: { tests: [] } }, [{ reportFormat: 'CTRF' }]]) {
    expect(recognises(json)).toBe(false)
  }
})

expectRecordings(ctrf, 'ctrf', {
  'ctrf/jest-crashed-file-all-green.json': { results: ['passed 1+0+0 0.409s at 2026-11-21T11:55:08Z'] },
  'ctrf/jest.json': { results: ['failed 2+1+2 flaky 0.349s at 2026-11-21T11:53:38Z'] },
  'ctrf/mocha.json': { results: ['failed 2+1+2 flaky 0.002s at 2026-11-21T11:53:37Z'] },
  'ctrf/playwright.json': { results: ['failed 2+2+1 flaky 2.687s of 1.2.3 at 2026-11-21T11:51:23Z'] },
  'ctrf/vitest.json': { results: ['failed 2+1+2 flaky 0.275s at 2026-11-21T11:55:10Z'] },
  'handmade/ctrf/v1-with-architecture.json': {
    results: ['infra (setup) 2+1+2 flaky 60s on arm64 of 1.2.3 at 2026-01-10T10:01:00Z'],
  },
})
