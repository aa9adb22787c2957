/**
 * What the benchmark's sites are about: projects, claims and issues from a seed, made once and in no format. Each side
 * gets them in its own (content-formats.ts), and is read back (read-back.ts) before anything is measured.
 */
import { randomNumbers } from '../generate-content.ts'

/** What a source said about a project on an architecture. */
export interface ClaimFacts {
  support: string
  date: string
  link: string
  since: string
  note: string
}

export interface ProjectFacts {
  id: string
  name: string
  summary: string
  homepage: string
  repository: string
  category: string
  language: string
  /** By architecture; the newest first. An architecture of which nothing is known is not among them. */
  claims: Record<string, ClaimFacts[]>
  body: string
}

export interface IssueFacts {
  /** The name of its file: `0001`. */
  id: string
  title: string
  date: string
  summary: string
  body: string
}

export interface Facts {
  projects: ProjectFacts[]
  issues: IssueFacts[]
}

export const architectures = ['amd64', 'arm64', 'armv7', 'armv6', 'i386', 'ppc64le', 's390x', 'riscv64', 'loong64']
const supports = [
  ...['works', 'works', 'works', 'works', 'available', 'available'],
  ...['partial', 'experimental', 'in-progress', 'broken', 'unsupported', 'dropped'],
]
const categories = ['databases', 'containers', 'storage', 'security', 'libraries', 'web-servers', 'monitoring']
const languages = ['c', 'go', 'rust', 'python', 'java']
const parts = 'al bor cen dra el fin gor hal ist jun kel lom mer nov ost per qua rin sol tam und var wes yor zet'.split(
  ' ',
)
const words =
  'a this every some first last old new kernel compiler library server queue buffer page cache loader linker driver socket thread mutex table index branch patch release build test bench result board machine cluster package image wheel runner node vendor upstream author reader changes breaks fixes needs loads stores aligns maps reads writes traps passes fails drops keeps ships waits and or but with without before after under over for from into'.split(
    ' ',
  )

/** How many words a body has, about: a project, and one part of the six of an issue. */
const wordsOfProject = { first: 55, last: 30 }
const partsOfIssue = 6

class Writer {
  readonly #random: () => number
  constructor(seed: number) {
    this.#random = randomNumbers(seed)
  }
  number(below: number): number {
    return Math.floor(this.#random() * below)
  }
  chance(share: number): boolean {
    return this.#random() < share
  }
  pick(list: readonly string[]): string {
    return list[this.number(list.length)] ?? ''
  }
  phrase(length: number): string {
    const text = Array.from({ length }, () => this.pick(words)).join(' ')
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
  }
  paragraph(length: number): string {
    const sentences: string[] = []
    for (let count = 0; count < length;) {
      const some = 7 + this.number(9)
      sentences.push(`${this.phrase(some)}.`)
      count += some
    }
    return sentences.join(' ')
  }
  day(firstYear: number, years: number): string {
    const two = (number: number) => String(number).padStart(2, '0')
    return `${firstYear + this.number(years)}-${two(1 + this.number(12))}-${two(1 + this.number(28))}`
  }
}

/** The same numbers give the same facts, on every machine. */
export function makeFacts(projects: number, issues: number, seed: number): Facts {
  const write = new Writer(seed)
  return {
    projects: Array.from({ length: projects }, (_, index) => projectOf(write, index)),
    issues: Array.from({ length: issues }, (_, index) => issueOf(write, index + 1)),
  }
}

/** The project after somebody has edited it: another word of support, and another first paragraph. */
export function changeProject(project: ProjectFacts, change: number): ProjectFacts {
  const write = new Writer(change + 1)
  const architecture = Object.keys(project.claims)[0] ?? 'arm64'
  const older = (project.claims[architecture] ?? []).filter(({ date }) => date < '2026')
  const date = `2026-${String(1 + (change % 10)).padStart(2, '0')}-01`
  const support = older[0]?.support === 'works' || change % 2 === 0 ? 'partial' : 'works'
  const newest = { ...claimOf(write, project.id, architecture, date), support }
  return {
    ...project,
    claims: { ...project.claims, [architecture]: [newest, ...older] },
    body: `${write.paragraph(40)}\n\n${project.body}`,
  }
}

/** The issue after somebody has edited it. */
export function changeIssue(issue: IssueFacts, change: number): IssueFacts {
  return { ...issue, body: `${new Writer(change + 1).paragraph(40)}\n\n${issue.body}` }
}

function projectOf(write: Writer, index: number): ProjectFacts {
  const id = `${write.pick(parts)}${write.pick(parts)}${write.pick(parts)}-${index.toString(36)}`
  const claims: Record<string, ClaimFacts[]> = {}
  for (const architecture of architectures) {
    if (!write.chance(0.75)) continue
    const newest = claimOf(write, id, architecture, write.day(2022, 4))
    const older = write.chance(0.3) ? [claimOf(write, id, architecture, write.day(2017, 5))] : []
    claims[architecture] = [newest, ...older]
  }
  return {
    id,
    name: `${id.charAt(0).toUpperCase()}${id.slice(1)}`,
    summary: write.phrase(9),
    homepage: `https://${id}.example.org/`,
    repository: `https://git.example.org/${id}`,
    category: write.pick(categories),
    language: write.pick(languages),
    claims,
    body: bodyOfProject(write, id),
  }
}

function claimOf(write: Writer, id: string, architecture: string, date: string): ClaimFacts {
  return {
    support: write.pick(supports),
    date,
    link: `https://ci.example.org/${id}/${architecture}/${write.number(1_000_000)}`,
    since: `${write.number(9)}.${write.number(30)}`,
    note: `${write.phrase(8)}.`,
  }
}

function bodyOfProject(write: Writer, id: string): string {
  const list = [
    `- **${write.phrase(1)}**: ${write.phrase(8)}.`,
    `- [${write.phrase(3)}](https://git.example.org/${id}/tickets/${write.number(9999)}): ${write.phrase(9)}.`,
    `- \`${write.pick(words)}_${write.pick(words)}\`: ${write.phrase(7)}.`,
  ].join('\n')
  const code = write.chance(0.3)
    ? [`\`\`\`sh\n./configure --with-${write.pick(words)}\nmake ${write.pick(words)} check\n\`\`\``]
    : []
  return [write.paragraph(wordsOfProject.first), list, ...code, write.paragraph(wordsOfProject.last)].join('\n\n')
}

function issueOf(write: Writer, number: number): IssueFacts {
  const day = new Date(Date.UTC(2023, 0, 1) + number * 7 * 86_400_000).toISOString().slice(0, 10)
  const body = Array.from({ length: partsOfIssue }, (_, part) =>
    [
      ...(part === 0 ? [write.paragraph(30)] : []),
      `## ${write.phrase(3)}, part ${part + 1}`,
      write.paragraph(110),
      Array.from(
        { length: 5 },
        () => `- [${write.phrase(4)}](https://news.example.org/${write.number(1_000_000)}): ${write.phrase(14)}.`,
      ).join('\n'),
      ...(part % 3 === 0 ? [`> ${write.phrase(14)}.`] : []),
      ...(part === 2 ? ['| program | result |\n| --- | --- |\n| one | passed |\n| two | failed |'] : []),
    ].join('\n\n'),
  ).join('\n\n')
  return {
    id: String(number).padStart(4, '0'),
    title: `${write.phrase(4)}, week ${number}`,
    date: day,
    summary: `${write.phrase(12)}.`,
    body,
  }
}
