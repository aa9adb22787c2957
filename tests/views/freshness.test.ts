import { expect, test } from 'vitest'
import { projectFile } from '#tests/builders.ts'
import { viewFreshness } from '#views/freshness.ts'
import { pageContextOf } from './page-context.ts'

const seen = (date: string) =>
  projectFile({ claims: `[{architectures: [arm64], support: works, date: ${date}, link: 'https://example.org/'}]` })

test('what is known is counted by the age of its newest source; a year alone counts from its first day', () => {
  const { rows, columns } = viewFreshness(
    pageContextOf({
      'projects/a.md': seen('2026-11-01'),
      'projects/b.md': seen('2026-05-22'),
      'projects/c.md': seen('2026-05-21'),
      'projects/d.md': seen('2026'),
      'projects/e.md': seen('2022'),
      'projects/f.md': seen('2014'),
      'projects/g.md': projectFile(),
    }),
  )
  expect(columns.map(({ label }) => label)).toEqual(['under 6 months', 'to 18 months', 'to 5 years', 'older', 'known'])
  const arm64 = rows.find(({ architecture }) => architecture === 'arm64')
  expect(arm64).toMatchObject({ numbers: [2, 2, 1, 1], sum: '6', share: '86 %', whole: 7 })
  expect(arm64?.parts.map(({ tone, from, width }) => [tone, from, width])).toEqual([
    ['age-1', 0, 2],
    ['age-2', 2, 2],
    ['age-3', 4, 1],
    ['age-4', 5, 1],
  ])
})

test('where nothing is known nothing is shown', () => {
  expect(viewFreshness(pageContextOf({ 'projects/a.md': projectFile() })).rows).toEqual([])
})
