import { describe, expect, test } from 'vitest'
import type { Status } from '#domain/derive.ts'
import type { Basis, Support } from '#domain/status-words.ts'
import { projectFile } from '#tests/builders.ts'
import { viewSupportTable } from '#views/bar-table.ts'
import { sortedProjects } from '#views/matrix.ts'
import { readinessByArchitecture, readinessByCategory, readinessInWords, spreadInWords } from '#views/readiness.ts'
import { pageContextOf } from './page-context.ts'

const status = (support: Support, basis: Basis = 'claimed'): Status => ({
  support,
  basis,
  witnesses: [],
  reasons: ['a reason'],
})
const times = (count: number, one: Status) => Array.from({ length: count }, () => one)
const unknown = status('unknown', 'none')

describe('the headline of an architecture', () => {
  const inWords = (...statuses: Status[][]) => readinessInWords(statuses.flat(), 'on arm64')

  test('says how many projects work, and how many of these a fresh run shows', () => {
    expect(inWords(times(19, status('works')), times(12, status('works', 'verified')), times(66, unknown))).toBe(
      '31 of 97 projects work on arm64, 12 of them verified in the last 180 days.',
    )
    expect(inWords(times(2, status('works', 'verified')), [unknown])).toBe(
      '2 of 3 projects work on arm64, all of them verified in the last 180 days.',
    )
    expect(inWords(times(2, status('works', 'stale')))).toBe(
      '2 of 2 projects work on arm64, none of them verified in the last 180 days.',
    )
  })

  test('speaks of one project as of one', () => {
    expect(inWords([status('works')])).toBe('1 of 1 project works on arm64, not verified in the last 180 days.')
    expect(inWords([status('works', 'verified'), status('partial')])).toBe(
      '1 of 2 projects works on arm64, verified in the last 180 days. 1 more runs with limits.',
    )
  })

  test('keeps what only ran under emulation apart from what runs with limits', () => {
    expect(inWords([status('works')], times(2, status('experimental')), times(3, status('emulated', 'verified')))).toBe(
      '1 of 6 projects works on arm64, not verified in the last 180 days. 2 more run with limits, 3 only under emulation.',
    )
    expect(inWords(times(3, status('emulated', 'verified')), [unknown])).toBe(
      'No project of 4 is known to work on arm64. 3 ran only under emulation.',
    )
  })

  test('does not take a package that exists, a port to come or a question without sense for working', () => {
    expect(
      inWords([status('available', 'verified'), status('in-progress'), status('not-applicable'), status('broken')]),
    ).toBe('No project of 4 is known to work on arm64.')
  })

  test('is empty where there are no projects', () => {
    expect(inWords([])).toBe('')
  })
})

const claims = (...list: string[]) => `[${list.map((one) => `{${one}, link: 'https://example.org/'}`).join(', ')}]`
const context = pageContextOf({
  'site.yml': 'title: Test\ncolumns: [amd64, arm64, armv7]\n',
  'categories.yml': 'web: {name: web servers}\ndatabases: {name: Databases}\nempty: {name: Empty}\n',
  'projects/a.md': projectFile({
    name: 'A',
    categories: '[databases, web]',
    claims: claims('architectures: [amd64, arm64], support: works, date: 2026-10-01'),
  }),
  'projects/b.md': projectFile({
    name: 'B',
    claims: claims('architectures: [amd64], support: works, date: 2017-10-01'),
  }),
})

describe('by category', () => {
  const rows = readinessByCategory('amd64', context)

  test('a project counts in each of its categories, and a category without projects has no row', () => {
    expect(rows.map(({ link, known, fresh, total }) => [link.label, known, fresh, total])).toEqual([
      ['Databases', 2, 1, 2],
      ['web servers', 1, 1, 1],
    ])
  })

  test('rows of different sizes say of how many, and their bars are shares', () => {
    const { columns, rows: shown } = viewSupportTable('Category', rows)
    expect(columns.at(-1)).toEqual({ label: 'known, of all' })
    expect(shown.map(({ sum, share, whole, numbers }) => [sum, share, whole, numbers])).toEqual([
      ['2 of 2', '100 %', 2, [2, 0, 0, 0, 0, 1]],
      ['1 of 1', '100 %', 1, [1, 0, 0, 0, 0, 1]],
    ])
    expect(shown[0]?.parts).toEqual([
      { tone: 'works', isStale: false, from: 0, width: 1 },
      { tone: 'works', isStale: true, from: 1, width: 1 },
    ])
  })
})

describe('of a category', () => {
  const projects = sortedProjects(context)

  test('every column has a row that says which one it is', () => {
    const rows = readinessByArchitecture(projects, context)
    expect(rows.map(({ architecture, known, total }) => [architecture, known, total])).toEqual([
      ['amd64', 2, 2],
      ['arm64', 1, 2],
      ['armv7', 0, 2],
      ['armv6', 0, 2],
    ])
  })

  test('the headline names the columns that are shown first, and those on which nothing works', () => {
    expect(spreadInWords(projects, context)).toBe(
      '2 of 2 projects work on amd64 (1 stale), 1 on arm64; none is known to work on armv7.',
    )
    expect(spreadInWords([], context)).toBe('')
  })

  test('the headline calls stale what is too old to rely on', () => {
    const inYears = (...years: number[]) => {
      const old = pageContextOf({
        'site.yml': 'title: Test\ncolumns: [amd64]\n',
        ...Object.fromEntries(
          years.map((year, index) => [
            `projects/p${index}.md`,
            projectFile({ claims: claims(`architectures: [amd64], support: works, date: ${year}-10-01`) }),
          ]),
        ),
      })
      return spreadInWords(sortedProjects(old), old)
    }
    expect(inYears(2026, 2026)).toBe('2 of 2 projects work on amd64.')
    expect(inYears(2017, 2018)).toBe('2 of 2 projects work on amd64 (all stale).')
    expect(inYears(2017)).toBe('1 of 1 project works on amd64 (stale).')
  })

  test('the headline says so where nothing works anywhere', () => {
    const bare = pageContextOf({ 'projects/a.md': projectFile() })
    expect(spreadInWords(sortedProjects(bare), bare)).toBe(
      'No project of 1 is known to work on amd64, arm64, armv7 or armv6.',
    )
  })
})
