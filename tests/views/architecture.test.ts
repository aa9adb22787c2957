import { expect, test } from 'vitest'
import { projectFile } from '#tests/builders.ts'
import { viewArchitecture, viewArchitectureNames, type ArchitectureView } from '#views/architecture.ts'
import type { ViewContext } from '#views/context.ts'
import { groupKnownProjects, viewKnownProjects, type KnownProjectView } from '#views/known-projects.ts'
import { rowsOnPage } from '#views/paging.ts'
import { entryOf, pageContextOf } from './page-context.ts'

const claimed = (name: string, support: string, date: string, more = '') =>
  projectFile({
    name,
    claims: `[{architectures: [arm64], support: ${support}, date: ${date}, link: 'https://example.org/'${more}}]`,
  })

const files = {
  'projects/old.md': claimed('Old', 'works', '2017'),
  'projects/new.md': claimed('New', 'works', '2026-10-01', ', version: 7'),
  'projects/port.md': claimed('Port', 'in-progress', '2017-05-05'),
  'projects/silent.md': projectFile({ name: 'Silent' }),
}
const context = pageContextOf(files)
const known = viewKnownProjects('arm64', context)
const arm64 = viewOf(context, known)

function viewOf(ofContext: ViewContext, rows: readonly KnownProjectView[]): ArchitectureView {
  return viewArchitecture('arm64', entryOf(ofContext.catalog.architectures, 'arm64'), rows, ofContext)
}

test('projects stand by support, then by name, with what they rest on', () => {
  expect(groupKnownProjects(known).map(({ id, rows }) => [id, ...rows.map(({ project }) => project.label)])).toEqual([
    ['works', 'New', 'Old'],
    ['coming', 'Port'],
  ])
  expect(known[1]).toMatchObject({
    project: { address: '/base/projects/old/#arm64' },
    basisLabel: 'stale',
    version: undefined,
    day: { words: '2017', age: 'about 9 years ago' },
  })
})

test('the headline says how ready it is, and what needs a check follows', () => {
  expect(arm64.headline).toBe('2 of 4 projects work on arm64, none of them verified in the last 180 days.')
  expect(arm64.stale.checks.map(({ project }) => project.label)).toEqual(['Old', 'Port'])
  expect(arm64.unseen).toEqual({ checks: [], more: 0 })
})

test('the numbers lead to their rows, and are hollow where all they count is stale', () => {
  expect(arm64.counts.map(({ group, count, basis, address }) => [group, count, basis, address])).toEqual([
    ['works', 2, 'claimed', '#works'],
    ['coming', 1, 'stale', '#coming'],
    ['not-known', 1, 'none', undefined],
  ])
})

test('the number of a group that begins on a later page of the list leads there', () => {
  const many = Array.from({ length: rowsOnPage }, (_, index) => [
    `projects/p${index}.md`,
    claimed(`P${index}`, 'works', '2026-10-01'),
  ])
  const long = pageContextOf({ ...files, ...Object.fromEntries(many) })
  const { counts } = viewOf(long, viewKnownProjects('arm64', long))
  expect(counts.map(({ group, address }) => [group, address])).toEqual([
    ['works', '#works'],
    ['coming', '/base/architectures/arm64/2/#coming'],
    ['not-known', undefined],
  ])
})

test('words that are typed are told from words that are read', () => {
  expect(arm64.facts).toEqual([{ name: 'Also called', codes: ['aarch64', 'arm64v8'] }])
})

test('every architecture is found by its other names', () => {
  expect(viewArchitectureNames(pageContextOf({})).map(({ id, aliases }) => [id, aliases])).toEqual([
    ['amd64', ['x86_64']],
    ['arm64', ['aarch64', 'arm64v8']],
    ['armv7', ['arm/v7']],
    ['armv6', []],
  ])
})
