import { describe, expect, test } from 'vitest'
import type { Entry } from '#domain/catalog.ts'
import type { StoredRecord } from '#domain/evidence.ts'
import { OfProjects } from '#domain/of-projects.ts'
import type { Project } from '#domain/project.ts'
import { architecture, asOf, catalogOf, projectFile } from '#tests/builders.ts'

const { catalog } = catalogOf({ 'projects/redis.md': projectFile() })
const redis = entryOf('redis')
const records: readonly StoredRecord[] = []
const surroundings = { catalog, asOf }
const withRecords = { catalog: { ...catalog, evidence: new Map([['redis', records]]) }, asOf }

function entryOf(id: string): Entry<Project> {
  const entry = catalog.project.get(id)
  if (!entry) throw new Error(`no project ${id}`)
  return entry
}

/** Whether what was made of `redis` is made anew when another one asks. */
function isAnew(
  before: Partial<{ project: Entry<Project>; around: typeof surroundings; others: string }>,
  then: Partial<{ project: Entry<Project>; around: typeof surroundings; others: string }>,
): boolean {
  const known = new OfProjects<object>()
  const ask = ({ project = redis, around = surroundings, others = '' }: typeof then) =>
    known.get(project, around, others, () => ({}))
  const first = ask(before)
  expect(ask(before)).toBe(first)
  return ask(then) !== first
}

describe('what was derived of a project is made anew', () => {
  test('where its entry is another', () => {
    expect(isAnew({}, { project: { ...redis, data: { ...redis.data } } })).toBe(true)
  })

  test('where another project has the same entry', () => {
    expect(isAnew({}, { project: { ...redis, id: 'valkey' } })).toBe(true)
  })

  test('where its records are others, or gone', () => {
    const others = { catalog: { ...catalog, evidence: new Map([['redis', [...records]]]) }, asOf }
    expect(isAnew({}, { around: withRecords })).toBe(true)
    expect(isAnew({ around: withRecords }, { around: others })).toBe(true)
    expect(isAnew({ around: withRecords }, {})).toBe(true)
  })

  test('where another architecture is the control', () => {
    const architectures = new Map(catalog.architectures).set('armv7', architecture({ control: 'true' }))
    expect(isAnew({}, { around: { catalog: { ...catalog, architectures }, asOf } })).toBe(true)
  })

  test('on another day, and with records at another moment', () => {
    const later = '2026-11-21T13:00:00Z'
    expect(isAnew({}, { around: { catalog, asOf: '2026-11-22T12:00:00Z' } })).toBe(true)
    expect(isAnew({ around: withRecords }, { around: { ...withRecords, asOf: later } })).toBe(true)
    expect(isAnew({}, { around: { catalog, asOf: later } })).toBe(false)
  })

  test('where the rest that decides about it is another', () => {
    expect(isAnew({ others: '/' }, { others: '/repo/' })).toBe(true)
  })
})

test('another catalog with the same entry gets what there is', () => {
  expect(isAnew({}, { around: { catalog: { ...catalog }, asOf } })).toBe(false)
})
