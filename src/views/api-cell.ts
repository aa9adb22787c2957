/** One cell, its claims and its changes, as the API tells them. */
import type { Catalog, Entry } from '#domain/catalog.ts'
import { directions } from '#domain/changes.ts'
import type { Claim } from '#domain/claim.ts'
import { firstDayOf } from '#domain/day.ts'
import type { Status } from '#domain/derive.ts'
import { isOwnPath } from '#domain/link.ts'
import { compareText } from '#domain/problem.ts'
import type { Project } from '#domain/project.ts'
import type { ApiCell, ApiChange, ApiClaim, Standing } from './api-parts.ts'
import type { AnswerName } from './api-schemas.ts'
import { forgetChanges, unexplainedChangesOfCell } from './cell-changes.ts'
import type { ViewContext } from './context.ts'

/** What answers are made from. */
export type ApiContext = Pick<ViewContext, 'catalog' | 'asOf' | 'absoluteAddressOf'>

/** What every answer begins with. */
export function viewApiHead(answer: AnswerName, { catalog, asOf, absoluteAddressOf }: ApiContext) {
  const { dataLicence: licence } = catalog.site
  return {
    $schema: absoluteAddressOf(`/api/v1/schemas/${answer}.json`),
    asOf,
    ...(licence && { licence: { name: licence.name, link: licence.link } }),
  }
}

/** A status without the records that decided it: `explain` tells those. */
export function viewApiCell(status: Status, context: ApiContext): ApiCell {
  const { support, basis, level, execution, version, observedAt, link, staleOn, reasons } = status
  return {
    support,
    basis,
    ...(level !== undefined && { level }),
    ...(execution !== undefined && { execution }),
    ...(version !== undefined && { version }),
    ...(observedAt !== undefined && { observedAt }),
    ...(link !== undefined && { link: fullLink(link, context) }),
    ...(staleOn !== undefined && { staleOn }),
    reasons,
  }
}

export function viewApiClaim({ link, by, ...claim }: Claim, context: ApiContext): ApiClaim {
  return {
    ...claim,
    link: fullLink(link, context),
    ...(by !== undefined && { by: context.catalog.people.get(by)?.name ?? by }),
  }
}

/** An address with its host: a source may be a page of this site. */
export function fullLink(link: string, { absoluteAddressOf }: ApiContext): string {
  return isOwnPath(link) ? absoluteAddressOf(link) : link
}

/** The changes of all cells of a project, the newest first. Derived once a build. */
export function viewApiChanges({ id }: Entry<Project>, context: ApiContext): readonly ApiChange[] {
  const { catalog, asOf } = context
  let known = changesOfBuild.get(catalog)
  if (!known) changesOfBuild.set(catalog, (known = new Map()))
  let changes = known.get(`${id} ${asOf}`)
  if (!changes) {
    changes = [...catalog.architectures.keys()]
      .flatMap((architecture) =>
        unexplainedChangesOfCell(id, architecture, context).map(({ on, from, to, direction }) => ({
          on,
          project: id,
          architecture,
          direction,
          from: standingOf(from),
          to: standingOf(to),
          ...(to.version !== undefined && { version: to.version }),
          ...(to.link !== undefined && { link: fullLink(to.link, context) }),
        })),
      )
      .sort(compareChanges)
    known.set(`${id} ${asOf}`, changes)
    forgetChanges(id, context)
  }
  return changes
}

/** The newest day first; on a day the good news first, then by project. */
export function compareChanges(a: ApiChange, b: ApiChange): number {
  return (
    (a.on === b.on ? 0 : compareText(firstDayOf(b.on), firstDayOf(a.on)) || b.on.length - a.on.length) ||
    directions.indexOf(a.direction) - directions.indexOf(b.direction) ||
    compareText(a.project, b.project)
  )
}

const changesOfBuild = new WeakMap<Catalog, Map<string, readonly ApiChange[]>>()

/** There are few, and very many changes. */
const standings = new Map<string, Standing>()

function standingOf({ support, basis }: Standing): Standing {
  const key = `${support} ${basis}`
  let standing = standings.get(key)
  if (!standing) standings.set(key, (standing = { support, basis }))
  return standing
}
