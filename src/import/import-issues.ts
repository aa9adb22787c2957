/**
 * Old newsletter files become issues of ours. Pure: texts in, texts out, with a report of every guess and every
 * problem. What is not in the output stands in the report (./account.ts).
 */
import type { LocatedCatalog } from '#catalog/catalog.ts'
import { inReadingOrder, type Problem } from '#domain/problem.ts'
import { namedPeople, readAuthors, authorInText, type Authors, type Newcomer } from './authors.ts'
import { completeFacts } from './neighbours.ts'
import { finishIssue, type FinishedIssue } from './finish-issue.ts'
import { readOldIssues, tellTitle, type OldIssue } from './old-issue.ts'
import { viewOwnSite } from './own-site.ts'
import { quoted, Report, type Guess } from './report.ts'
import { readSource } from './source-text.ts'
import { toString } from 'mdast-util-to-string'

export interface ImportOptions {
  state: 'draft' | 'published' | undefined
  /** Where the old pages were: relative addresses go on from there. */
  base?: string
  /** What the files do not say themselves. */
  said: { number?: number; date?: string; author?: string }
}

export interface ImportInput {
  /** Name of the file, as the report gives it. */
  name: string
  bytes: Uint8Array
}

export interface ImportResult {
  /** In the order of their numbers. */
  issues: FinishedIssue[]
  /** People that the issues name and people.yml lacks. */
  newcomers: Newcomer[]
  guesses: Guess[]
  problems: Problem[]
}

export function importIssues(
  inputs: readonly ImportInput[],
  catalog: LocatedCatalog,
  options: ImportOptions,
): ImportResult {
  const report = new Report()
  const all: OldIssue[] = []
  for (const { name, bytes } of inputs) {
    const fileReport = new Report()
    const source = readSource(name, bytes, fileReport)
    if (source) all.push(...readOldIssues(source, fileReport))
    report.add(fileReport)
  }
  const known = [...catalog.issue.values()].map(({ data }) => ({ number: data.number, date: data.date }))
  completeFacts(all, known, options.said)
  for (const { facts, place, report: own } of all) {
    if (facts.title !== '') continue
    facts.title = `${catalog.site.title}, issue ${facts.number ?? 0}`
    tellTitle(catalog.site.title, facts.title, place, own)
  }

  const authors = findAuthors(all, catalog, options.said.author)
  const site = viewOwnSite(
    catalog,
    all.map(({ facts }) => facts.number ?? 0),
  )
  const issues: FinishedIssue[] = []
  const numbers = new Map<number, OldIssue>()
  all.forEach((issue, index) => {
    const number = issue.facts.number ?? 0
    const other = numbers.get(number)
    if (other) {
      issue.report.refuse('issue-exists', issue.place, {
        reason: `The issue that begins here has the number ${number}, and so has the one at ${quoted(`${other.place.file}:${other.place.line}`)}; this one was not imported`,
        expected: 'a number of its own for each issue',
        actual: String(number),
        fix: 'write `number` into the front matter of one of them',
      })
    } else {
      numbers.set(number, issue)
      const finished = finishIssue(issue, authors[index] ?? { ids: [], newcomers: [] }, site, options)
      if (finished) issues.push(finished)
    }
    report.add(issue.report)
  })
  const named = new Set(issues.flatMap((issue) => issue.authors))
  const newcomers = new Map<string, Newcomer>()
  for (const { id, name } of authors.flatMap((found) => found.newcomers)) {
    if (named.has(id) && !newcomers.has(id)) newcomers.set(id, { id, name })
  }
  return {
    issues: issues.sort((a, b) => a.number - b.number),
    newcomers: [...newcomers.values()],
    guesses: inReadingOrder(report.guesses) as Guess[],
    problems: inReadingOrder(report.problems),
  }
}

/** Authors of each issue: its own, else those its text names, else those of a neighbour, else the editors of the site. */
function findAuthors(all: readonly OldIssue[], { people, site }: LocatedCatalog, said: string | undefined): Authors[] {
  const own = all.map(({ metadata, report }) => readAuthors(metadata, people, report))
  return all.map(({ tree, place, report, document }, index) => {
    const found = own[index]
    if (found) return found
    const guess = (authors: Authors, from: string): Authors => {
      report.guess('authors-derived', place, {
        actual: from,
        guessed: authors.ids.join(', '),
        reason: `The issue does not say who wrote it; ${authors.ids.map((id) => quoted(id)).join(', ')} was concluded from ${from}`,
        expected: 'a key `authors`',
        fix: 'correct `authors` if it is somebody else',
      })
      return authors
    }
    const introduction = tree.children
      .slice(0, 6)
      .map((node) => (node.type === 'paragraph' ? toString(node) : ''))
      .join('\n')
    const named = authorInText(introduction, people)
    if (named !== undefined) return guess({ ids: [named], newcomers: [] }, 'the introduction')
    if (said !== undefined) return namedPeople([said], place, people, report)
    for (let distance = 1; distance < Math.min(all.length, 100); distance += 1) {
      for (const other of [index - distance, index + distance]) {
        const neighbour = own[other]
        if (neighbour && all[other]?.document.file === document.file) {
          return guess({ ids: neighbour.ids, newcomers: [] }, `the issue at line ${all[other].place.line}`)
        }
      }
    }
    const ids = [...new Set(own.flatMap((authors) => authors?.ids ?? []))]
    if (ids.length === 1) return guess({ ids, newcomers: [] }, 'the other files')
    return site.editors.length > 0
      ? guess({ ids: [...site.editors], newcomers: [] }, 'the editors of `site.yml`')
      : { ids: [], newcomers: [] }
  })
}
