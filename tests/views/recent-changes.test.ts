import { expect, test } from 'vitest'
import { projectFile } from '#tests/builders.ts'
import { viewRecentChanges } from '#views/recent-changes.ts'
import { pageContextOf } from './page-context.ts'

const claims = (...list: string[]) =>
  projectFile({ claims: list.map((claim) => `\n  - {${claim}, link: 'https://example.org/', note: N}`).join('') })
const on = (support: string, date: string, architecture = 'arm64') =>
  `architectures: [${architecture}], support: ${support}, date: ${date}`

const context = pageContextOf({
  'projects/a.md': claims(on('works', '2025-06-01'), on('broken', '2026-09-01')),
  'projects/b.md': claims(on('works', '2026-02-01')),
  'projects/c.md': claims(on('works', '2026-10-01'), on('works', '2026-10-01', 'amd64')),
})

test('an architecture has its own changes of one direction in the last 12 months, the newest first', () => {
  const { changes, more } = viewRecentChanges('arm64', 'gained', context)
  expect(changes.map(({ cell, on: day, day: words, to }) => [cell, day, words, to])).toEqual([
    ['/base/projects/c/#arm64', '2026-10-01', '1 October 2026', 'works'],
    ['/base/projects/b/#arm64', '2026-02-01', '1 February 2026', 'works'],
  ])
  expect(more).toBe(0)
  expect(viewRecentChanges('arm64', 'lost', context).changes).toMatchObject([{ before: 'works', to: 'broken' }])
  expect(viewRecentChanges('armv7', 'lost', context)).toEqual({ changes: [], more: 0 })
})

test('a long list is cut, and says how much longer it is', () => {
  const many = Array.from({ length: 8 }, (_, index) => [`projects/p${index}.md`, claims(on('works', '2026-10-01'))])
  const { changes, more } = viewRecentChanges('arm64', 'gained', pageContextOf(Object.fromEntries(many)))
  expect([changes.length, more]).toEqual([6, 2])
})
