import { expect, test } from 'vitest'
import { projectFile } from '#tests/builders.ts'
import { viewHardware } from '#views/hardware.ts'
import { pageContextOf } from './page-context.ts'

function machineFile(name: string, kind: string, more = '', body = ''): string {
  return `---
name: ${name}
kind: ${kind}
summary: A machine.
architectures: [arm64]
date: 2017-05
${more}---
${body}`
}

const recipe = (more: string) => `---
title: A recipe
summary: How.
date: 2017
projects: [redis]
architectures: [arm64]
steps: [{title: Build it}]
${more}---
`

const issue = (state: string) => `---
number: 1
title: Issue one
date: 2017-05-05
authors: [ada]
summary: News.
state: ${state}
hardware: [b]
---
`

test('machines stand in groups by kind, and in a group by name', () => {
  const { groups, count } = viewHardware(
    pageContextOf({
      'hardware/z.md': machineFile('Zeta', 'processor'),
      'hardware/b.md': machineFile('beta', 'board'),
      'hardware/a.md': machineFile('Alpha', 'board'),
    }),
  )
  expect(count).toBe(3)
  expect(groups.map(({ title, machines }) => [title, ...machines.map(({ name }) => name)])).toEqual([
    ['Boards', 'Alpha', 'beta'],
    ['Processors', 'Zeta'],
  ])
})

test('a machine keeps its id even where a group would want it', () => {
  const { groups } = viewHardware(pageContextOf({ 'hardware/kind-board.md': machineFile('Odd', 'board') }))
  expect(groups[0]).toMatchObject({ id: 'kind-board-2', machines: [{ id: 'kind-board' }] })
})

test('prices have their days and sources, the newest first', () => {
  const { groups } = viewHardware(
    pageContextOf({
      'projects/redis.md': projectFile(),
      'recipes/r.md': recipe(''),
      'hardware/b.md': machineFile(
        'Beta',
        'board',
        `prices:
  - {price: $32, date: 2014-10-28, link: /recipes/r/}
  - {price: $30, date: 2016, link: "https://www.example.org/shop"}
  - {price: $10, date: 2026-11-01}
`,
      ),
    }),
  )
  expect(groups[0]?.machines[0]?.prices).toEqual([
    {
      price: '$10',
      day: { datetime: '2026-11-01', words: '1 November 2026', age: 'less than a month ago' },
      source: undefined,
    },
    {
      price: '$30',
      day: { datetime: '2016', words: '2016', age: 'about 10 years ago' },
      source: { label: 'example.org', address: 'https://www.example.org/shop' },
    },
    {
      price: '$32',
      day: { datetime: '2014-10-28', words: '28 October 2014', age: '12 years ago' },
      source: { label: 'A recipe', address: '/base/recipes/r/' },
    },
  ])
})

test('recipes that name a machine or were tried on it are listed once', () => {
  const { groups } = viewHardware(
    pageContextOf({
      'projects/redis.md': projectFile(),
      'recipes/r.md': recipe(
        'hardware: [b]\ntestedOn: [{architecture: arm64, hardware: b, date: 2017, result: works}]\n',
      ),
      'recipes/s.md': recipe('testedOn: [{architecture: arm64, hardware: b, date: 2017, result: works}]\n'),
      'recipes/t.md': recipe(''),
      'hardware/b.md': machineFile('Beta', 'board'),
    }),
  )
  expect(groups[0]?.machines[0]?.mentions[0]?.links?.map(({ address }) => address)).toEqual([
    '/base/recipes/r/',
    '/base/recipes/s/',
  ])
})

test('only public issues are named', () => {
  const people = 'ada: {name: Ada}\n'
  const machines = (state: string) =>
    viewHardware(
      pageContextOf({
        'people.yml': people,
        'issues/0001.md': issue(state),
        'hardware/b.md': machineFile('Beta', 'board'),
      }),
    ).groups[0]?.machines[0]
  const links = [{ label: 'Issue one', address: '/base/issues/0001/' }]
  expect(machines('published')?.mentions).toEqual([{ name: 'Newsletter', links }])
  expect(machines('draft')?.mentions).toEqual([])
})

test('the text of a machine shares no id with another', () => {
  const { groups } = viewHardware(
    pageContextOf({
      'hardware/a.md': machineFile('Alpha', 'board', '', '### Name\n'),
      'hardware/b.md': machineFile('Beta', 'board', '', '### Name\n'),
    }),
  )
  const ids = groups.flatMap(({ id, machines }) => [
    id,
    ...machines.flatMap((machine) => [machine.id, machine.headingId, /id="([^"]*)"/.exec(machine.html)?.[1]]),
  ])
  expect(new Set(ids).size).toBe(7)
})

test('without hardware there are no groups', () => {
  expect(viewHardware(pageContextOf({}))).toEqual({ groups: [], count: 0 })
})
