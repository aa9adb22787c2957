/** What the matrix says today of what an old text speaks of, so that nobody takes 2017 for now. */
import type { Status } from '#domain/derive.ts'
import { groupOfSupport, type Basis, type SupportGroup } from '#domain/status-words.ts'
import { inColumnOrder } from './architecture-index.ts'
import type { ItemView } from './item.ts'
import { idsLinkedIn } from './linked-pages.ts'
import { linkTo, type LinkView } from './links.ts'
import { statusOf, viewColumns } from './matrix.ts'
import type { ViewContext } from './context.ts'
import { labelOfBasis, labelOfSupport } from './words.ts'

export interface KnownTodayView {
  project: LinkView
  /** Architectures of which the same is known, each leading to its cell. */
  statuses: { group: SupportGroup; label: string; basis: Basis; basisLabel: string; architectures: LinkView[] }[]
}

/** More would be longer than the text beside which they stand. */
const shownProjects = 8

/**
 * For each project that a section links to or has an item about: its status on the architectures that the section
 * names, else on those that the matrix shows first. Projects of which nothing is known there are left out.
 */
export function viewKnownToday(
  section: { html: string; items: readonly Pick<ItemView, 'projectIds' | 'architectureIds'>[] },
  context: ViewContext,
): KnownTodayView[] {
  const { catalog } = context
  const { html, items } = section
  const projects = new Set([...idsLinkedIn(html, '/projects/', context), ...items.flatMap((item) => item.projectIds)])
  const named = [
    ...idsLinkedIn(html, '/architectures/', context),
    ...items.flatMap(({ architectureIds }) => architectureIds),
  ]
  const columns = viewColumns(context)
  const first = columns.filter(({ isShown, isControl }) => isShown && !isControl).map(({ id }) => id)
  const architectures = named.length > 0 ? inColumnOrder(named, context) : first
  const views: KnownTodayView[] = []
  for (const id of projects) {
    const project = catalog.project.get(id)
    if (project === undefined || views.length === shownProjects) continue
    const known = architectures
      .map((architecture) => ({ architecture, status: statusOf(project, architecture, context) }))
      .filter(({ status }) => status.basis !== 'none')
    const byStatus = Map.groupBy(known, ({ status: { support, basis } }) => `${support} ${basis}`)
    const statuses = [...byStatus.values()].flatMap((cells) => {
      const [first] = cells
      return first === undefined
        ? []
        : [
            {
              ...wordsOf(first.status),
              architectures: cells.map(({ architecture }) => ({
                label: architecture,
                address: context.addressOf(`/projects/${id}/#${architecture}`),
              })),
            },
          ]
    })
    if (statuses.length > 0) views.push({ project: linkTo('project', id, context), statuses })
  }
  return views
}

function wordsOf({ support, basis }: Status): Omit<KnownTodayView['statuses'][number], 'architectures'> {
  return {
    group: groupOfSupport[support],
    label: labelOfSupport[support],
    basis,
    basisLabel: labelOfBasis[basis],
  }
}
