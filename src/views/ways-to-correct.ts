/**
 * The ways to correct what the site says: the file in an editor, a ticket with what is known filled in,
 * and the page that tells how. `site.yml` says where the content is kept; without that, the page is left.
 */
import type { Site } from '#domain/vocabulary.ts'
import type { ViewContext } from './context.ts'

export interface WaysToCorrect {
  /** Path inside the content folder: `projects/docker.md`. */
  file: string
  /** Where the file is edited. */
  edit: string | undefined
  /** Where a ticket is written. */
  ticket: string | undefined
  /** Our page about it. */
  contribute: string
  /** The shortest of them: a ticket, else the file, else the page. */
  nearest: string
}

/** How to correct a page that is made from a file. */
export function waysToCorrectPage(title: string, path: string, file: string, context: ViewContext): WaysToCorrect {
  return waysToCorrect(file, context, () => ({
    title: `Correct: ${title}`,
    body: `${context.absoluteAddressOf(path)}\n\nWhat is wrong, and where it is said (date and link):\n\n`,
  }))
}

/** How to correct what is said of a project; of one architecture, where it is given. */
export function waysToCorrectCell(
  project: string,
  architecture: string | undefined,
  context: ViewContext,
): WaysToCorrect {
  const entry = context.catalog.project.get(project)
  const name = entry?.data.name ?? project
  return waysToCorrect(entry?.file ?? `projects/${project}.md`, context, () => ({
    template: cellTemplate,
    title: architecture === undefined ? `Cell: ${name}` : `Cell: ${name} on ${architecture}`,
    project,
    ...(architecture !== undefined && { architecture }),
  }))
}

/** The form of a repository on GitHub that asks for a cell: `.github/ISSUE_TEMPLATE/correct-a-cell.yml`. */
const cellTemplate = 'correct-a-cell.yml'

function waysToCorrect(
  file: string,
  { catalog: { site }, addressOf }: ViewContext,
  fields: () => Record<string, string>,
): WaysToCorrect {
  const editing = editingOf(site)
  const edit = editing === undefined ? undefined : `${editing.replace(/\/*$/, '/')}${file}`
  const ticket = ticketOf(site, fields)
  const contribute = addressOf('/contribute/')
  return { file, edit, ticket, contribute, nearest: ticket ?? edit ?? contribute }
}

/** Where files are edited, up to the content folder. */
export function editingOf({ editing, repository }: Site): string | undefined {
  const github = gitHubAddressOf(repository)
  return editing ?? (github === undefined ? undefined : `${github}/edit/main/content/`)
}

/** Where a ticket is written; the form of a repository on GitHub gets what is known. */
export function ticketOf({ tickets, repository }: Site, fields: () => Record<string, string>): string | undefined {
  const github = gitHubAddressOf(repository)
  const address = tickets ?? (github === undefined ? undefined : `${github}/issues/new`)
  if (address === undefined || !isFormOfGitHub(new URL(address))) return address
  // Fields are named after the ids of the form. Only fields of text are filled in this way, choices are not.
  return `${address}?${new URLSearchParams(fields()).toString()}`
}

/** A repository on GitHub, without what a clone would add; undefined for other addresses. */
function gitHubAddressOf(repository: string | undefined): string | undefined {
  if (repository === undefined) return undefined
  const { origin, hostname, pathname } = new URL(repository)
  const [, path] = /^(\/[^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(pathname) ?? []
  return hostname === 'github.com' && path !== undefined ? `${origin}${path}` : undefined
}

function isFormOfGitHub({ hostname, pathname, search }: URL): boolean {
  return hostname === 'github.com' && pathname.endsWith('/issues/new') && search === ''
}
