/** Links to pages of this site, and old addresses that should lead to one. */
import { anchorOfItem, anchorsOfStatusWords, frameIds } from '#domain/anchors.ts'
import type { ReferenceKind } from '#domain/identifier.ts'
import { oldAddressesOf } from '#domain/old-addresses.ts'
import type { Place, Problem } from '#domain/problem.ts'
import type { LocatedCatalog } from './catalog.ts'
import { homeOfReference } from './kinds.ts'
import { headingsOf } from './headings.ts'
import { isOwnOutput } from './own-outputs.ts'
import { didYouMean, meant, oneOf, unexpected, type Fix } from './problems.ts'
import { wayOut, type Context } from './reference-context.ts'

const folderPages: Record<string, ReferenceKind> = {
  projects: 'project',
  architectures: 'architecture',
  categories: 'category',
  issues: 'issue',
  topics: 'section',
  recipes: 'recipe',
  notes: 'note',
  verify: 'architecture',
}

/** Pages that exist whatever the content is. */
export const standingPages = [
  '/',
  '/matrix/',
  '/projects/',
  '/architectures/',
  '/categories/',
  '/issues/',
  '/topics/',
  '/recipes/',
  '/notes/',
  '/hardware/',
  '/events/',
  '/changes/',
  '/search/',
  '/check/',
  '/feeds/',
  '/badges/',
  '/api/',
  '/status-words/',
  '/verify/',
  '/problems/',
  '/contribute/',
  '/contribute/fields/',
  '/governance/',
  '/about/',
] as const

export function checkOwnPath(link: string, place: () => Place, { catalog, words, idsOf, problems }: Context): void {
  const [address = '', anchor = ''] = link.split('#', 2)
  const path = address.split('?', 1)[0] ?? ''
  const [, folder = '', id = '', end, ...more] = path.split('/')
  const kind = Object.hasOwn(folderPages, folder) ? folderPages[folder] : undefined

  if ((standingPages as readonly string[]).includes(path)) {
    if (path === '/status-words/' && anchor !== '' && !anchorsOfStatusWords.includes(anchor) && !frameIds.has(anchor)) {
      problems.push(unknownAnchor(anchor, link, place(), anchorsOfStatusWords))
    }
    const listed = folder === 'hardware' ? 'hardware' : folder === 'events' ? 'event' : undefined
    const ids = listed && idsOf(listed)
    if (listed && ids && anchor !== '' && !ids.has(anchor)) {
      problems.push(unknownPage(listed, anchor, link, place(), insideOf(link, anchor, wayOut(listed, anchor, ids))))
    }
    return
  }
  const ids = kind && idsOf(kind)
  if (kind !== undefined && ids === undefined) return
  if (kind !== undefined && ids !== undefined && end === '' && more.length === 0) {
    if (ids.has(id)) {
      if (kind === 'issue' && anchor !== '') checkIssueAnchor(id, anchor, link, place, catalog, problems)
      return
    }
    const reading = kind === 'architecture' ? words.read(id) : undefined
    const fix = reading?.kind === 'known' ? meant(reading.id) : wayOut(kind, id, ids)
    problems.push(unknownPage(kind, id, link, place(), insideOf(link, id, fix)))
    return
  }
  if (isOwnOutput(path, idsOf)) return
  if (ids?.has(id) && end === undefined) {
    problems.push(
      unexpected('unknown-page', place(), 'link', link, 'an address that ends in `/`', {
        text: `write \`/${folder}/${id}/\``,
        change: { kind: 'swap', from: link, to: link.replace(address, `/${folder}/${id}/`) },
      }),
    )
    return
  }
  if (catalog.logs.has(link)) return
  // An old address leads to a page, never to another one: two could lead in a circle.
  if (oldPathsOf(catalog).has(path) && place().file !== 'site.yml') return
  if (folder === 'logs') {
    const expected = 'the address of a log in `evidence/logs/`'
    const fix = 'restore the log from the history of the files; else `retract` what leads to it'
    problems.push(unexpected('unknown-page', place(), 'link', link, expected, fix))
    return
  }
  problems.push(
    unexpected(
      'unknown-page',
      place(),
      'link',
      link,
      'the address of a page of this site',
      insideOf(
        link,
        path,
        didYouMean(path, standingPages, 'correct the path, or write the full address of another site'),
      ),
    ),
  )
}

/** A part of a link becomes another one: the rest of it stays. */
function insideOf(link: string, part: string, fix: Fix): Fix {
  if (fix.change?.kind !== 'write') return fix
  const at = link.lastIndexOf(part)
  const to = `${link.slice(0, at)}${fix.change.text}${link.slice(at + part.length)}`
  return { text: fix.text, change: { kind: 'swap', from: link, to } }
}

function checkIssueAnchor(
  id: string,
  anchor: string,
  link: string,
  place: () => Place,
  catalog: LocatedCatalog,
  problems: Problem[],
): void {
  const issue = catalog.issue.get(id)
  if (!issue) return
  const items = [...catalog.item.values()].filter((item) => item.data.issue === id)
  const anchors = [
    ...new Set([
      ...headingsOf(issue).map((heading) => heading.id),
      ...items.flatMap((item) => [item.data.section, anchorOfItem(item.id)]),
    ]),
  ]
  if (!anchors.includes(anchor)) problems.push(unknownAnchor(anchor, link, place(), anchors))
}

/** Asked for each link that leads to no page; there may be very many of both. */
function oldPathsOf(catalog: LocatedCatalog): ReadonlySet<string> {
  let paths = oldPaths.get(catalog)
  if (!paths) oldPaths.set(catalog, (paths = new Set(oldAddressesOf(catalog).map(({ from }) => from))))
  return paths
}

const oldPaths = new WeakMap<LocatedCatalog, ReadonlySet<string>>()

function unknownAnchor(anchor: string, link: string, place: Place, anchors: readonly string[]): Problem {
  return unexpected(
    'unknown-anchor',
    place,
    'link',
    link,
    anchors.length === 0 ? 'no anchor: that issue has no headings' : `an anchor of that page, ${oneOf(anchors)}`,
    insideOf(
      link,
      anchor,
      didYouMean(anchor, anchors, {
        text: 'remove the part after `#`',
        change: { kind: 'swap', from: link, to: link.slice(0, link.indexOf('#')) },
      }),
    ),
  )
}

/** An old address where something stands today could never answer. */
export function checkOldAddress(address: string, place: () => Place, { idsOf, oldAddresses, problems }: Context): void {
  const path = `/${address.replace(/^\/+|\/+$/g, '')}/`
  const parts = path.split('/').slice(1, -1)
  // What leads elsewhere is a file `index.html` in a folder of that name.
  const page = parts.at(-1) === 'index.html' ? path.replace(/index\.html\/$/, '') : path
  const [, folder = '', id = '', ...more] = page.split('/')
  const kind = Object.hasOwn(folderPages, folder) ? folderPages[folder] : undefined
  const isPage =
    (standingPages as readonly string[]).includes(page) ||
    (kind !== undefined && idsOf(kind)?.has(id) === true && (more.length === 1 || isNumberedPage(folder, more)))
  // Some file systems do not tell capitals from small letters.
  const key = path.toLowerCase()
  // What a file of a thing says of itself may stand in `site.yml` as well, which is asked first.
  const isOfSite = place().file === 'site.yml'
  const isClaimed = !isOfSite && oldAddresses.has(key)
  if (!isOfSite) oldAddresses.add(key)
  // Nothing can be below a file either.
  const isFile = parts.some((_, index) => {
    const file = `/${parts.slice(0, index + 1).join('/')}`
    return isOwnOutput(file, idsOf) || feedFile.test(`${file.toLowerCase()}/`)
  })
  const isOutput = outputFolders.has(folder) || isFile
  if (!isPage && !isClaimed && !isOutput) return
  problems.push(
    unexpected(
      'address-taken',
      place(),
      'old address',
      address,
      isClaimed ? 'an address that is claimed once' : 'an address at which nothing stands today',
      isClaimed ? 'keep it in one of the files that claim it' : 'remove it: what stands there answers already',
    ),
  )
}

/** A list that is long is at `2/`, `3/`, … below the page it begins on; today's may have one page, tomorrow's more. */
function isNumberedPage(folder: string, [number = '', ...more]: readonly string[]): boolean {
  return ['architectures', 'categories', 'topics'].includes(folder) && more.length === 1 && /^\d+$/.test(number)
}

/** Top-level folders and files that a build writes beside the pages of content. */
const outputFolders = new Set([
  ...[
    '_astro',
    'pagefind',
    'social',
    'search',
    'matrix',
    'changes',
    'items',
    'corrections',
    'api',
    'badges',
    'mail',
    'check',
    'logs',
  ],
  ...['index.html', '404.html', 'favicon.svg', 'robots.txt', 'sitemap-index.xml', 'sitemap-0.xml'],
])

/** No page can be where the file of a feed is, or may be one day. */
const feedFile = /\/(?:atom\.xml|rss\.xml|feed\.json)\/$/

function unknownPage(kind: ReferenceKind, id: string, link: string, place: Place, fix: Fix): Problem {
  return { ...unexpected(`unknown-${kind}`, place, `link to ${kind}`, id, homeOfReference[kind], fix), actual: link }
}
