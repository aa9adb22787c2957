/** What the benchmark's sides are given is the same, and stays the same. */
import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { loadCatalog } from '#catalog/catalog.ts'
import { ourFormat, peerFormat, writeContent, writeProject } from '../../scripts/bench/content-formats.ts'
import { changeIssue, changeProject, makeFacts } from '../../scripts/bench/facts.ts'
import { contentWork, digestOf, readOurContent, readPeerContent } from '../../scripts/bench/read-back.ts'
import { replaceIn } from './fake-sites.ts'

const root = mkdtempSync(join(tmpdir(), 'works-on-arm-facts-'))
const standard = resolve(import.meta.dirname, '..', '..', 'content')
const facts = makeFacts(40, 3, 42)
const ours = join(root, 'ours')
const theirs = join(root, 'theirs')
mkdirSync(ours)
mkdirSync(theirs)
writeContent(ourFormat(standard), facts, ours)
writeContent(peerFormat, facts, theirs)
afterAll(() => {
  rmSync(root, { recursive: true })
})

describe('facts', () => {
  test('are the same for the same seed, and others for another', () => {
    expect(makeFacts(40, 3, 42)).toEqual(facts)
    expect(digestOf(makeFacts(40, 3, 43))).not.toBe(digestOf(facts))
  })

  test('are as long as they are said to be', () => {
    const { projects, issues } = makeFacts(400, 20, 7)
    const mean = (texts: readonly string[]) =>
      texts.reduce((sum, text) => sum + text.split(/\s+/).length, 0) / texts.length
    expect(mean(projects.map(({ body }) => body))).toBeGreaterThan(105)
    expect(mean(projects.map(({ body }) => body))).toBeLessThan(150)
    expect(mean(issues.map(({ body }) => body))).toBeGreaterThan(1200)
    expect(mean(issues.map(({ body }) => body))).toBeLessThan(1600)
    const fenced = projects.filter(({ body }) => body.includes('```')).length / projects.length
    expect(Math.abs(fenced - 0.3)).toBeLessThan(0.08)
  })

  test('make content without a problem, in our format', () => {
    const { catalog, problems } = loadCatalog(ours)
    expect(problems).toEqual([])
    expect(catalog.project.size).toBe(40)
  })

  test('change where they are edited', () => {
    const [project] = facts.projects
    const [issue] = facts.issues
    if (project === undefined || issue === undefined) throw new Error('There are facts.')
    const changed = changeProject(project, 1)
    const [architecture = ''] = Object.keys(project.claims)
    expect(changed.claims[architecture]?.[0]).not.toEqual(project.claims[architecture]?.[0])
    expect(changed.body).not.toBe(project.body)
    expect(changeProject(project, 2).body).not.toBe(changed.body)
    expect(changeIssue(issue, 1).body).not.toBe(issue.body)
  })
})

describe('the files of both sides', () => {
  test('say the same, and what was meant', () => {
    const digest = digestOf(facts)
    expect(contentWork(readOurContent(ours))).toEqual({ ...contentWork(facts), digest })
    expect(contentWork(readPeerContent(theirs))).toEqual({ ...contentWork(facts), digest })
  })

  test('are the same bytes when they are written again', () => {
    const again = join(root, 'again')
    mkdirSync(again)
    writeContent(peerFormat, makeFacts(40, 3, 42), again)
    const names = readdirSync(again, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))
    expect(names).toHaveLength(40 + 3 + 9)
    for (const name of names)
      expect(readFileSync(join(again, name), 'utf8')).toBe(readFileSync(join(theirs, name), 'utf8'))
  })

  test.each([
    ['a word of support', /support: works/, 'support: partial'],
    ['a word of a text', /\n\n(\w+)/, '\n\nOther'],
    ['a date', /date: "20\d\d-/, 'date: "2001-'],
  ])('differ where one says something else: %s', (_, from, to) => {
    const other = join(root, 'other')
    rmSync(other, { recursive: true, force: true })
    mkdirSync(other)
    writeContent(ourFormat(standard), facts, other)
    const project = facts.projects.find(({ claims }) => JSON.stringify(claims).includes('"works"'))
    replaceIn(join(other, 'projects', `${project?.id ?? ''}.md`), from, to)
    expect(digestOf(readOurContent(other))).not.toBe(digestOf(facts))
  })

  test('differ where one lacks a file', () => {
    rmSync(join(theirs, 'issues', '0002.md'))
    expect(contentWork(readPeerContent(theirs))).toMatchObject({ issues: 2 })
    expect(digestOf(readPeerContent(theirs))).not.toBe(digestOf(facts))
    for (const project of facts.projects) writeProject(peerFormat, project, theirs)
  })
})
