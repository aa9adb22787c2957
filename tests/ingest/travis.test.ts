import { describe, expect, test } from 'vitest'
import { parseDocument } from '#ingest/document.ts'
import { travis } from '#ingest/travis.ts'
import { adaptJson, codesOf, documentOf, onlyResult } from './adapting.ts'
import { expectRecordings } from './recordings.ts'

function job(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 2,
    number: '5.1',
    state: 'passed',
    status: 0,
    result: 0,
    finished_at: '2026-01-10T10:05:00Z',
    allow_failure: false,
    config: { os: 'linux', arch: 'arm64' },
    ...changes,
  }
}

function webhook(jobs: unknown[] = [job()], changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 1,
    type: 'push',
    state: 'passed',
    build_url: 'https://app.travis-ci.com/o/r/builds/1',
    commit: 'f83a356604ae3c5d03e1b46ef4d1ca77d64a90b0',
    branch: 'main',
    tag: null,
    pull_request: false,
    repository: { id: 9, name: 'r', owner_name: 'o' },
    matrix: jobs,
    ...changes,
  }
}
const adapt = (changes: Record<string, unknown>) => adaptJson(travis, webhook([job(changes)]))

const expectedJob = {
  provider: 'travis',
  repository: 'o/r',
  repositoryId: '9',
  job: 'linux arm64',
  jobId: '2',
  event: 'push',
  ref: 'main',
  runId: '1',
  outcome: 'passed',
  observedAt: '2026-01-10T10:05:00Z',
  link: 'https://app.travis-ci.com/o/r/builds/1',
  architecture: 'arm64',
  commit: 'f83a356604ae3c5d03e1b46ef4d1ca77d64a90b0',
}

function without(value: Readonly<Record<string, string>>, key: string): Record<string, string> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
}

describe('the webhook', () => {
  test('tells how each job of the matrix ended', () => {
    expect(onlyResult(adaptJson(travis, webhook()))).toEqual({ ...expectedJob, spot: ['matrix', 0] })
  })

  test('comes as a form', () => {
    const form = new URLSearchParams({ payload: JSON.stringify(webhook()) }).toString()
    const document = parseDocument(form)
    expect(travis.recognises(document)).toBe(true)
    expect(onlyResult(travis.adapt(document))).toEqual({ ...expectedJob, spot: { line: 1, column: 1 } })
  })

  test.each([
    'payload=',
    'payload=%',
    'payload=%7B',
    'payload=null',
    `payload=${'['.repeat(100)}`,
    'payload=%5B%5D&payload=1',
  ])('is not %s', (form) => {
    expect(travis.recognises(parseDocument(form))).toBe(false)
    expect(travis.adapt(parseDocument(form))).toMatchObject({ results: [], problems: [{ code: 'bad-document' }] })
  })

  test.each([{ type: 'pull_request' }, { pull_request: true }])('of a pull request is a stranger’s: %j', (changes) => {
    const adapted = adaptJson(travis, webhook([job()], changes))
    expect(adapted.results).toEqual([])
    expect(codesOf(adapted)).toEqual(['untrusted-event'])
  })

  test('of a tag names it', () => {
    expect(onlyResult(adaptJson(travis, webhook([job()], { tag: 'v1' }))).ref).toBe('v1')
  })

  test('with one bad job still gives the others', () => {
    const { results, problems } = adaptJson(travis, webhook([null, job({ id: {} }), job()]))
    expect(results).toMatchObject([{ spot: ['matrix', 2] }])
    expect(problems.map(({ code, spot }) => [code, spot])).toEqual([
      ['bad-document', ['matrix', 0]],
      ['bad-document', ['matrix', 1, 'id']],
    ])
  })
})

describe('a job', () => {
  test.each([
    ['passed', 'passed'],
    ['failed', 'failed'],
    ['errored', 'infra'],
    ['canceled', 'cancelled'],
  ])('that %s is %s', (state, outcome) => {
    expect(onlyResult(adapt({ state })).outcome).toBe(outcome)
  })

  test.each(['created', 'queued', 'received', 'started', 'booting'])('that is %s says nothing', (state) => {
    expect(adapt({ state })).toEqual({ results: [], problems: [], ignored: 1 })
  })

  test.each([
    ['finished', 0, 'passed'],
    ['finished', 1, 'failed'],
    [undefined, 1, 'failed'],
  ])('of old, %s with the result %s, is %s', (state, result, outcome) => {
    expect(onlyResult(adapt({ state, result })).outcome).toBe(outcome)
  })

  test.each([{ state: 'Passed' }, { state: 7 }, { state: '__proto__' }, { state: 'finished', result: 'yes' }])(
    'in a state that nobody has given a meaning is no evidence: %j',
    (changes) => {
      expect(adapt(changes)).toMatchObject({ results: [], problems: [{ code: 'unknown-outcome' }] })
    },
  )

  test('that may fail did fail, and was tolerated', () => {
    expect(onlyResult(adapt({ state: 'failed', allow_failure: true }))).toMatchObject({
      outcome: 'failed',
      reason: 'tolerated',
    })
  })

  test.each(['amd64', 'arm64', 'ppc64le', 's390x'])('on %s says so', (arch) => {
    expect(onlyResult(adapt({ config: { os: 'linux', arch } })).architecture).toBe(arch)
  })

  test('on Graviton is on arm64', () => {
    const result = onlyResult(adapt({ config: { arch: 'arm64-graviton2' } }))
    expect(result).toMatchObject({ architecture: 'arm64', job: 'linux arm64-graviton2' })
  })

  test.each([{ config: { os: 'linux' } }, { config: { arch: ['arm64'] } }, { config: null }])(
    'that does not say where it ran is not taken for one on amd64: %j',
    (changes) => {
      expect(onlyResult(adapt(changes))).not.toHaveProperty('architecture')
    },
  )

  test('has the name that its configuration gives it', () => {
    expect(onlyResult(adapt({ config: { name: 'arm tests', arch: 'arm64' } })).job).toBe('arm tests')
  })

  test('on a Mac is not on Linux', () => {
    expect(onlyResult(adapt({ config: { os: 'osx' } })).os).toBe('macos')
  })
})

describe('the API', () => {
  const apiJob = {
    '@type': 'job',
    '@href': '/job/2',
    ...job(),
    build: { '@type': 'build', '@href': '/build/1', id: 1, event_type: 'push' },
    repository: { id: 9, slug: 'o/r' },
    commit: { sha: 'f83a356604ae3c5d03e1b46ef4d1ca77d64a90b0' },
  }
  const apiBuild = {
    '@type': 'build',
    '@href': '/build/1',
    id: 1,
    event_type: 'push',
    state: 'passed',
    branch: { name: 'main' },
    tag: null,
    repository: { id: 9, slug: 'o/r' },
    commit: { sha: 'f83a356604ae3c5d03e1b46ef4d1ca77d64a90b0' },
  }
  const ofApi = without(expectedJob, 'link')

  test('tells the same of a job', () => {
    const ofJob = without(ofApi, 'ref')
    expect(onlyResult(adaptJson(travis, apiJob))).toEqual({ ...ofJob, spot: [] })
    const list = { '@type': 'jobs', '@href': '/build/1/jobs', jobs: [apiJob] }
    expect(onlyResult(adaptJson(travis, list))).toEqual({ ...ofJob, spot: ['jobs', 0] })
  })

  test('tells the same of a build that was asked for with its jobs', () => {
    const build = { ...apiBuild, jobs: [job()] }
    expect(onlyResult(adaptJson(travis, build))).toEqual({ ...ofApi, spot: ['jobs', 0] })
    const list = { '@type': 'builds', '@href': '/repo/9/builds', builds: [build] }
    expect(onlyResult(adaptJson(travis, list))).toEqual({ ...ofApi, spot: ['builds', 0, 'jobs', 0] })
  })

  test('does not tell where a build ran that comes without its jobs', () => {
    const minimal = { '@type': 'job', '@href': '/job/2', id: 2 }
    for (const build of [apiBuild, { ...apiBuild, jobs: [minimal] }]) {
      expect(adaptJson(travis, build)).toMatchObject({ results: [], problems: [{ code: 'run-without-jobs' }] })
    }
  })

  test('tells of pull requests too, and they are not trusted', () => {
    const build = { ...apiBuild, event_type: 'pull_request', jobs: [job()] }
    expect(codesOf(adaptJson(travis, build))).toEqual(['untrusted-event'])
    expect(codesOf(adaptJson(travis, { ...apiJob, build }))).toEqual(['untrusted-event'])
  })

  test.each([
    { ...apiJob, build: undefined },
    { ...apiJob, id: null },
    { ...apiBuild, id: [] },
    { '@type': 'jobs', '@href': '/jobs', jobs: 7 },
  ])('of another shape is a problem', (json) => {
    expect(codesOf(adaptJson(travis, json))).toEqual(['bad-document'])
  })
})

test.each([
  [{}],
  [[]],
  [{ matrix: [] }],
  [{ '@type': 'user', '@href': '/user/1' }],
  [{ '@type': 'build' }],
  ['payload'],
])('%j is not of Travis CI', (json) => {
  expect(travis.recognises(documentOf(json))).toBe(false)
})

expectRecordings(travis, 'travis', {
  'travis/webhook-cron-pending.json': { ignored: 1 },
  'travis/webhook-push-passed.json': { results: ['passed at 2015-11-21T23:45:25Z in hl7-fhir/fhir-svn linux'] },
  'handmade/travis/api-v3-job.json': { results: ['infra at 2026-01-10T10:05:00Z'] },
  'handmade/travis/webhook-errored-arches.json': {
    results: [
      'passed on amd64 at 2026-01-10T10:05:00Z in o/r linux amd64',
      'infra on arm64 at 2026-01-10T10:05:00Z in o/r linux arm64-graviton2',
      'failed on ppc64le at 2026-01-10T10:05:00Z in o/r linux ppc64le',
      'cancelled on s390x at 2026-01-10T10:05:00Z in o/r linux s390x',
    ],
  },
})
