/** The ways to send something new: a file in an editor with a beginning filled in, or a form that asks for the facts. */
import type { Site } from '#domain/vocabulary.ts'
import type { ViewContext } from './context.ts'
import { newFileKinds, viewExampleWords, viewNewFile, type NewFile, type NewFileKind } from './new-files.ts'
import { editingOf, ticketOf } from './ways-to-correct.ts'

export interface FileToSend extends NewFile {
  /** Opens an editor with the file in it; undefined where nobody knows how the site's repository does that. */
  create: string | undefined
}

export interface WaysToSend {
  repository: string | undefined
  files: Record<NewFileKind, FileToSend>
  tickets: Tickets | undefined
}

export interface Tickets {
  cell: string
  project: string
  item: string
  bug: string
  /** Whether the page is a form that asks for the facts, or an empty ticket. */
  areForms: boolean
}

export function viewWaysToSend(context: ViewContext): WaysToSend {
  const { site } = context.catalog
  const words = viewExampleWords(context)
  const toSend = (kind: NewFileKind): FileToSend => {
    const file = viewNewFile(kind, words)
    return { ...file, create: creating(site, file) }
  }
  return {
    repository: site.repository,
    // Every kind is in the list, so every key is there.
    files: Object.fromEntries(newFileKinds.map((kind) => [kind, toSend(kind)])) as Record<NewFileKind, FileToSend>,
    tickets: ticketsOf(site),
  }
}

/** GitHub's editor of a new file takes its name and text from the address; of other hosts none is known to. */
function creating(site: Site, { folder, name, text }: NewFile): string | undefined {
  const editing = editingOf(site)
  if (editing === undefined) return undefined
  const { origin, hostname, pathname } = new URL(editing)
  const [, repository, rest] = /^(\/[^/]+\/[^/]+)\/edit\/(.+?)\/*$/.exec(pathname) ?? []
  if (hostname !== 'github.com' || repository === undefined || rest === undefined) return undefined
  const query = [`filename=${encodeURIComponent(name)}`, `value=${encodeURIComponent(text)}`]
  return `${origin}${repository}/new/${rest}/${folder}?${query.join('&')}`
}

function ticketsOf(site: Site): Tickets | undefined {
  const form = (template: string) => ticketOf(site, () => ({ template }))
  const [cell, project, item, bug] = ['correct-a-cell', 'add-a-project', 'newsletter-item', 'bug'].map((name) =>
    form(`${name}.yml`),
  )
  if (cell === undefined || project === undefined || item === undefined || bug === undefined) return undefined
  return { cell, project, item, bug, areForms: cell !== project }
}
