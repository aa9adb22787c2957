import { expect, test } from 'vitest'
import { projectFile } from '#tests/builders.ts'
import { viewArchitecture, viewArchitectureNames, type ArchitectureView } from '#views/architecture.ts'
import { entryOf, pageContextOf } from './page-context.ts'

const claimed = (name: string, support: string, date: string, more = '') =>
  projectFile({
    name,
    claims: `[{architectures: [arm64], support: ${support}, date: ${date}, link: 'https://example.org/'${more}}]`,
  })

function view(files: Record<string, string>): ArchitectureView {
  const context = pageContextOf(files)
  return viewArchitecture('arm64', entryOf(context.catalog.architectures, 'arm64'), context)
}

const arm64 = view({
  'projects/old.md': claimed('Old', 'works', '2017'),
  'projects/new.md': claimed('New', 'works', '2026-10-01', ', version: 7'),
  'projects/port.md': claimed('Port', 'in-progress', '2017-05-05'),
  'projects/silent.md': projectFile({ name: 'Silent' }),
})

test('projects stand by support, then by name, with what they rest on', () => {
  expect(arm64.groups.map(({ id, rows }) => [id, ...rows.map(({ project }) => project.label)])).toEqual([
    ['works', 'New', 'Old'],
    ['coming', 'Port'],
  ])
  expect(arm64.hasVersion).toBe(true)
  expect(arm64.groups[0]?.rows[1]).toMatchObject({
    project: { address: '/base/projects/old/#arm64' },
    basisLabel: 'stale',
    version: undefined,
    day: { words: '2017', age: 'about 9 years ago' },
  })
})

test('the numbers lead to their rows, and are hollow where all they count is stale', () => {
  expect(arm64.counts.map(({ group, count, basis, address }) => [group, count, basis, address])).toEqual([
    ['works', 2, 'claimed', '#works'],
    ['coming', 1, 'stale', '#coming'],
    ['not-known', 1, 'none', undefined],
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
