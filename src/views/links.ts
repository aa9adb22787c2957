/** Pages as links, and which pages speak of which. */
import type { Catalog, Entry } from '#domain/catalog.ts'
import type { Issue } from '#domain/issue.ts'
import { isPublic } from '#domain/issue.ts'
import { compareText } from '#domain/problem.ts'
import type { ViewContext } from './context.ts'

export interface LinkView {
  label: string
  address: string
}

type LinkedKind =
  'project' | 'recipe' | 'note' | 'issue' | 'architecture' | 'category' | 'section' | 'event' | 'hardware'

/** The page of a thing, as a link. Past the catalog's door every reference resolves. */
export function linkTo(kind: LinkedKind, id: string, { catalog, addressOf }: ViewContext): LinkView {
  switch (kind) {
    case 'project':
      return { label: catalog.project.get(id)?.data.name ?? id, address: addressOf(`/projects/${id}/`) }
    case 'recipe':
      return { label: catalog.recipe.get(id)?.data.title ?? id, address: addressOf(`/recipes/${id}/`) }
    case 'note':
      return { label: catalog.note.get(id)?.data.title ?? id, address: addressOf(`/notes/${id}/`) }
    case 'issue':
      return { label: catalog.issue.get(id)?.data.title ?? id, address: addressOf(`/issues/${id}/`) }
    case 'architecture':
      return { label: id, address: addressOf(`/architectures/${id}/`) }
    case 'category':
      return { label: catalog.categories.get(id)?.name ?? id, address: addressOf(`/categories/${id}/`) }
    case 'section':
      return { label: catalog.sections.get(id)?.name ?? id, address: addressOf(`/topics/${id}/`) }
    case 'event':
      return { label: catalog.event.get(id)?.data.name ?? id, address: addressOf(`/events/#${id}`) }
    case 'hardware':
      return { label: catalog.hardware.get(id)?.data.name ?? id, address: addressOf(`/hardware/#${id}`) }
    default:
      return kind satisfies never
  }
}

export function linksTo(kind: LinkedKind, ids: Iterable<string>, context: ViewContext): LinkView[] {
  return [...ids].map((id) => linkTo(kind, id, context))
}

/** Public issues, the newest first. Every project's page asks for them, so each build finds them once. */
export function publicIssues(context: ViewContext): readonly Entry<Issue>[] {
  let issues = issuesOfBuild.get(context)
  if (!issues) issuesOfBuild.set(context, (issues = findPublicIssues(context)))
  return issues
}

const issuesOfBuild = new WeakMap<ViewContext, readonly Entry<Issue>[]>()

function findPublicIssues({ catalog, asOf }: ViewContext): Entry<Issue>[] {
  return [...catalog.issue.values()]
    .filter((issue) => isPublic(issue.data, asOf))
    .sort((a, b) => b.data.number - a.data.number)
}

/** What speaks of a thing: recipes, notes, machines and events, each in the order of its list page. */
export interface Mentions {
  recipes: LinkView[]
  notes: LinkView[]
  hardware: LinkView[]
  events: LinkView[]
}

/** Everything that names a project in its front matter, or that the project names. */
export function mentionsOfProject(id: string, context: ViewContext): Mentions {
  const { catalog } = context
  const own = catalog.project.get(id)?.data
  return {
    recipes: byLabel(linksTo('recipe', new Set([...(own?.recipes ?? []), ...naming(catalog, 'recipe', id)]), context)),
    notes: byLabel(linksTo('note', new Set([...(own?.notes ?? []), ...naming(catalog, 'note', id)]), context)),
    hardware: byLabel(linksTo('hardware', naming(catalog, 'hardware', id), context)),
    events: byLabel(
      linksTo(
        'event',
        [...catalog.event.values()]
          .filter(({ data }) => data.talks.some((talk) => talk.projects.includes(id)))
          .map((event) => event.id),
        context,
      ),
    ),
  }
}

function naming(catalog: Catalog, kind: 'recipe' | 'note' | 'hardware', project: string): string[] {
  return [...catalog[kind].values()].filter(({ data }) => data.projects.includes(project)).map(({ id }) => id)
}

export function byLabel(links: LinkView[]): LinkView[] {
  return links.sort((a, b) => compareText(a.label.toLowerCase(), b.label.toLowerCase()))
}
