/** Which missing port holds back most other projects on an architecture: where help would go furthest. */
import { compareText } from '#domain/problem.ts'
import type { Basis, Support, SupportGroup } from '#domain/status-words.ts'
import { groupOfSupport } from '#domain/status-words.ts'
import type { ViewContext } from './context.ts'
import { linkTo, type LinkView } from './links.ts'
import { sortedProjects, statusOf } from './matrix.ts'
import { labelOfSupport } from './words.ts'

export interface BlockerView {
  project: LinkView
  label: string
  group: SupportGroup
  basis: Basis
  /** How many projects wait for it, directly or for one that does. */
  count: number
  /** The first of them by name, and how many there are besides. */
  waiting: LinkView[]
  more: number
}

const shownBlockers = 10
const shownWaiting = 6

/**
 * A port is missing where the project is known not to run as it should. A cell of which nothing is
 * known blocks nothing, and neither does a port of which only nobody has shown that it starts.
 */
const missing: ReadonlySet<Support> = new Set([
  'partial',
  'experimental',
  'in-progress',
  'broken',
  'dropped',
  'unsupported',
])

/** The projects that hold back others there, those that hold back most first. */
export function viewBlockers(architecture: string, context: ViewContext): BlockerView[] {
  const { catalog } = context
  const statusOn = (id: string) => {
    const project = catalog.project.get(id)
    return project && statusOf(project, architecture, context)
  }
  const waitingFor = new Map<string, string[]>()
  for (const { id, data } of sortedProjects(context)) {
    // What works, or has no question to ask, waits for nothing.
    const support = statusOn(id)?.support
    if (support === 'works' || support === 'not-applicable') continue
    for (const blocker of data.blockedBy) waitingFor.set(blocker, [...(waitingFor.get(blocker) ?? []), id])
  }
  return [...waitingFor.keys()]
    .flatMap((id): BlockerView[] => {
      const status = statusOn(id)
      if (!status || !missing.has(status.support)) return []
      const waiting = everythingAfter(id, waitingFor)
      return [
        {
          project: linkTo('project', id, context),
          label: labelOfSupport[status.support],
          group: groupOfSupport[status.support],
          basis: status.basis,
          count: waiting.length,
          waiting: waiting.slice(0, shownWaiting).map((other) => linkTo('project', other, context)),
          more: Math.max(0, waiting.length - shownWaiting),
        },
      ]
    })
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || compareText(a.project.label.toLowerCase(), b.project.label.toLowerCase()))
    .slice(0, shownBlockers)
}

/** What waits for a project, and what waits for that, each once, the nearest first. Projects may wait for each other. */
function everythingAfter(id: string, waitingFor: ReadonlyMap<string, readonly string[]>): string[] {
  const reached = new Set([id])
  for (const one of reached) for (const other of waitingFor.get(one) ?? []) reached.add(other)
  reached.delete(id)
  return [...reached]
}
