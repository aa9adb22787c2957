/** A project's badges on somebody else's page: their addresses, where they lead, what stands in for the picture. */
import type { Entry } from '#domain/catalog.ts'
import type { Project } from '#domain/project.ts'
import { isKnown } from './api-projects.ts'
import { viewCellBadge, viewProjectBadge } from './badge.ts'
import type { ViewContext } from './context.ts'
import { sortedProjects, viewColumns } from './matrix.ts'

export interface BadgeUseView {
  project: string
  name: string
  /** Addresses with their host: they are for other sites. */
  badge: string
  page: string
  /** Names no status: it would stay where it was pasted when the status changes. */
  alternative: string
  /** The words of the badge today, and its address on this site. */
  words: string
  shown: string
  /** An architecture to take as an example: not the control, where another is known. */
  told: string
  cells: { architecture: string; words: string; badge: string; shown: string; endpoint: string }[]
}

/** None where nothing is known: then there is no badge. */
export function viewBadgeUse(project: Entry<Project>, context: ViewContext): BadgeUseView | undefined {
  const { id, data } = project
  const { addressOf, absoluteAddressOf } = context
  const whole = viewProjectBadge(project, context)
  if (!whole) return undefined
  const cells = viewColumns(context).flatMap((column) => {
    const badge = viewCellBadge(project, column.id, context)
    if (!badge) return []
    const path = `/badges/${id}/${column.id}`
    return [
      {
        isControl: column.isControl,
        architecture: column.id,
        words: badge.message,
        badge: absoluteAddressOf(`${path}.svg`),
        shown: addressOf(`${path}.svg`),
        endpoint: absoluteAddressOf(`${path}.json`),
      },
    ]
  })
  return {
    project: id,
    name: data.name,
    badge: absoluteAddressOf(`/badges/${id}.svg`),
    page: absoluteAddressOf(`/projects/${id}/`),
    alternative: `Status of ${data.name} by CPU architecture`,
    words: `${whole.label}: ${whole.message}`,
    shown: addressOf(`/badges/${id}.svg`),
    told: (cells.find(({ isControl }) => !isControl) ?? cells[0])?.architecture ?? '',
    cells,
  }
}

/** The project of which most is known, for examples. */
export function exampleProject(context: ViewContext): Entry<Project> | undefined {
  const architectures = [...context.catalog.architectures.keys()]
  let best: { project: Entry<Project>; known: number } | undefined
  for (const project of sortedProjects(context)) {
    const known = architectures.filter((id) => isKnown(project, id, context)).length
    if (known > (best?.known ?? 0)) best = { project, known }
  }
  return best?.project
}
