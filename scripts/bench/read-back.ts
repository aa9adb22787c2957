/**
 * Reads facts back from the files that were written, each format by a parser of its own, and condenses them. Equal
 * digests mean that both sides were given the same facts, and not only that both were written by one program.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FAILSAFE_SCHEMA, load } from 'js-yaml'
import type { ClaimFacts, Facts, IssueFacts, ProjectFacts } from './facts.ts'

/** What was handed to a side. */
export interface ContentWork {
  projects: number
  issues: number
  claims: number
  words: number
  digest: string
}

/** Front matter of the benchmark, in which every scalar is text. */
type Fields = Record<string, unknown>

export function readOurContent(folder: string): Facts {
  return {
    projects: filesOf(folder, 'projects').map(({ id, fields, body }) => {
      const claims: Record<string, ClaimFacts[]> = {}
      for (const claim of listIn(fields, 'claims')) {
        for (const architecture of claim.architectures as string[]) {
          claims[architecture] = [...(claims[architecture] ?? []), claimIn(claim)]
        }
      }
      return { ...projectIn(id, fields, body), name: textIn(fields, 'name'), claims }
    }),
    issues: filesOf(folder, 'issues')
      .filter(({ fields }) => fields.state === 'published')
      .map(issueIn),
  }
}

export function readPeerContent(folder: string): Facts {
  return {
    projects: filesOf(folder, 'projects').map(({ id, fields, body }) => {
      const claims: Record<string, ClaimFacts[]> = {}
      for (const [architecture, list] of Object.entries(fields.claims as Record<string, Fields[]>))
        claims[architecture] = list.map(claimIn)
      return { ...projectIn(id, fields, body), name: textIn(fields, 'title'), claims }
    }),
    issues: filesOf(folder, 'issues').map(issueIn),
  }
}

export function contentWork({ projects, issues }: Facts): ContentWork {
  const lists = projects.flatMap(({ claims }) => Object.values(claims))
  const bodies = [...projects, ...issues].map(({ body }) => body)
  return {
    projects: projects.length,
    issues: issues.length,
    claims: lists.reduce((sum, list) => sum + list.length, 0),
    words: bodies.reduce((sum, body) => sum + body.split(/\s+/).length, 0),
    digest: digestOf({ projects, issues }),
  }
}

/** Depends on what is said, not on the order in which it is: of files, of keys, of claims. */
export function digestOf({ projects, issues }: Facts): string {
  const lines = [
    ...projects.map((project) => `project ${canonical(project)}`),
    ...issues.map((issue) => `issue ${canonical(issue)}`),
  ]
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex')
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join()}}`
}

function filesOf(folder: string, kind: string): { id: string; fields: Fields; body: string }[] {
  return readdirSync(join(folder, kind))
    .filter((name) => /^[a-z0-9][a-z0-9-]*\.md$/.test(name))
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, kind, name), 'utf8')
      const close = text.indexOf('\n---\n', 3)
      // The generator writes objects; a file of another shape fails below, where a field is missing.
      const fields = load(text.slice(4, close + 1), { schema: FAILSAFE_SCHEMA }) as Fields
      return { id: name.slice(0, -3), fields, body: text.slice(close + 5).trim() }
    })
}

function projectIn(id: string, fields: Fields, body: string): Omit<ProjectFacts, 'name' | 'claims'> {
  return {
    id,
    summary: textIn(fields, 'summary'),
    homepage: textIn(fields, 'homepage'),
    repository: textIn(fields, 'repository'),
    category: onlyOf(fields.categories),
    language: onlyOf(fields.languages),
    body,
  }
}

function issueIn({ id, fields, body }: { id: string; fields: Fields; body: string }): IssueFacts {
  return {
    id,
    title: textIn(fields, 'title'),
    date: textIn(fields, 'date'),
    summary: textIn(fields, 'summary'),
    body,
  }
}

function claimIn(fields: Fields): ClaimFacts {
  return {
    support: textIn(fields, 'support'),
    date: textIn(fields, 'date'),
    link: textIn(fields, 'link'),
    since: textIn(fields, 'since'),
    note: textIn(fields, 'note'),
  }
}

function listIn(fields: Fields, key: string): Fields[] {
  return (fields[key] ?? []) as Fields[]
}

function textIn(fields: Fields, key: string): string {
  const value = fields[key]
  if (typeof value !== 'string') throw new Error(`A file of the benchmark has no \`${key}\`.`)
  return value
}

function onlyOf(list: unknown): string {
  if (!Array.isArray(list) || list.length !== 1 || typeof list[0] !== 'string')
    throw new Error('A file of the benchmark has another list than was written.')
  return list[0]
}
