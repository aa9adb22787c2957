import { describe, expect, test } from 'vitest'
import { ArchitectureWords } from '#domain/architecture-words.ts'
import { matchesJob, patternsOverlap, Source } from '#domain/source.ts'
import type { CiResult } from '#ingest/adapter.ts'
import { attribute, matches, type Door } from '#ingest/attribute.ts'
import { architecture, asOf } from '#tests/builders.ts'

const source = (changes: Record<string, string> = {}) =>
  Source.parse({
    provider: 'github-actions',
    repository: 'redis/redis',
    repositoryId: '156018',
    job: 'test (arm64)',
    project: 'redis',
    architecture: 'arm64',
    level: 'tested',
    ...changes,
  })

const door = (changes: Partial<Door> = {}): Door => ({
  registrations: new Map([['redis-arm64', source()]]),
  words: new ArchitectureWords(new Map([['arm64', architecture({ aliases: ['aarch64'] })]])),
  projectOf: (id) => (id === 'redis' ? id : undefined),
  how: 'imported',
  now: asOf,
  said: {},
  ...changes,
})

const result: CiResult = {
  provider: 'github-actions',
  repository: 'redis/redis',
  repositoryId: '156018',
  job: 'test (arm64)',
  runId: '1',
  attempt: 1,
  outcome: 'passed',
  observedAt: '2026-11-02T10:20:30Z',
  link: 'https://github.com/redis/redis/actions/runs/1',
  spot: [],
}

test('a registered job counts for what is registered, and says by which registration', () => {
  expect(attribute(result, door()).evidence).toMatchObject({
    project: 'redis',
    architecture: 'arm64',
    level: 'tested',
    execution: 'native',
    provenance: { how: 'imported', by: 'redis-arm64' },
  })
})

test('a job that no registration names is dropped', () => {
  expect(attribute({ ...result, job: 'lint' }, door())).toEqual({ unregistered: true })
  expect(attribute({ ...result, repositoryId: '2' }, door())).toEqual({ unregistered: true })
})

test('a page of ours is a link only where it is known to be there', () => {
  const ours = { ...result, link: '/recipes/build-redis/' }
  expect(attribute(ours, door()).problem).toMatchObject({ code: 'unknown-page', actual: ours.link })
  expect(attribute(ours, door({ isOwnPage: () => false })).problem).toMatchObject({ code: 'unknown-page' })
  expect(attribute(ours, door({ isOwnPage: () => true })).evidence).toMatchObject({ link: ours.link })
})

test('a report that did not come by an operator counts only if it is registered', () => {
  const report = { ...result, project: 'redis', architecture: 'arm64', level: 'tested' as const }
  expect(attribute({ ...report, job: 'lint' }, door({ how: 'received' }))).toEqual({ unregistered: true })
  expect(attribute(report, door({ how: 'received' })).evidence?.provenance).toEqual({
    how: 'received',
    by: 'redis-arm64',
  })
})

describe('a report names the architecture that its job is registered for, or it is refused', () => {
  const words = new ArchitectureWords(
    new Map([
      ['arm64', architecture({ aliases: ['aarch64'] })],
      ['amd64', architecture()],
      ['armv7', architecture({ ambiguous: { arm: 'OCI images' } })],
    ]),
  )
  const report = (word: string) => ({ ...result, project: 'redis', architecture: word, level: 'tested' as const })

  test.each([
    ['arm', 'ambiguous-architecture'],
    ['constructor', 'unknown-architecture'],
    ['arm46', 'unknown-architecture'],
    ['amd64', 'architecture-differs'],
  ])('%s is %s', (word, code) => {
    const native = door({ words, how: 'received' })
    expect(attribute(report(word), native).problem).toMatchObject({ code })
    // Where it runs under emulation the runner is another machine, and what was tested is not.
    const emulated = new Map([['redis-arm64', source({ execution: 'emulated' })]])
    expect(attribute(report(word), { ...native, registrations: emulated }).problem).toMatchObject({ code })
    const byHand = door({ words, said: { source: 'redis-arm64' } })
    expect(attribute(report(word), byHand).problem).toMatchObject({ code })
  })

  test('by any word for it', () => {
    const { evidence } = attribute(report('AArch64'), door({ words, how: 'received' }))
    expect(evidence?.architecture).toBe('arm64')
  })

  test('and the runner of a job, whose words are not ours, decides nothing by a word that nobody knows', () => {
    const { evidence } = attribute({ ...result, architecture: 'arm' }, door({ words, how: 'received' }))
    expect(evidence?.architecture).toBe('arm64')
  })
})

test('a run that says it was emulated is not taken for a native one', () => {
  const { evidence } = attribute({ ...result, execution: 'emulated' }, door({ said: { source: 'redis-arm64' } }))
  expect(evidence?.execution).toBe('emulated')
})

test('a registration that is not there is named', () => {
  expect(attribute(result, door({ said: { source: 'nobody' } })).problem?.code).toBe('unknown-source')
})

test('a text of a CI system that could deceive a reader is refused', () => {
  for (const version of ['1.0\u0000', '1.0\u202e', 'x'.repeat(81), '']) {
    expect(attribute({ ...result, version }, door()).problem?.code, JSON.stringify(version)).toBe('bad-document')
  }
})

describe('a repository', () => {
  test('is known by its number, where both sides have one: names can be taken by others', () => {
    expect(matches(source(), { ...result, repository: 'new/name' })).toBe(true)
    expect(matches(source(), { ...result, repositoryId: '99' })).toBe(false)
  })

  test('is known by its name without regard to case, where a side has no number', () => {
    const { repositoryId: _, ...unnumbered } = result
    expect(matches(source(), { ...unnumbered, repository: 'Redis/redis' })).toBe(true)
    expect(matches(source(), { ...unnumbered, repository: 'redis/other' })).toBe(false)
  })
})

test('a registration of a workflow does not mean the jobs of another one', () => {
  const ofWorkflow = source({ workflow: '.github/workflows/ci.yml' })
  expect(matches(ofWorkflow, { ...result, workflows: ['CI', '.github/workflows/ci.yml'] })).toBe(true)
  expect(matches(ofWorkflow, { ...result, workflows: ['Nightly'] })).toBe(false)
  expect(matches(ofWorkflow, result)).toBe(false)
})

describe('a pattern of jobs', () => {
  test.each([
    ['test', 'test', true],
    ['test', 'tests', false],
    ['test*', 'tests', true],
    ['*', '', true],
    ['test (*, arm64)', 'test (3.12, arm64)', true],
    ['test (*, arm64)', 'test (3.12, arm64) / extra', false],
    ['a*a', 'a', false],
    ['a*b*c', 'a-b-b-c', true],
    ['test (.+)', 'test (x)', false],
  ])('%j against %j: %j', (pattern, job, expected) => {
    expect(matchesJob(pattern, job)).toBe(expected)
  })

  test.each([
    ['test', 'test', true],
    ['test', 'lint', false],
    ['test (*)', 'test (arm64)', true],
    ['*-arm64', 'test-*', true],
    ['a*b', 'b*a', false],
    ['*a*', '*b*', true],
  ])('%j and %j can mean one job: %j', (a, b, expected) => {
    expect(patternsOverlap(a, b)).toBe(expected)
    expect(patternsOverlap(b, a)).toBe(expected)
  })
})

test('what does not say how it ran has run on the machine itself, as reports and registrations have it', () => {
  const { job: _, ...report } = result
  const said = { project: 'redis', architecture: 'arm64', level: 'tested' as const }
  expect(attribute(report, door({ said })).evidence).toMatchObject({ execution: 'native' })
  expect(attribute(report, door({ said: { ...said, level: 'available' } })).evidence?.execution).toBeUndefined()
})
