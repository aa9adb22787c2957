/** What a build writes for programs, readers of feeds and mail: texts may link to it as to a page. */
import type { ReferenceKind } from '#domain/identifier.ts'
import { kindNames, vocabularyKinds } from './kinds.ts'
import type { Context } from './reference-context.ts'

/** Those that exist whatever the content is. */
export const standingOutputs: ReadonlySet<string> = new Set([
  ...[
    '/atom.xml',
    '/rss.xml',
    '/feed.json',
    '/events.ics',
    '/matrix.csv',
    '/llms.txt',
    '/_headers',
    '/feeds.opml',
    '/feed.css',
    '/robots.txt',
    '/sitemap-index.xml',
    '/api/v1/types.d.ts',
  ],
  ...['matrix', 'projects', 'issues', 'changes', 'openapi'].map((name) => `/api/v1/${name}.json`),
  ...['changes', 'items'].flatMap((feed) => ['atom.xml', 'rss.xml', 'feed.json'].map((file) => `/${feed}/${file}`)),
  ...['/corrections/atom.xml', '/events/atom.xml'],
])

/** The kinds of which `/api/v1/schemas/<kind>.json` says the shape. */
export const schemaKinds: readonly string[] = [
  ...kindNames,
  ...Object.keys(vocabularyKinds),
  ...['report', 'evidence'],
  ...['badge', 'cell', 'changes', 'changes-of-year', 'issues', 'matrix', 'project-data', 'projects'],
]

const id = '([^/]+)'
const year = '(\\d{4})'

/** Paths that a build writes for a thing of a kind, by patterns whose parts are ids. */
const outputsOf: readonly (readonly [pattern: RegExp, kinds: readonly ReferenceKind[]])[] = [
  [pathLike(`/projects/${id}/(?:atom\\.xml|index\\.md)`), ['project']],
  [pathLike(`/architectures/${id}/atom\\.xml`), ['architecture']],
  [pathLike(`/topics/${id}/atom\\.xml`), ['section']],
  [pathLike(`/api/v1/projects/${id}\\.json`), ['project']],
  // Of cells of which nothing is known there is none; that is known when statuses are.
  [pathLike(`/badges/${id}\\.svg`), ['project']],
  [pathLike(`/badges/${id}/${id}\\.(?:svg|json)`), ['project', 'architecture']],
  [pathLike(`/mail/${id}/(?:|index\\.html|index\\.txt|\\1\\.eml)`), ['issue']],
]

/** Which years have changes is known when statuses are, too. */
const changesOfYear = pathLike(`/(?:changes/${year}/|api/v1/changes/${year}\\.json)`)

const schema = pathLike(`/api/v1/schemas/${id}\\.json`)

/** Whether a build writes something at a path, as far as it can be told from what things there are. */
export function isOwnOutput(path: string, idsOf: Context['idsOf']): boolean {
  if (standingOutputs.has(path) || changesOfYear.test(path)) return true
  const kind = schema.exec(path)?.[1]
  if (kind !== undefined) return schemaKinds.includes(kind)
  return outputsOf.some(([pattern, kinds]) => {
    const ids = pattern.exec(path)?.slice(1)
    // A kind whose file cannot be read has every id.
    return ids !== undefined && kinds.every((of, index) => idsOf(of)?.has(ids[index] ?? '') ?? true)
  })
}

function pathLike(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`)
}
