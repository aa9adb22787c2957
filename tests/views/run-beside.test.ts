import { expect, test } from 'vitest'
import type { Evidence } from '#domain/evidence.ts'
import { serializeProjectText } from '#feeds/project-text.ts'
import { observedRun } from '#tests/builders.ts'
import { viewProjectText } from '#views/project-text.ts'
import { runBesideClaim } from '#views/run-beside.ts'
import { viewVerify } from '#views/verify.ts'
import { contextOf } from './evidence-context.ts'

const claims =
  "[{architectures: [arm64], support: works, date: 2017-05-05, link: 'https://example.org/issue', by: Ada}]"
const emulated = observedRun({
  level: 'starts',
  execution: 'emulated',
  observedAt: '2026-11-21T10:00:00Z',
  version: '1.22.1',
  link: '/recipes/start/',
})
const beside = (runs: readonly Evidence[], said?: string) =>
  runBesideClaim('redis', 'arm64', contextOf(runs, said))?.words

test('a run that shows less than the claim is told with its own day, version and source', () => {
  expect(runBesideClaim('redis', 'arm64', contextOf([emulated], claims))).toEqual({
    claimed: 'claimed in 2017',
    words: 'started under emulation on 21 November 2026',
    day: '2026-11-21',
    version: '1.22.1',
    link: '/recipes/start/',
    address: '/recipes/start/',
  })
})

test('a build is told as one', () => {
  const built = observedRun({ level: 'builds', execution: 'cross', observedAt: '2026-11-01T10:00:00Z' })
  const found = observedRun({ level: 'available', observedAt: '2026-11-01T10:00:00Z' })
  expect(beside([built], claims)).toBe('built by a cross build on 1 November 2026')
  expect(beside([found], claims)).toBe('found on 1 November 2026')
})

test('a run that decides the cell stands beside nothing, nor does one that showed nothing', () => {
  expect(beside([emulated])).toBeUndefined()
  expect(beside([observedRun({ observedAt: '2026-11-21T10:00:00Z' })], claims)).toBeUndefined()
  expect(beside([observedRun({ outcome: 'failed', observedAt: '2026-11-21T10:00:00Z' })], claims)).toBeUndefined()
  expect(beside([], claims)).toBeUndefined()
})

test('the Markdown of the project says of the claim and of the run when each was', () => {
  const context = contextOf([emulated], claims)
  const [project] = context.catalog.project.values()
  if (!project) throw new Error('the context has Redis')
  expect(serializeProjectText(viewProjectText(project, context, (text) => text))).toContain(
    '| arm64 | works | stale | started under emulation on 21 November 2026, version 1.22.1, <https://example.org/recipes/start/> |  | 2017-05-05, the claim | <https://example.org/issue> |',
  )
})

test('what needs a check says so too', () => {
  const [part] = viewVerify('arm64', contextOf([emulated], claims)).parts
  expect(part?.checks[0]).toMatchObject({
    label: 'works',
    basis: 'stale',
    day: { words: '5 May 2017' },
    beside: { words: 'started under emulation on 21 November 2026', version: '1.22.1', address: '/recipes/start/' },
  })
})
