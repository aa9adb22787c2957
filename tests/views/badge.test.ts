import { describe, expect, test } from 'vitest'
import { observedRun, projectFile } from '#tests/builders.ts'
import { viewBadgeUse, exampleProject } from '#views/badge-use.ts'
import { viewCellBadge, viewProjectBadge } from '#views/badge.ts'
import { contextOf } from './evidence-context.ts'
import { entryOf, pageContextOf } from './page-context.ts'

type Said = [architecture: string, support: string, date: string]

const claims = (said: readonly Said[]) =>
  `[${said
    .map(
      ([architecture, support, date]) =>
        `{architectures: [${architecture}], support: ${support}, date: '${date}', link: 'https://example.org/', note: x}`,
    )
    .join(', ')}]`

const architectures = `amd64: {name: x86, control: true, default: true}
arm64: {name: A64, default: true}
armv7: {name: A32, default: true}
riscv64: {name: RV, default: true}
s390x: {name: Z}
`

function contextWith(said: readonly Said[], site = 'title: Runs there\n') {
  return pageContextOf({
    'site.yml': site,
    'architectures.yml': architectures,
    'projects/redis.md': projectFile(said.length > 0 ? { claims: claims(said) } : {}),
  })
}

function badgeOf(said: readonly Said[], site?: string) {
  const context = contextWith(said, site)
  return viewProjectBadge(entryOf(context.catalog.project, 'redis'), context)
}

const recent = '2026-10-01'

describe('the badge of a project', () => {
  test('names the architectures by their status, the fresh and the better news first', () => {
    expect(
      badgeOf([
        ['armv7', 'works', '2017'],
        ['riscv64', 'emulated', recent],
        ['arm64', 'works', recent],
      ]),
    ).toEqual({
      label: 'Runs there',
      message: 'works: arm64 · emulated: riscv64 · works (stale): armv7',
      group: 'works',
      isStale: false,
    })
  })

  test('says broken where that is the news', () => {
    expect(badgeOf([['arm64', 'broken', recent]])).toMatchObject({ message: 'broken: arm64', group: 'no' })
  })

  test('says stale where all is stale', () => {
    expect(badgeOf([['arm64', 'works', '2017-05']])).toMatchObject({ message: 'works (stale): arm64', isStale: true })
  })

  test('leaves out the control and the columns that are not shown, but not where they are all that is known', () => {
    const [control, hidden, shown] = [
      ['amd64', 'works', recent],
      ['s390x', 'works', recent],
      ['arm64', 'works', recent],
    ] as const satisfies Said[]
    expect(badgeOf([control, hidden, shown])?.message).toBe('works: arm64')
    expect(badgeOf([control, hidden])?.message).toBe('works: s390x')
    expect(badgeOf([control])?.message).toBe('works: amd64')
  })

  test('is not there where nothing is known', () => {
    expect(badgeOf([])).toBeUndefined()
  })

  test('stays short: it counts what does not fit', () => {
    const supports = ['works', 'partial', 'experimental']
    const badge = badgeOf(
      ['arm64', 'armv7', 'riscv64'].map((id, index): Said => [
        id,
        supports[index] ?? '',
        index === 0 ? recent : '2017',
      ]),
      `title: ${'A long title '.repeat(6).trim()}\n`,
    )
    expect(badge?.message).toBe('works: arm64 · partial (stale): armv7 +1 more')
    expect(badge?.label).toMatch(/^A long title .*…$/)
    expect(badge?.label.length).toBeLessThanOrEqual(30)
  })
})

describe('the badge of a cell', () => {
  const cell = (said: Said) => {
    const context = contextWith([said])
    return viewCellBadge(entryOf(context.catalog.project, 'redis'), said[0], context)?.message
  }

  test.each([
    [['arm64', 'works', '2026-05-12'], 'works, claimed May 2026'],
    [['arm64', 'works', '2026'], 'works, claimed 2026'],
    [['arm64', 'works', '2017-05'], 'works, stale (May 2017)'],
    [['arm64', 'in-progress', '2026-11-21'], 'in progress, claimed Nov 2026'],
    [['arm64', 'not-applicable', '2026-02-01'], 'not applicable, claimed Feb 2026'],
  ] as [Said, string][])('of %j says: %s', (said, message) => {
    expect(cell(said)).toBe(message)
  })

  test('says what a run showed, and when', () => {
    const native = contextOf([observedRun()])
    const emulated = contextOf([observedRun({ execution: 'emulated' })])
    const messages = [native, emulated].map(
      (context) => viewCellBadge(entryOf(context.catalog.project, 'redis'), 'arm64', context)?.message,
    )
    expect(messages).toEqual(['works, verified Nov 2026', 'emulated, verified Nov 2026'])
  })

  test('says disputed where evidence and claim contradict each other', () => {
    const context = contextOf([observedRun()], claims([['arm64', 'broken', '2026-10-01']]))
    expect(viewCellBadge(entryOf(context.catalog.project, 'redis'), 'arm64', context)?.message).toBe('works, disputed')
  })

  test('is not there where nothing is known', () => {
    const context = contextWith([['arm64', 'works', recent]])
    expect(viewCellBadge(entryOf(context.catalog.project, 'redis'), 'riscv64', context)).toBeUndefined()
  })
})

describe('a badge on another page', () => {
  test('has full addresses, and an alternative text that names no status', () => {
    const context = contextWith([
      ['amd64', 'works', recent],
      ['arm64', 'works', recent],
    ])
    const use = viewBadgeUse(entryOf(context.catalog.project, 'redis'), context)
    expect(use).toMatchObject({
      badge: 'https://example.org/base/badges/redis.svg',
      page: 'https://example.org/base/projects/redis/',
      alternative: 'Status of Redis by CPU architecture',
      words: 'Runs there: works: arm64',
      shown: '/base/badges/redis.svg',
      told: 'arm64',
    })
    expect(use?.cells.map(({ endpoint }) => endpoint)).toEqual([
      'https://example.org/base/badges/redis/amd64.json',
      'https://example.org/base/badges/redis/arm64.json',
    ])
  })

  test('is shown for the project of which most is known, and for none where nothing is', () => {
    expect(exampleProject(contextWith([['arm64', 'works', recent]]))?.id).toBe('redis')
    expect(exampleProject(contextWith([]))).toBeUndefined()
  })
})
