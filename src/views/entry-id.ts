/**
 * Ids of feeds and their entries, as RFC 4151 has them. A reader program knows an entry by its id alone, so an
 * id must never change: it knows neither the address nor the title of the site.
 */
import type { Catalog } from '#domain/catalog.ts'

/** `tag:worksonarm.com,2017:issue/0001` */
export function idOfIssue(id: string, catalog: Catalog): string {
  return tag(`issue/${id}`, catalog, catalog.issue.get(id)?.data.date)
}

/** `tag:worksonarm.com,2017:issue/0001/portability-notes` */
export function idOfSection(issue: string, section: string, catalog: Catalog): string {
  return `${idOfIssue(issue, catalog)}/${section}`
}

/**
 * `tag:worksonarm.com,2017:issue/0001/corrected/2026-11-21`, and `…/2026-11-21/2` for the second of a day.
 * @param number  which of its day, in the order of the issue's file, from 1
 */
export function idOfCorrection(issue: string, day: string, number: number, catalog: Catalog): string {
  return `${idOfIssue(issue, catalog)}/corrected/${day}${number === 1 ? '' : `/${number}`}`
}

/** `tag:worksonarm.com,2017:item/arm64-runners` */
export function idOfItem(id: string, catalog: Catalog): string {
  return tag(`item/${id}`, catalog, catalog.item.get(id)?.data.date)
}

/**
 * `tag:worksonarm.com,2017:change/redis/arm64/2026-09-01`: a cell changes once a day at most.
 * @param project  the first id that the project had (`originalIds`)
 * @param day  a whole day
 */
export function idOfChange(project: string, architecture: string, day: string, catalog: Catalog): string {
  return tag(`change/${project}/${architecture}/${day}`, catalog, day)
}

/** The id of the newsletter itself. Without an authority it comes from the first issue. */
export function idOfNewsletter(catalog: Catalog, first: { data: { date: string } } | undefined): string {
  return tag('issues', catalog, first?.data.date)
}

/** The id of another feed: `tag:worksonarm.com,2017:changes`, `…:project/redis`. */
export function idOfFeed(key: string, catalog: Catalog): string {
  return tag(key, catalog, undefined)
}

/**
 * For every project that was renamed, the id that it had first. A project that several others became has ids
 * of its own: nobody could say whose history it continues.
 */
export function originalIds({ moved }: Catalog): Map<string, string> {
  const earlier = Map.groupBy(moved, ([, { data }]) => data.movedTo)
  return new Map(
    [...earlier].flatMap(([id, [first, ...others]]) => (first && others.length === 0 ? [[id, first[0]]] : [])),
  )
}

function tag(key: string, { site }: Catalog, day: string | undefined): string {
  return `tag:${site.tagAuthority ?? unnamedAuthority(day)}:${key}`
}

/** `tag:worksonarm.com,2017:event/kubecon-2017` */
export function idOfEvent(id: string, { site, event }: Catalog): string {
  return `tag:${site.tagAuthority ?? unnamedAuthority(event.get(id)?.data.start)}:event/${id}`
}

export function idOfCalendar({ site }: Catalog): string {
  return `tag:${site.tagAuthority ?? unnamedAuthority()}:events`
}

/** Whose product a calendar is, as a formal public identifier: `-//worksonarm.com//NONSGML events//EN` */
export function productIdOfCalendar({ site }: Catalog): string {
  return `-//${(site.tagAuthority ?? unnamedAuthority()).replace(/,.*$/, '')}//NONSGML events//EN`
}

/**
 * What stands in for `tagAuthority` where site.yml has none: a name that nobody can own (RFC 2606),
 * and the day of the entry, so that entries of two such sites differ. A date never changes once it
 * is published.
 */
function unnamedAuthority(date = '1970-01-01'): string {
  return `unnamed.invalid,${date.slice(0, 10)}`
}
