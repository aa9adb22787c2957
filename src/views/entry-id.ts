/**
 * Ids of feed entries, as RFC 4151 has them. A reader program knows an entry by its id alone, so an
 * id must never change: it knows neither the address nor the title of the site.
 */
import type { Catalog } from '#domain/catalog.ts'

/** `tag:worksonarm.com,2017:issue/0001` */
export function idOfIssue(id: string, { site, issue }: Catalog): string {
  return `tag:${site.tagAuthority ?? unnamedAuthority(issue.get(id)?.data.date)}:issue/${id}`
}

/** The id of the newsletter itself. Without an authority it comes from the first issue. */
export function idOfNewsletter({ site }: Catalog, first: { data: { date: string } } | undefined): string {
  return `tag:${site.tagAuthority ?? unnamedAuthority(first?.data.date)}:issues`
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
 * and the day of the issue, so that issues of two such sites differ. A date never changes once it
 * is published.
 */
function unnamedAuthority(date = '1970-01-01'): string {
  return `unnamed.invalid,${date.slice(0, 10)}`
}
