/** Looks into a built site: whether it holds what it was given, and how much of what both sides make it has made. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { randomNumbers } from '../generate-content.ts'
import { architectures, type Facts, type ProjectFacts } from './facts.ts'

/** Numbers that must be the same on both sides, and sizes that are only told. */
export interface BuiltWork {
  same: {
    projects: number
    issues: number
    architectures: number
    /** Whether there is a matrix, and how many projects its pages list. */
    matrix: number
    matrixRows: number
    /** Projects that the pages of architectures list, all pages together. */
    architectureRows: number
    /** Pages of projects that hold their project's name; and the first words of its text. */
    named: number
    withText: number
    /** Issues that hold the first words of their text. */
    issuesWithText: number
    /** Cells of the pages of projects. */
    cells: number
  }
  /** Pages of those kinds, with further pages of the same list. */
  pages: number
  bytes: number
  /** Everything that was written, whatever it is. */
  files: number
  allBytes: number
  /** What a sample of pages lacks, in sentences. */
  faults: string[]
}

const sampleSize = 50

export function examineSite(output: string, facts: Facts, seed: number): BuiltWork {
  const faults: string[] = []
  const all = filesIn(output)
  const made = { pages: 0, bytes: 0 }
  const read = (...path: string[]): string | undefined => {
    const file = join(output, ...path, 'index.html')
    if (!existsSync(file)) return undefined
    const content = readFileSync(file)
    made.pages += 1
    made.bytes += content.length
    return content.toString()
  }
  const same = {
    ...{ projects: 0, issues: 0, architectures: 0, matrix: 0, matrixRows: 0 },
    ...{ architectureRows: 0, named: 0, withText: 0, issuesWithText: 0, cells: 0 },
  }
  const sampled = sampleOf(facts.projects, seed)
  for (const project of facts.projects) {
    const html = read('projects', project.id)
    if (html === undefined) continue
    same.projects += 1
    same.named += Number(html.includes(`>${project.name}</h1>`))
    same.withText += Number(html.includes(firstWords(project.body)))
    same.cells += cellsOf(html).length
    if (sampled.has(project)) faults.push(...faultsOf(project, html))
  }
  for (const issue of facts.issues) {
    const html = read('issues', issue.id)
    same.issues += Number(html !== undefined)
    same.issuesWithText += Number(html?.includes(firstWords(issue.body)) ?? false)
  }
  for (const architecture of architectures) {
    const pages = pagesOfList(read, ['architectures', architecture])
    same.architectures += Number(pages.length > 0)
    same.architectureRows += new Set(pages.flatMap((html) => linkedProjects(html))).size
  }
  const matrix = pagesOfList(read, ['matrix'])
  same.matrix = Number(matrix.length > 0)
  same.matrixRows = new Set(
    matrix.flatMap((html) => [...html.matchAll(/data-project="([^"]+)"/g)].map(([, id]) => id)),
  ).size
  // A page of a project that is none is work too.
  const found = all.filter(({ path }) => /^projects\/[^/]+\/index\.html$/.test(path)).length
  if (found !== same.projects)
    faults.push(`There are ${found} pages of projects, of which ${same.projects} are of one.`)
  return { same, ...made, files: all.length, allBytes: all.reduce((sum, { bytes }) => sum + bytes, 0), faults }
}

/** What one side has done and the other has not, or neither; empty where the work is the same and whole. */
export function differences(facts: Facts, sides: readonly { name: string; work: BuiltWork }[]): string[] {
  const expected = expectedOf(facts)
  return sides.flatMap(({ name, work }) => [
    ...work.faults.map((fault) => `${name}: ${fault}`),
    ...Object.entries(expected).flatMap(([kind, count]) => {
      // The keys are those of `same`.
      const found = work.same[kind as keyof BuiltWork['same']]
      return found === count ? [] : [`${name}: ${kind} is ${found}, expected ${count}.`]
    }),
  ])
}

function expectedOf({ projects, issues }: Facts): BuiltWork['same'] {
  const cells = projects.reduce((sum, { claims }) => sum + Object.keys(claims).length, 0)
  return {
    projects: projects.length,
    issues: issues.length,
    architectures: architectures.length,
    matrix: 1,
    matrixRows: projects.length,
    architectureRows: cells,
    named: projects.length,
    withText: projects.length,
    issuesWithText: issues.length,
    cells,
  }
}

/** What a project's page lacks: the words of its statuses, in the cell that a reader sees. */
export function faultsOf(project: ProjectFacts, html: string): string[] {
  const cells = new Map(cellsOf(html).map(({ architecture, word }) => [architecture, word]))
  const faults = Object.entries(project.claims).flatMap(([architecture, [newest]]) => {
    const expected = newest?.support.replaceAll('-', ' ')
    const word = cells.get(architecture)?.replaceAll('-', ' ')
    return word === expected
      ? []
      : [`${project.id} says \`${word ?? ''}\` on ${architecture}, expected \`${expected}\`.`]
  })
  if (!html.includes(firstWords(project.body))) faults.push(`${project.id} lacks the first words of its text.`)
  return faults
}

function cellsOf(html: string): { architecture: string; word: string }[] {
  return [...html.matchAll(/<td data-architecture="([^"]+)"[^>]*>(.*?)<\/td>/gs)].map(
    ([, architecture = '', inner = '']) => ({ architecture, word: inner.replace(/<[^>]*>/g, ' ').trim() }),
  )
}

/** Texts of the benchmark begin with a sentence without marks. */
function firstWords(body: string): string {
  return body.split(' ', 6).join(' ')
}

function pagesOfList(read: (...path: string[]) => string | undefined, path: string[]): string[] {
  const first = read(...path)
  const pages = first === undefined ? [] : [first]
  for (let page = 2; ; page += 1) {
    const html = read(...path, String(page))
    if (html === undefined) return pages
    pages.push(html)
  }
}

function linkedProjects(html: string): string[] {
  return [...html.matchAll(/href="\/projects\/([^"/]+)\/(?:#[^"]*)?"/g)].map(([, id = '']) => id)
}

function sampleOf(projects: readonly ProjectFacts[], seed: number): Set<ProjectFacts> {
  const random = randomNumbers(seed)
  const sample = new Set<ProjectFacts>()
  while (sample.size < Math.min(sampleSize, projects.length)) {
    const project = projects[Math.floor(random() * projects.length)]
    if (project !== undefined) sample.add(project)
  }
  return sample
}

function filesIn(folder: string): { path: string; bytes: number }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = join(entry.parentPath, entry.name)
      return { path: file.slice(folder.length + 1), bytes: statSync(file).size }
    })
}
