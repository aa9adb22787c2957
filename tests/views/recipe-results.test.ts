import { expect, test } from 'vitest'
import type { Evidence } from '#domain/evidence.ts'
import { observedRun, projectFile, retractionOf } from '#tests/builders.ts'
import { viewRecipeList } from '#views/recipe-list.ts'
import { trialsOf, viewResults } from '#views/recipe-results.ts'
import { viewRecipe } from '#views/recipe.ts'
import { viewRuns } from '#views/runs.ts'
import { entryOf, pageContextOf } from './page-context.ts'

const recipe = (more = '') => `---
title: Build Redis
summary: How.
date: 2026-11-21
projects: [redis]
architectures: [amd64, arm64, armv7]
packages: [make, tcl]
${more}proves: {project: redis, version: 8.2.1, binaries: [redis-server]}
environment: [{name: JOBS, meaning: Our own words}]
steps:
  - {title: Fetch it, fetch: {suite: bookworm, source: redis, version: 8.2.1-1}}
  - {title: Build it, level: builds, run: make -j$JOBS CC=$CC}
verify:
  - {run: $EMULATOR src/redis-server --test, expect: It runs.}
---
`
const log = '/logs/redis/0123456789abcdef0123456789abcdef.txt'
const ran = (changes: Parameters<typeof observedRun>[0] = {}): Evidence =>
  observedRun({
    link: log,
    execution: 'emulated',
    version: '8.2.1',
    provenance: { how: 'ran' },
    ...changes,
    source: { provider: 'recipe', repository: 'r', job: undefined, ...changes.source },
  })
const contextWith = (records: readonly (Evidence | ReturnType<typeof retractionOf>)[], text = recipe()) => {
  const context = pageContextOf({ 'recipes/r.md': text, 'projects/redis.md': projectFile() }, {})
  return { ...context, catalog: { ...context.catalog, evidence: new Map([['redis', records]]) } }
}
const resultsWith = (records: Parameters<typeof contextWith>[0], text?: string) => {
  const context = contextWith(records, text)
  return viewResults(entryOf(context.catalog.recipe, 'r'), context)
}

test('the newest run of each architecture is shown, level by level, with its log', () => {
  const run = { id: '2 arm64' }
  const results = resultsWith([
    ran({ level: 'builds', outcome: 'failed', run: { id: '1 arm64' }, observedAt: '2026-11-01T10:00:00Z' }),
    ran({ run, counts: { passed: 9, failed: 0, skipped: 1 }, artifact: { name: 'r', pageAlignment: 65536 } }),
    ran({ run, level: 'builds', execution: 'cross', observedAt: '2026-11-02T10:00:00Z' }),
    ran({ architecture: 'amd64', run: { id: '2 amd64' }, execution: 'native' }),
  ])
  expect(results.map(({ architecture, levels }) => [architecture.label, levels.map(({ level }) => level)])).toEqual([
    ['amd64', ['tests']],
    ['arm64', ['build', 'tests']],
  ])
  expect(results[1]).toMatchObject({
    levels: [
      { outcomeLabel: 'passed', how: 'cross-built', counts: '' },
      { outcomeLabel: 'passed', how: 'emulated', counts: '9 passed, 0 failed, 1 skipped' },
    ],
    pages: 'up to 64 KiB',
    log: { label: 'log of the run', address: `/base${log}` },
  })
})

test('what was taken back, comes from another recipe, or from the future is not shown', () => {
  const taken = ran()
  expect(
    resultsWith([
      taken,
      retractionOf(taken),
      ran({ source: { repository: 'other' } }),
      ran({ source: { provider: 'github-actions', repository: 'r' } }),
      ran({ observedAt: '2027-01-01T00:00:00Z' }),
    ]),
  ).toEqual([])
})

test('a recipe that proves nothing has no results, whatever calls itself after it', () => {
  expect(resultsWith([ran()], recipe().replace(/^proves.*\n/m, ''))).toEqual([])
})

test.each([
  ['works', 'native', [ran({ execution: 'native' })]],
  ['works', 'emulated', [ran(), ran({ level: 'builds', execution: 'cross' })]],
  ['builds', 'cross', [ran({ level: 'builds', execution: 'cross' })]],
  ['fails', 'emulated', [ran({ outcome: 'failed' }), ran({ level: 'builds', execution: 'cross' })]],
  ['builds', 'cross', [ran({ outcome: 'infra' }), ran({ level: 'builds', execution: 'cross' })]],
] as const)('a run comes to: %s, %s', (result, execution, records) => {
  const context = contextWith(records)
  expect(trialsOf(entryOf(context.catalog.recipe, 'r'), context)).toEqual([
    { architecture: 'arm64', result, execution, date: '2026-11-02' },
  ])
})

test('a run that was only hindered comes to nothing', () => {
  const context = contextWith([ran({ outcome: 'infra' })])
  expect(trialsOf(entryOf(context.catalog.recipe, 'r'), context)).toEqual([])
})

test('the list of recipes tells what runs came to, and what people did where nothing ran', () => {
  const testedOn = `testedOn:
  - {architecture: arm64, date: 2020, result: fails}
  - {architecture: armv7, date: 2020, result: works}
`
  const { recipes } = viewRecipeList(contextWith([ran()], recipe(testedOn)))
  expect(recipes[0]?.outcomes.map(({ architectures: [one], result }) => [one?.label, result?.label])).toEqual([
    ['amd64', undefined],
    ['arm64', 'emulated'],
    ['armv7', 'works'],
  ])
})

test('the page of a recipe that can be run says by which command, and which variables its commands use', () => {
  const context = contextWith([ran()])
  const view = viewRecipe(entryOf(context.catalog.recipe, 'r'), context)
  expect(view.run).toEqual({ command: 'npm run cli -- run r', packages: ['make', 'tcl'] })
  expect(view.environment.map(({ name, meaning }) => [name, meaning])).toEqual([
    ['JOBS', 'Our own words'],
    ['CC', 'The C compiler for the architecture'],
    ['EMULATOR', 'What stands before a program to run it by emulation; empty on a machine of that architecture'],
  ])
  expect(view.steps[0]?.commands).toBe('apt-get source redis=8.2.1-1')
  expect(view.state).toBe('It was last tried on 2 November 2026.')
})

test('the page of another recipe does not', () => {
  const context = contextWith([], recipe().replace(/^proves.*\n/m, ''))
  const view = viewRecipe(entryOf(context.catalog.recipe, 'r'), context)
  expect(view.run).toBeUndefined()
  expect(view.environment.map(({ name }) => name)).toEqual(['JOBS'])
})

test.each([
  [65536, 'up to 64 KiB'],
  [4096, 'up to 4 KiB'],
  [16, 'up to 16 bytes'],
  [undefined, ''],
])('an alignment of %s bytes is told as page sizes', (pageAlignment, words) => {
  const artifact = { name: 'redis-server', ...(pageAlignment === undefined ? {} : { pageAlignment }) }
  const context = contextWith([ran({ artifact })])
  expect(viewRuns('redis', 'arm64', context)[0]?.pages).toBe(words)
})
