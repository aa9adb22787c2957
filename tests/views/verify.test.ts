import { describe, expect, test } from 'vitest'
import { projectFile } from '#tests/builders.ts'
import { cellsToVerify } from '#views/to-verify.ts'
import { viewChecksOfProjects, viewOldestChecks, viewVerify } from '#views/verify.ts'
import { pageContextOf } from './page-context.ts'

const claimed = (name: string, date: string, architecture = 'arm64', more: Record<string, string> = {}) =>
  projectFile({
    name,
    claims: `[{architectures: [${architecture}], support: works, date: ${date}, link: 'https://example.org/'}]`,
    ...more,
  })
const recipe = (title: string, projects: string, architectures = '[arm64]') =>
  [
    '---',
    `title: ${title}`,
    'summary: How it is built.',
    'date: 2026-01-01',
    `projects: ${projects}`,
    `architectures: ${architectures}`,
    'steps: [{title: Build, run: make}]',
    '---',
    '',
  ].join('\n')
const cells = (files: Record<string, string>) =>
  cellsToVerify(pageContextOf({ 'site.yml': 'title: Test\ncolumns: [amd64, arm64]\n', ...files })).map(
    ({ project, column, reason }) => `${project.id} ${column.id} ${reason}`,
  )

describe('the order', () => {
  test('what is fresh needs no check, and what nobody names and nobody looked at does not either', () => {
    expect(cells({ 'projects/fresh.md': claimed('Fresh', '2026-10-01'), 'projects/bare.md': projectFile() })).toEqual(
      [],
    )
  })

  test('what is stale for longest comes first', () => {
    expect(
      cells({ 'projects/newer.md': claimed('A', '2020-01-01'), 'projects/older.md': claimed('B', '2016-01-01') }),
    ).toEqual(['older arm64 stale', 'newer arm64 stale'])
  })

  test('what others name comes before what is a little older', () => {
    expect(
      cells({
        'projects/older.md': claimed('A', '2018-01-01', 'arm64', { alternatives: '[named]' }),
        'projects/named.md': claimed('B', '2019-01-01'),
      }).slice(0, 2),
    ).toEqual(['named arm64 stale', 'older arm64 stale'])
  })

  test('the columns that are shown first come first', () => {
    expect(
      cells({
        'projects/hidden.md': claimed('A', '2000-01-01', 'armv7'),
        'projects/shown.md': claimed('B', '2024-01-01'),
      }),
    ).toEqual(['shown arm64 stale', 'hidden armv7 stale'])
  })

  test('a project that others name needs a look wherever nobody has looked', () => {
    expect(
      cells({
        'projects/go.md': projectFile({ name: 'Go' }),
        'projects/docker.md': claimed('Docker', '2026-10-01', 'amd64', { blockedBy: '[go]' }),
      }),
    ).toEqual(['go amd64 unseen', 'go arm64 unseen', 'go armv7 unseen', 'go armv6 unseen'])
  })

  test('an issue that is not public asks for nothing', () => {
    const files = { 'projects/go.md': projectFile({ name: 'Go' }), 'people.yml': 'ada: {name: Ada}\n' }
    const text = (state: string) =>
      `---\nnumber: 1\ntitle: One\ndate: 2026-05-12\nauthors: [ada]\nsummary: S\nstate: ${state}\nprojects: [go]\n---\n`
    expect(cells({ ...files, 'issues/0001.md': text('draft') })).toEqual([])
    expect(cells({ ...files, 'issues/0001.md': text('published') })).toHaveLength(4)
  })
})

describe('the page', () => {
  const context = pageContextOf({
    'projects/docker.md': claimed('Docker', '2017-05-05', 'arm64', { blockedBy: '[go]' }),
    'projects/go.md': claimed('Go', '2016-05', 'amd64'),
    'recipes/build-docker.md': recipe('Build Docker', '[docker]'),
    'recipes/build-both.md': recipe('Build both', '[docker, go]', '[amd64, arm64]'),
  })

  test('says of a cell what is known, who names it, which recipe builds it and where it is corrected', () => {
    const { parts } = viewVerify('arm64', context)
    expect(parts[0]).toMatchObject({ id: 'stale', count: 1, more: 0 })
    expect(parts[0]?.checks[0]).toMatchObject({
      project: { label: 'Docker', address: '/base/projects/docker/#arm64' },
      namedBy: '2 recipes',
      architecture: 'arm64',
      label: 'works',
      basis: 'stale',
      day: { words: '5 May 2017', age: '9 years ago' },
      recipes: [{ address: '/base/recipes/build-both/' }, { address: '/base/recipes/build-docker/' }],
      ways: { file: 'projects/docker.md', nearest: '/base/contribute/' },
    })
  })

  test('gives the command of a recipe that is about the project alone', () => {
    expect(viewVerify('arm64', context).commands).toEqual([
      {
        recipe: { label: 'Build Docker', address: '/base/recipes/build-docker/' },
        architecture: 'arm64',
        command: 'npm run cli -- run build-docker --architecture arm64',
      },
    ])
  })

  test('puts the architectures on which nobody has looked at a project together', () => {
    const unseen = viewVerify(undefined, context).parts.find(({ id }) => id === 'unseen')
    expect(
      unseen?.checks.map(({ project, architectures, architecture }) => [
        project.label,
        architectures.map(({ label }) => label).join(' '),
        architecture,
      ]),
    ).toEqual([
      ['Docker', 'amd64 armv7 armv6', undefined],
      ['Go', 'arm64 armv7 armv6', undefined],
    ])
    expect(unseen).toMatchObject({ count: 6, more: 0 })
    expect(unseen?.checks[1]?.project.address).toBe('/base/projects/go/')
  })

  test('counts by reason in a sentence, and by architecture', () => {
    const all = viewVerify(undefined, context)
    expect(all.summary).toBe('2 cells are too old to rely on, 6 are asked for and were never looked at')
    expect(all.total).toBe(8)
    expect(all.architectures.map(({ id, count }) => [id, count])).toEqual([
      ['amd64', 2],
      ['arm64', 2],
      ['armv7', 2],
      ['armv6', 2],
    ])
    expect(viewVerify('arm64', context).architectures.find(({ isCurrent }) => isCurrent)?.id).toBe('arm64')
  })

  test('of nothing is empty', () => {
    expect(viewVerify(undefined, pageContextOf({}))).toEqual({
      total: 0,
      summary: '',
      parts: [],
      commands: [],
      architectures: [],
    })
  })
})

test('a page lists the first two hundred and says how many there are', () => {
  const many = Array.from({ length: 230 }, (_, index) => [`projects/p${index}.md`, claimed(`P${index}`, '2017-01-01')])
  const { parts, total } = viewVerify('arm64', pageContextOf(Object.fromEntries(many)))
  expect(total).toBe(230)
  expect(parts[0]?.checks).toHaveLength(200)
  expect(parts[0]).toMatchObject({ count: 230, more: 30 })
})

test('an architecture’s own list begins with the oldest knowledge, a category’s with what is worth most', () => {
  const context = pageContextOf({
    'projects/old.md': claimed('Old', '2016-01-01'),
    'projects/asked.md': claimed('Asked', '2018-01-01'),
    'projects/asking.md': claimed('Asking', '2026-10-01', 'arm64', { alternatives: '[asked]' }),
  })
  const names = (checks: { project: { label: string } }[]) => checks.map(({ project }) => project.label)
  expect(names(viewOldestChecks('arm64', ['stale'], 5, context).checks)).toEqual(['Old', 'Asked'])
  const ofCategory = viewChecksOfProjects(new Set(['old', 'asked']), 1, context)
  expect(names(ofCategory.checks)).toEqual(['Asked'])
  expect(ofCategory.more).toBe(1)
})
