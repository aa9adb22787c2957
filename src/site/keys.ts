/**
 * Digests of all that decides about pages and outputs of a project, so that a build can tell which of them the last one made. With the
 * program and the settings they hold everything: who shows more of the content on them adds it here
 * (`tests/site/small-changes.test.ts` edits at random and compares with a build of everything).
 *
 * Of another project, nothing but its front matter is shown there, without its claims and releases: no status, no text, no run.
 */
import type { Page } from 'astro'
import { hash } from 'node:crypto'
import type { Catalog, Entry } from '#domain/catalog.ts'
import { isPublic } from '#domain/issue.ts'
import type { Project } from '#domain/project.ts'
import { asOf, catalog } from './data.ts'

/** Everything that is no project, and what others see of each project. */
let surroundings: string | undefined

/** @returns the key of whatever shows a project, and nothing of other projects but what everybody sees of them */
export function keyOfProject(project: Entry<Project>): string {
  let key = keysOfProjects.get(project)
  if (key === undefined) keysOfProjects.set(project, (key = makeKeyOfProject(project)))
  return key
}

const keysOfProjects = new WeakMap<Entry<Project>, string>()

function makeKeyOfProject({ id, data, body, file }: Entry<Project>): string {
  const evidence = catalog.evidence.get(id) ?? []
  return digestOf([
    keyOfSurroundings(),
    file,
    data,
    body,
    evidence,
    // Runs of the day may be later than the clock.
    evidence.filter((record) => 'observedAt' in record && record.observedAt > asOf).length,
    logsOf(id),
  ])
}

/** @param shown all that is shown of projects, and what tells it from others: the rows of a table, the id of an issue */
export function keyOfShown(shown: unknown): string {
  return digestOf([keyOfSurroundings(), shown])
}

/**
 * @param shown a page of rows of projects, and all else that is shown; a row shows nothing on which the project's own page does not depend
 */
export function keyOfPaged<Shown extends { page: Page<{ id: string }> }>({ page, ...others }: Shown): string {
  const { data, ...frame } = page
  const rows = data.map(({ id }) => {
    const project = catalog.project.get(id)
    return project && keyOfProject(project)
  })
  return digestOf([keyOfSurroundings(), rows, frame, others])
}

/** What a file of `src/pages` hands to one of its pages. */
interface Given {
  params: Record<string, string | undefined>
  props: Record<string, unknown>
}

/** Pages with the keys that they have promised, by their tickets. */
const promised = new Map<string, { given: Given; key: () => string }>()

/**
 * A page with the promise of its key. Astro takes a text from every page when it lists them; a build from nothing asks for no key before
 * its pages are made, so the text is a ticket. Only a build takes tickets: the development server makes the list of pages after every edit.
 */
export function withKey<T extends Given>(page: T, key: () => string): T & { readonly cacheKey: string } {
  return {
    ...page,
    get cacheKey() {
      const ticket = String(promised.size)
      promised.set(ticket, { given: page, key })
      return ticket
    },
  }
}

/** @returns the key for a ticket of `withKey`, or nothing where there is none */
export function promisedKey(ticket: string | undefined): string {
  return promised.get(ticket ?? '')?.key() ?? ''
}

/** @returns what the page with a ticket of `withKey` is made from, or nothing where there is none */
export function givenTo(ticket: string | undefined): Given | undefined {
  return promised.get(ticket ?? '')?.given
}

/** What is made when somebody asks for it the first time: a view that both a key and its page show, a key. */
export function once<T>(make: () => T): () => T {
  let made: { view: T } | undefined
  return () => (made ??= { view: make() }).view
}

function keyOfSurroundings(): string {
  return (surroundings ??= digestOf([
    asOf.slice(0, 10),
    withoutProjects(catalog),
    [...catalog.project.values()].map(face),
  ]))
}

function withoutProjects({ site, architectures, categories, people, sections, deadLinks, ...rest }: Catalog) {
  const { moved, source, issue, item, recipe, note, event, hardware } = rest
  return [
    site,
    ...[architectures, categories, people, sections, deadLinks].map((map: ReadonlyMap<string, unknown>) => [...map]),
    ...[moved, source, issue, item, recipe, note, event, hardware].map((map: ReadonlyMap<string, Entry<unknown>>) =>
      [...map.values()].map(({ id, file, data, body }) => [id, file, data, body]),
    ),
    [...issue.values()].filter(({ data }) => isPublic(data, asOf)).map(({ id }) => id),
  ]
}

function face({ id, data: { claims: _, releases: __, ...others } }: Entry<Project>) {
  return [id, others]
}

let logsByProject: ReadonlyMap<string, readonly string[]> | undefined

/** Addresses are `/logs/<project>/<digest>.txt`. */
function logsOf(project: string): readonly string[] {
  logsByProject ??= Map.groupBy([...catalog.logs].sort(), (address) => address.split('/')[2] ?? '')
  return logsByProject.get(project) ?? []
}

function digestOf(content: unknown): string {
  return hash('sha256', JSON.stringify(content), 'base64url')
}
