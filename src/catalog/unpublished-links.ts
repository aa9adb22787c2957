/** Links to issues that are not public on a day: their pages and mails are not there, though their files are. */
import { isPublic, type Issue } from '#domain/issue.ts'
import type { Problem } from '#domain/problem.ts'
import { Site } from '#domain/vocabulary.ts'
import type { LocatedCatalog, LocatedEntry } from './catalog.ts'
import { kindNames, kinds } from './kinds.ts'
import { mentionsOf, type Mentioning } from './mentions.ts'
import { unexpected } from './problems.ts'
import { fieldPathsOf } from './schema-paths.ts'

/** @param asOf ISO instant */
export function linksToUnpublished(catalog: LocatedCatalog, asOf: string): Problem[] {
  const unpublished = [...catalog.issue.values()].filter(({ data }) => !isPublic(data, asOf))
  if (unpublished.length === 0) return []
  const ids = new Set(unpublished.map(({ id }) => id))
  // Parsing every text would take longer than all other checks; nearly none speaks of them.
  const pages = [...ids].flatMap((id) => [`/issues/${id}/`, `/mail/${id}/`])
  const problemsIn = (entry: Mentioning, fields: ReturnType<typeof fieldPathsOf>) => {
    if (!pages.some((page) => entry.body.includes(page) || entry.source.text.includes(page))) return []
    return mentionsOf(entry, fields).flatMap((mention) => {
      if (mention.kind !== 'page') return []
      const [, id = ''] = /^\/(?:issues|mail)\/(\d+)\//.exec(mention.path) ?? []
      const issue = ids.has(id) ? catalog.issue.get(id) : undefined
      return issue ? [problemOf(mention.path, mention.place(), issue)] : []
    })
  }
  // What stands in an issue that is not public is on no page either.
  const isShown = (kind: string, { id, data }: LocatedEntry<unknown>) =>
    kind === 'issue' ? !ids.has(id) : kind !== 'item' || !ids.has((data as { issue?: string }).issue ?? '')
  const ofSite = catalog.vocabularies.find(({ source }) => source.file === 'site.yml')?.source
  return [
    ...(ofSite
      ? problemsIn({ data: catalog.site, source: ofSite, file: ofSite.file, body: '', bodyLine: 1 }, fieldPathsOf(Site))
      : []),
    ...kindNames.flatMap((kind) => {
      const entries = [...(catalog[kind] as ReadonlyMap<string, LocatedEntry<unknown>>).values()]
      const fields = fieldPathsOf(kinds[kind].schema)
      return entries.filter((entry) => isShown(kind, entry)).flatMap((entry) => problemsIn(entry, fields))
    }),
  ]
}

function problemOf(link: string, place: Problem['place'], { data }: LocatedEntry<Issue>): Problem {
  const { why, fix } = whyNotPublic(data)
  return {
    ...unexpected('issue-not-public', place, 'link', link, `a page that is there: ${why}`, fix),
    severity: 'warning',
  }
}

function whyNotPublic({ state, publishAt, date }: Issue): { why: string; fix: string } {
  switch (state) {
    case 'withdrawn':
      return { why: 'the issue is withdrawn', fix: 'link what the issue had it from, or leave the link out' }
    case 'draft':
      return { why: 'the issue is a draft', fix: 'publish the issue first; until then, leave the link out' }
    case 'published':
      return {
        why: `the issue appears on ${publishAt ?? date}`,
        fix: 'leave the link out until then, or let what links to it come later',
      }
    default:
      return state satisfies never
  }
}
