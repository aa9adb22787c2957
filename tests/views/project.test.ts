import { describe, expect, test } from 'vitest'
import { projectFile } from '#tests/builders.ts'
import { viewApiProject } from '#views/api-projects.ts'
import { viewProjectText } from '#views/project-text.ts'
import { viewProject, type ProjectView } from '#views/project.ts'
import { claimsRestingOn } from '#views/resting-claims.ts'
import { viewSearchRecords } from '#views/search-record.ts'
import { entryOf, pageContextOf } from './page-context.ts'

function view(changes: Record<string, string>, files: Record<string, string> = {}): ProjectView {
  const context = pageContextOf({ 'projects/redis.md': projectFile(changes), ...files })
  return viewProject(entryOf(context.catalog.project, 'redis'), context)
}

const link = 'https://www.example.org/said'

describe('the row of an architecture', () => {
  const [row] = view({
    claims: `
  - {architectures: [arm64], support: works, date: 2026-10-01, link: '${link}', version: '7', since: '6', by: Ada}
  - {architectures: [arm64], support: in-progress, date: 2017-05-05, link: '${link}', scope: {libc: musl}}`,
  }).known

  test('has the word, the basis, the version, the day, the speaker and the source of what decides', () => {
    expect(row).toMatchObject({
      id: 'arm64',
      label: 'works',
      basisLabel: 'claimed',
      staleSince: undefined,
      version: '7, since 6',
      observed: { words: '1 October 2026', age: 'a month ago' },
      by: 'Ada',
      source: { label: 'example.org', address: link },
    })
  })

  test('says why, with days that people read', () => {
    expect(row?.reasons).toEqual(['Claimed as works on 1 October 2026.'])
  })

  test('keeps what else was said, with its limits and its age', () => {
    expect(row?.others).toMatchObject([
      { label: 'in progress', basis: 'stale', limits: ['only with musl'], day: { age: '9 years ago' } },
    ])
  })

  test('says since when it is stale', () => {
    const stale = view({
      claims: `[{architectures: [arm64], support: in-progress, date: 2017-05-05, link: '${link}'}]`,
    })
    expect(stale.known[0]).toMatchObject({ basis: 'stale', staleSince: '5 May 2018' })
    expect(stale.known[0]?.reasons).toEqual([
      'Claimed as in progress on 5 May 2017.',
      'Stale since 5 May 2018: such a claim holds for 12 months.',
    ])
  })

  test('has no claim that decides where all are limited to a scope', () => {
    const scoped = view({
      claims: `[{architectures: [arm64], support: works, date: 2026, link: '${link}', scope: {os: FreeBSD}}]`,
    })
    expect(scoped.known[0]).toMatchObject({ label: 'unknown', source: undefined, observed: undefined })
    expect(scoped.known[0]?.others).toHaveLength(1)
  })
})

test('a claim from after the clock is told nowhere', () => {
  const file = projectFile({
    claims: `
  - {architectures: [arm64], support: partial, date: 2026-10-01, link: /notes/x/, note: Said in time.}
  - {architectures: [arm64, armv7], support: works, date: 2027-01-01, link: /notes/x/, note: Said too late.}`,
  })
  const note = '---\ntitle: X\nsummary: X.\ndate: 2017\nsymptom: X.\ncause: X.\nfix: X.\narchitectures: [arm64]\n---\n'
  const context = pageContextOf({ 'projects/redis.md': file, 'notes/x.md': note })
  const redis = entryOf(context.catalog.project, 'redis')
  const told = [
    viewProject(redis, context).known,
    viewApiProject(redis, context).claims,
    viewProjectText(redis, context, (text) => text).claims,
    viewSearchRecords(context),
    claimsRestingOn('/notes/x/', context),
  ]
  for (const view of told) {
    const text = JSON.stringify(view)
    expect(text).toMatch(/Said in time|partial/)
    expect(text).not.toMatch(/Said too late|2027|armv7/)
  }
})

test('a column that no row fills is left out', () => {
  const claim = (more: string) =>
    view({ claims: `[{architectures: [arm64], support: works, date: 2026, link: '${link}'${more}}]` })
  expect(claim('')).toMatchObject({ hasLevel: false, hasVersion: false, hasSpeaker: false })
  expect(claim(', until: 1.9, by: Ada')).toMatchObject({ hasVersion: true, hasSpeaker: true })
})

test('architectures of which nothing is said are named apart', () => {
  expect(view({}).known).toEqual([])
  expect(view({}).unknown.map(({ label }) => label)).toEqual(['amd64', 'arm64', 'armv7', 'armv6'])
})

test('facts leave out what is not given, and name languages', () => {
  expect(view({ languages: '[cpp]' }).facts.map(({ name, text }) => [name, text])).toEqual([
    ['Home page', undefined],
    ['Category', undefined],
    ['Written in', 'C++'],
  ])
})

test('projects that wait for it are related', () => {
  const { related } = view({}, { 'projects/b.md': projectFile({ name: 'B', blockedBy: '[redis]' }) })
  expect(related).toEqual([{ name: 'Waited for by', links: [{ label: 'B', address: '/base/projects/b/' }] }])
})
