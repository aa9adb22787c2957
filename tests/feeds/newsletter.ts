/** Newsletters to test with, from content as people write it. It knows no test runner: a child process uses it too. */
import { buildCatalog } from '#catalog/catalog.ts'
import { renderInline, renderMarkdown } from '#catalog/markdown.ts'
import { serializeAtom } from '#feeds/atom.ts'
import { serializeJsonFeed } from '#feeds/json-feed.ts'
import { serializeRss } from '#feeds/rss.ts'
import type { FeedEntryView } from '#views/feed.ts'
import { viewNewsletterFeed } from '#views/feed-newsletter.ts'
import type { PublishingContext } from '#views/publishing.ts'

export interface Place {
  siteUrl?: string
  basePath?: string
  asOf?: string
}

export const siteFile = `title: News
url: https://example.org
tagAuthority: example.org,2026
dataLicence: {name: CC BY 4.0, link: "https://creativecommons.org/licenses/by/4.0/"}
sections:
  traps: {name: Traps}
  releases: {name: Releases, summary: What came out.}
  never: {name: Never}
`

export const peopleFile = `ada: {name: Ada Lovelace, link: "https://example.org/ada?a=1&b=2", affiliation: Analyst (1843)}
bob: {name: Bob}
`

/** An issue's file. Keys are replaced by `changes` and left out where a change is undefined. */
export function issueFile(changes: Record<string, string | undefined> = {}, body = 'Text.\n'): string {
  const keys = {
    number: '1',
    title: 'Issue 1',
    date: '2026-05-12',
    authors: '[ada]',
    summary: 'What happened.',
    state: 'published',
    ...changes,
  }
  const lines = Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]))
  return ['---', ...lines, '---', body].join('\n')
}

/** What the newsletter is made from, beside a site and people that have no problems. */
export function newsletterContext(files: Record<string, string>, place: Place = {}): PublishingContext {
  const { siteUrl = 'https://example.org', basePath = '/', asOf = '2026-11-21T12:00:00Z' } = place
  const all: Record<string, string> = { 'site.yml': siteFile, 'people.yml': peopleFile, ...files }
  const { catalog, problems } = buildCatalog({
    files: Object.entries(all).map(([path, text]) => ({ path, text })),
    problems: [],
  })
  const [problem] = problems.filter(({ severity }) => severity === 'error')
  if (problem) throw new Error(`${problem.place.file}:${problem.place.line} ${problem.code} ${problem.reason}`)
  const addressOf = (path: string) => `${basePath}${path.replace(/^\//, '')}`
  return {
    catalog,
    asOf,
    addressOf,
    absoluteAddressOf: (path) => new URL(addressOf(path), siteUrl).href,
    inline: (text) => renderInline(text, { addressOf, deadLinks: catalog.deadLinks }),
    markdown: (text, idPrefix = '') => renderMarkdown(text, { addressOf, idPrefix, deadLinks: catalog.deadLinks }),
  }
}

export interface Feeds {
  atom: string
  rss: string
  json: string
}

export function feedsOf(files: Record<string, string>, place: Place = {}): Feeds {
  const context = newsletterContext(files, place)
  return {
    atom: serializeAtom(viewNewsletterFeed('atom', context)),
    rss: serializeRss(viewNewsletterFeed('rss', context)),
    json: serializeJsonFeed(viewNewsletterFeed('json', context)),
  }
}

/** The feeds of one entry that may hold what no catalog lets in. */
export function feedsOfEntry(changes: Partial<FeedEntryView>): Feeds {
  const view = viewNewsletterFeed('atom', newsletterContext({ 'issues/0001.md': issueFile() }))
  const changed = { ...view, entries: view.entries.map((entry) => ({ ...entry, ...changes })) }
  return { atom: serializeAtom(changed), rss: serializeRss(changed), json: serializeJsonFeed(changed) }
}

/** Two issues with most of what an issue can hold. */
export const twoIssues: Record<string, string> = {
  'issues/0001.md': issueFile(
    {
      date: '2026-04-28T12:00:00-04:00',
      authors: '[ada, bob]',
      sections: '[traps]',
      sponsors: '[{name: Acme, link: "https://acme.example/", disclosure: "Acme pays, & says so."}]',
      errata:
        '[{date: 2026-06-03, section: traps, text: "See [below](/issues/0001/#deep) and [the matrix](/matrix/)."}]',
    },
    `Intro with [a query](/matrix/?q=a&b=c), [a page](https://example.com/?x=1&y=2) and a footnote[^1].

## What bites {#traps}

[Up here](#traps), [another issue](/issues/0002/#releases).

### Deep

| a | b |
|:--|---|
| 1 | 2 |

\`\`\`c
#include <stdio.h> /* && */
\`\`\`

[^1]: A note.
`,
  ),
  'issues/0002.md': issueFile(
    { number: '2', title: 'Issue 2', sections: '[releases]', authors: '[bob]' },
    '## Releases {#releases}\n\nNothing came out.\n\n## Without a topic\n\nIndeed.\n',
  ),
}
