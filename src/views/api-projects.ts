/** Projects for programs: the list of all, and everything about one. */
import type { Entry } from '#domain/catalog.ts'
import { knownClaims } from '#domain/derive.ts'
import type { Project } from '#domain/project.ts'
import type { ViewContext } from './context.ts'
import { viewApiCell, viewApiChanges, viewApiClaim, viewApiHead } from './api-cell.ts'
import { projectsById } from './api-matrix.ts'
import type { ApiProject, ApiProjects } from './api-schemas.ts'
import { statusOf, viewColumns } from './matrix.ts'

export function viewApiProjects(context: ViewContext): ApiProjects {
  const architectures = viewColumns(context).map(({ id }) => id)
  return {
    ...viewApiHead('projects', context),
    projects: projectsById(context).map((project) => ({
      ...viewIdentity(project, context),
      known: architectures.filter((architecture) => isKnown(project, architecture, context)),
    })),
  }
}

export function viewApiProject(project: Entry<Project>, context: ViewContext): ApiProject {
  const { id, data } = project
  return {
    ...viewApiHead('project-data', context),
    ...viewIdentity(project, context),
    text: context.absoluteAddressOf(textPathOf(id)),
    notes: data.notes,
    recipes: data.recipes,
    alternatives: data.alternatives,
    blockedBy: data.blockedBy,
    architectures: Object.fromEntries(
      viewColumns(context).map((column) => [column.id, viewApiCell(statusOf(project, column.id, context), context)]),
    ),
    claims: knownClaims(data.claims, context.asOf).map((claim) => viewApiClaim(claim, context)),
    history: [...viewApiChanges(project, context)],
  }
}

/** Where a project's page is as Markdown. */
export function textPathOf(project: string): string {
  return `/projects/${project}/index.md`
}

/** Whether anything is told about a cell. */
export function isKnown(project: Entry<Project>, architecture: string, context: ViewContext): boolean {
  return statusOf(project, architecture, context).basis !== 'none'
}

/** Every id that answers, with its project: those of renamed projects keep answering. */
export function* projectsByAddress(context: ViewContext): Generator<[id: string, Entry<Project>]> {
  const { catalog } = context
  for (const project of projectsById(context)) yield [project.id, project]
  for (const [id, { data }] of catalog.moved) {
    const project = catalog.project.get(data.movedTo)
    if (project && !catalog.project.has(id)) yield [id, project]
  }
}

function viewIdentity({ id, data }: Entry<Project>, { absoluteAddressOf }: ViewContext) {
  const { name, summary, homepage, repository, categories, languages, aliases, identifiers } = data
  return {
    id,
    name,
    summary,
    homepage,
    ...(repository !== undefined && { repository }),
    categories,
    languages,
    aliases,
    identifiers,
    page: absoluteAddressOf(`/projects/${id}/`),
  }
}
