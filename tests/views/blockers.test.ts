import { expect, test } from 'vitest'
import { projectFile } from '#tests/builders.ts'
import { viewBlockers } from '#views/blockers.ts'
import { pageContextOf } from './page-context.ts'

const on = (support: string, architecture = 'arm64') =>
  `[{architectures: [${architecture}], support: ${support}, date: 2026-10-01, link: 'https://example.org/', note: N}]`
const project = (name: string, blockedBy: string[], claims?: string) =>
  projectFile({ name, blockedBy: `[${blockedBy.join(', ')}]`, claims })

const blockers = (files: Record<string, string>, architecture = 'arm64') =>
  viewBlockers(architecture, pageContextOf(files)).map(({ project: { label }, count, waiting }) => [
    label,
    count,
    waiting.map((one) => one.label),
  ])

test('a missing port holds back what waits for it, and what waits for that', () => {
  expect(
    blockers({
      'projects/libgo.md': project('libgo', [], on('broken')),
      'projects/cgo.md': project('cgo', ['libgo'], on('in-progress')),
      'projects/docker.md': project('Docker', ['cgo']),
      'projects/other.md': project('Other', []),
    }),
  ).toEqual([
    ['libgo', 2, ['cgo', 'Docker']],
    ['cgo', 1, ['Docker']],
  ])
})

test('what works there neither holds back nor waits, and hands nothing on', () => {
  expect(
    blockers({
      'projects/libgo.md': project('libgo', [], on('broken')),
      'projects/cgo.md': project('cgo', ['libgo'], on('works')),
      'projects/docker.md': project('Docker', ['cgo']),
    }),
  ).toEqual([])
})

test('a project is held back once, by however many ways', () => {
  expect(
    blockers({
      'projects/a.md': project('A', [], on('unsupported')),
      'projects/b.md': project('B', ['a'], on('partial')),
      'projects/c.md': project('C', ['a'], on('experimental')),
      'projects/d.md': project('D', ['b', 'c']),
    })[0],
  ).toEqual(['A', 3, ['B', 'C', 'D']])
})

test('projects that wait for each other end', () => {
  expect(
    blockers({
      'projects/a.md': project('A', ['b'], on('broken')),
      'projects/b.md': project('B', ['a'], on('broken')),
      'projects/c.md': project('C', ['c'], on('broken')),
    }),
  ).toEqual([
    ['A', 1, ['B']],
    ['B', 1, ['A']],
  ])
})

test.each(['available', 'emulated', 'not-applicable'])('a port that is %s is not missing', (support) => {
  expect(blockers({ 'projects/a.md': project('A', [], on(support)), 'projects/b.md': project('B', ['a']) })).toEqual([])
})

test('a port at which nobody has looked, or that is missing elsewhere, blocks nothing here', () => {
  const files = { 'projects/a.md': project('A', [], on('broken')), 'projects/b.md': project('B', ['a']) }
  expect(blockers(files, 'amd64')).toEqual([])
  expect(blockers(files, 'arm64')).toHaveLength(1)
})

test('a long list is cut, and says how much longer it is', () => {
  const waiting = Array.from({ length: 9 }, (_, index) => [`projects/w${index}.md`, project(`W${index}`, ['a'])])
  const [first] = viewBlockers(
    'arm64',
    pageContextOf({ 'projects/a.md': project('A', [], on('broken')), ...Object.fromEntries(waiting) }),
  )
  expect(first).toMatchObject({ count: 9, more: 3, label: 'broken', group: 'no' })
  expect(first?.waiting).toHaveLength(6)
})
