/** Claims whose proof is a page of this site. */
import { knownClaims } from '#domain/derive.ts'
import { groupOfSupport, type SupportGroup } from '#domain/status-words.ts'
import { basisByAge, viewDay, type DayView } from './age.ts'
import type { ViewContext } from './context.ts'
import type { LinkView } from './links.ts'
import { sortedProjects } from './matrix.ts'
import { labelOfSupport, type Basis } from './words.ts'

export interface RestingClaimView {
  project: LinkView
  /** Cells of the matrix that it speaks of. */
  architectures: LinkView[]
  label: string
  group: SupportGroup
  /** `stale` where the claim is older than its time. */
  basis: Basis
  version: string | undefined
  day: DayView
}

/** Claims that name the page as their source, by project. */
export function claimsRestingOn(path: string, context: ViewContext): RestingClaimView[] {
  return sortedProjects(context).flatMap(({ id, data }) =>
    knownClaims(data.claims, context.asOf)
      .filter((claim) => claim.link.split('#', 1)[0] === path)
      .map((claim) => ({
        project: { label: data.name, address: context.addressOf(`/projects/${id}/`) },
        architectures: claim.architectures.map((architecture) => ({
          label: architecture,
          address: context.addressOf(`/projects/${id}/#${architecture}`),
        })),
        label: labelOfSupport[claim.support],
        group: groupOfSupport[claim.support],
        basis: basisByAge(claim.date, claim.support, context.asOf),
        version: claim.version,
        day: viewDay(claim.date, context.asOf),
      })),
  )
}
