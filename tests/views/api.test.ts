import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { catalogOf, projectFile } from '#tests/builders.ts'
import {
  newestApiChanges,
  viewApiChangesOfYear,
  viewApiIssues,
  viewApiNewestChanges,
  viewChangesByYear,
} from '#views/api-lists.ts'
import { matrixTableColumns, viewApiMatrix, viewMatrixTable } from '#views/api-matrix.ts'
import { projectsByAddress, viewApiProject, viewApiProjects } from '#views/api-projects.ts'
import { answerSchemas, type AnswerName } from '#views/api-schemas.ts'
import type { ViewContext } from '#views/context.ts'
import { entryOf, pageContextOf } from './page-context.ts'

const files = {
  'site.yml':
    'title: Test\nsections: {ports: {name: Ports}}\ndataLicence: {name: CC BY 4.0, link: "https://creativecommons.org/licenses/by/4.0/"}\n',
  'people.yml': 'ada: {name: Ada Lovelace}\n',
  'notes/page-size.md':
    '---\ntitle: Pages\nsummary: S\ndate: 2026\nsymptom: S\ncause: C\nfix: F\narchitectures: [arm64]\n---\n',
  'projects/redis.md': projectFile({
    claims: `
  - {architectures: [arm64, armv7], support: works, date: 2026-05-12, link: 'https://example.org/redis', version: '7.2', by: ada}
  - {architectures: [arm64], support: in-progress, date: 2017-05, link: /notes/page-size/}`,
    notes: '[page-size]',
  }),
  'projects/go.md': projectFile({ name: 'Go', identifiers: '["pkg:generic/go"]' }),
  'projects/old-redis.md': '---\nmovedTo: redis\n---\n',
  'issues/0001.md':
    '---\nnumber: 1\ntitle: First\ndate: 2026-05-12\nauthors: [ada]\nsummary: S\nstate: published\nsections: [ports]\nprojects: [redis]\nerrata: [{date: 2026-06-01, text: T}]\n---\n## Ports {#ports}\nText.\n',
}
const context = pageContextOf(files)
const redis = entryOf(context.catalog.project, 'redis')

/** Fails where the answer has a field that its schema does not name. */
function strictly<Name extends AnswerName>(name: Name, answer: unknown): z.infer<(typeof answerSchemas)[Name]> {
  // The schema of this very name.
  return answerSchemas[name].parse(JSON.parse(JSON.stringify(answer))) as z.infer<(typeof answerSchemas)[Name]>
}

test('every answer says which schema it has, of which day it is, and what its licence is', () => {
  const answers = [
    viewApiMatrix(context),
    viewApiProjects(context),
    viewApiProject(redis, context),
    viewApiIssues({ ...context, markdown: (text) => ({ ...context.markdown(text), words: 1 }) }),
  ]
  for (const answer of answers) {
    expect(answer).toMatchObject({
      $schema: expect.stringMatching(/^https:\/\/example\.org\/base\/api\/v1\/schemas\/[a-z-]+\.json$/) as string,
      asOf: '2026-11-21T12:00:00Z',
      licence: { name: 'CC BY 4.0', link: 'https://creativecommons.org/licenses/by/4.0/' },
    })
  }
})

describe('a project', () => {
  const answer = strictly('project-data', viewApiProject(redis, context))

  test('has every architecture, those of which nothing is known too', () => {
    expect(Object.keys(answer.architectures)).toEqual(['amd64', 'arm64', 'armv7', 'armv6'])
    expect(answer.architectures.amd64).toEqual({
      support: 'unknown',
      basis: 'none',
      reasons: ['No claim and no run is recorded.'],
    })
  })

  test('has the cell as it is derived, without what it does not know', () => {
    expect(answer.architectures.arm64).toEqual({
      support: 'works',
      basis: 'claimed',
      version: '7.2',
      observedAt: '2026-05-12',
      link: 'https://example.org/redis',
      staleOn: '2027-11-12',
      reasons: ['Claimed as works on 2026-05-12.'],
    })
  })

  test('has what sources say, the newest first, with full addresses and names of people', () => {
    expect(answer.claims).toMatchObject([
      { support: 'works', by: 'Ada Lovelace', link: 'https://example.org/redis' },
      { support: 'in-progress', link: 'https://example.org/base/notes/page-size/' },
    ])
  })

  test('has its history, the newest change first', () => {
    expect(
      answer.history.map(({ on, architecture, direction, from, to }) => [on, architecture, direction, from, to]),
    ).toEqual([
      [
        '2026-05-12',
        'arm64',
        'gained',
        { support: 'in-progress', basis: 'stale' },
        { support: 'works', basis: 'claimed' },
      ],
      ['2026-05-12', 'armv7', 'gained', { support: 'unknown', basis: 'none' }, { support: 'works', basis: 'claimed' }],
      [
        '2018-05-01',
        'arm64',
        'went-stale',
        { support: 'in-progress', basis: 'claimed' },
        { support: 'in-progress', basis: 'stale' },
      ],
      [
        '2017-05',
        'arm64',
        'gained',
        { support: 'unknown', basis: 'none' },
        { support: 'in-progress', basis: 'claimed' },
      ],
    ])
    expect(answer.history[0]).toMatchObject({ version: '7.2', link: 'https://example.org/redis' })
  })

  test('answers under its old id too', () => {
    expect([...projectsByAddress(context)].map(([id, project]) => [id, project.id])).toEqual([
      ['go', 'go'],
      ['redis', 'redis'],
      ['old-redis', 'redis'],
    ])
  })
})

test('the list of projects names the architectures of which something is known', () => {
  const { projects } = strictly('projects', viewApiProjects(context))
  expect(projects.map(({ id, known, identifiers }) => ({ id, known, identifiers }))).toEqual([
    { id: 'go', known: [], identifiers: ['pkg:generic/go'] },
    { id: 'redis', known: ['arm64', 'armv7'], identifiers: [] },
  ])
})

test('the matrix by columns has each status once, and every cell points at its own', () => {
  const { architectures, projects, statuses, cells } = strictly('matrix', viewApiMatrix(context))
  expect(projects).toEqual(['go', 'redis'])
  expect(statuses).toHaveLength(2)
  const read = architectures.map((id) => projects.map((_, row) => statuses[cells[id]?.[row] ?? -1]?.support))
  expect(read).toEqual([
    ['unknown', 'unknown'],
    ['unknown', 'works'],
    ['unknown', 'works'],
    ['unknown', 'unknown'],
  ])
})

test('the table has a row a cell, with full addresses and nothing where nothing is known', () => {
  expect(matrixTableColumns.join()).toBe('project,architecture,support,basis,level,execution,version,observedAt,link')
  const rows = [...viewMatrixTable(context)]
  expect(rows).toHaveLength(8)
  expect(rows[0]).toEqual(['go', 'amd64', 'unknown', 'none', '', '', '', '', ''])
  expect(rows[5]).toEqual([
    'redis',
    'arm64',
    'works',
    'claimed',
    '',
    '',
    '7.2',
    '2026-05-12',
    'https://example.org/redis',
  ])
})

test('the issues have their instants, their authors by name, and no text', () => {
  const publishing = { ...context, markdown: (text: string) => ({ ...context.markdown(text), words: 1 }) }
  expect(strictly('issues', viewApiIssues(publishing)).issues).toEqual([
    {
      id: '0001',
      number: 1,
      title: 'First',
      date: '2026-05-12',
      published: '2026-05-12T12:00:00Z',
      updated: '2026-06-01T12:00:00Z',
      summary: 'S',
      authors: ['Ada Lovelace'],
      sections: ['ports'],
      projects: ['redis'],
      events: [],
      hardware: [],
      items: [],
      page: 'https://example.org/base/issues/0001/',
    },
  ])
})

describe('the changes', () => {
  const answerOf = (from: ViewContext) => viewApiNewestChanges(viewChangesByYear(from), from)

  test('are those of all projects, and each year has all of its own', () => {
    const answer = strictly('changes', answerOf(context))
    expect(answer.changes.map(({ on }) => on)).toEqual(['2026-05-12', '2026-05-12', '2018-05-01', '2017-05'])
    expect(answer.years).toEqual([
      { year: '2026', count: 2, address: 'https://example.org/base/api/v1/changes/2026.json' },
      { year: '2018', count: 1, address: 'https://example.org/base/api/v1/changes/2018.json' },
      { year: '2017', count: 1, address: 'https://example.org/base/api/v1/changes/2017.json' },
    ])
    for (const { year, changes } of viewChangesByYear(context)) {
      strictly('changes-of-year', viewApiChangesOfYear(year, changes, context))
      expect(changes.every(({ on }) => on.startsWith(year))).toBe(true)
    }
  })

  test('end with the day on which there are enough', () => {
    const days = ['2026-11-20', '2026-11-19', '2026-11-18']
    const perDay = newestApiChanges / 2 + 1
    const many = Object.fromEntries(
      Array.from({ length: days.length * perDay }, (_, index) => [
        `projects/p${index}.md`,
        projectFile({
          claims: `[{architectures: [arm64], support: works, date: ${days[index % days.length] ?? ''}, link: 'https://example.org/'}]`,
        }),
      ]),
    )
    const { catalog } = catalogOf(many)
    const { changes, years } = answerOf({ ...context, catalog })
    expect(changes).toHaveLength(2 * perDay)
    expect(new Set(changes.map(({ on }) => on))).toEqual(new Set(days.slice(0, 2)))
    expect(years).toMatchObject([{ year: '2026', count: 3 * perDay }])
  })
})
