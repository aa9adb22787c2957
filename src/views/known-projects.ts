/** The projects of which something is known on an architecture: a list that may be long. */
import { groupOfSupport, supportGroups, type Basis, type SupportGroup } from '#domain/status-words.ts'
import { viewDay, type DayView } from './age.ts'
import type { ViewContext } from './context.ts'
import type { LinkView } from './links.ts'
import { sortedProjects, statusOf } from './matrix.ts'
import { labelOfBasis, labelOfSupport } from './words.ts'

export interface KnownProjectView {
  project: LinkView
  summary: string
  label: string
  group: SupportGroup
  basis: Basis
  basisLabel: string
  version: string | undefined
  day: DayView | undefined
}

/** All of them, by group and then by name. */
export function viewKnownProjects(architecture: string, context: ViewContext): KnownProjectView[] {
  const rows = sortedProjects(context).flatMap((project): KnownProjectView[] => {
    const { support, basis, version, observedAt } = statusOf(project, architecture, context)
    if (basis === 'none') return []
    return [
      {
        project: { label: project.data.name, address: context.addressOf(`/projects/${project.id}/#${architecture}`) },
        summary: project.data.summary,
        label: labelOfSupport[support],
        group: groupOfSupport[support],
        basis,
        basisLabel: labelOfBasis[basis],
        version,
        day: observedAt === undefined ? undefined : viewDay(observedAt, context.asOf),
      },
    ]
  })
  return supportGroups.flatMap((group) => rows.filter((row) => row.group === group))
}

/** The rows of a page by group. A group that goes on over several pages is on each of them. */
export function groupKnownProjects(
  rows: readonly KnownProjectView[],
): { id: SupportGroup; rows: KnownProjectView[] }[] {
  return supportGroups
    .map((id) => ({ id, rows: rows.filter(({ group }) => group === id) }))
    .filter((group) => group.rows.length > 0)
}
