/** Built pages, parsed. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { DomUtils, parseDocument } from 'htmlparser2'
import type { Site } from './sites.ts'

export type Document = ReturnType<typeof parseDocument>
export type Element = ReturnType<typeof DomUtils.getElementsByTagName>[number]

export interface Page {
  /** Path inside the site: `/matrix/`, `/404.html`. */
  path: string
  /** Path inside the folder of the site. */
  file: string
  html: string
  document: Document
  /** Where an old address leads, as the page says it. */
  redirect: string | undefined
  /** Whether search engines are asked to leave it alone. */
  isHidden: boolean
}

export interface BuiltSite extends Site {
  /** Every file, with `/`. */
  files: ReadonlySet<string>
  /** Every HTML page but mails, which are whole documents of another kind. */
  pages: readonly Page[]
  /** The pages that are no redirect. */
  fullPages: readonly Page[]
}

const known = new Map<string, BuiltSite>()

/** The files of a built site, and its pages. Read once. */
export function readSite(site: Site): BuiltSite {
  const read = known.get(site.folder) ?? readFolder(site)
  known.set(site.folder, read)
  return read
}

function readFolder(site: Site): BuiltSite {
  const files = filesOf(site.folder)
  const pages = files
    .filter((file) => file.endsWith('.html') && !file.startsWith('mail/'))
    .map((file) => parsePage(file, readFileSync(join(site.folder, file), 'utf8')))
  return { ...site, files: new Set(files), pages, fullPages: pages.filter(({ redirect }) => redirect === undefined) }
}

/** Every file below a folder, with `/`, sorted. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll(sep, '/').replace(/^\//, ''))
    .sort()
}

function parsePage(file: string, html: string): Page {
  const document = parseDocument(html)
  const metas = elements(document, 'meta')
  const refresh = metas.find((meta) => meta.attribs['http-equiv']?.toLowerCase() === 'refresh')
  const robots = metas.find((meta) => meta.attribs.name === 'robots')
  return {
    path: `/${file.replace(/(^|\/)index\.html$/, '$1')}`,
    file,
    html,
    document,
    redirect: refresh && /url=(.*)$/i.exec(refresh.attribs.content ?? '')?.[1],
    isHidden: /noindex/.test(robots?.attribs.content ?? ''),
  }
}

export function pageAt(site: BuiltSite, path: string): Page {
  const page = site.pages.find((candidate) => candidate.path === path)
  if (!page) throw new Error(`${site.name} has no page ${path}`)
  return page
}

/** Elements in the order of the document, of one name or of all. */
export function elements(node: Document | Element, name = '*'): Element[] {
  return DomUtils.getElementsByTagName(name, node, true)
}

export function elementById(node: Document | Element, id: string): Element | undefined {
  return elements(node).find((element) => element.attribs.id === id)
}

/** The text of an element, with each run of white space as one space. */
export function textOf(node: Document | Element): string {
  return DomUtils.textContent(node).replace(/\s+/g, ' ').trim()
}

/** What a reader sees or hears of a page: its text, and the attributes that are read out or shown in previews. */
export function wordsOf(page: Page): string {
  const spoken = elements(page.document).flatMap(({ name, attribs }) => [
    ...['alt', 'title', 'aria-label', 'placeholder'].map((attribute) => attribs[attribute] ?? ''),
    name === 'meta' && attribs['http-equiv'] === undefined ? (attribs.content ?? '') : '',
  ])
  const silent = new Set(['script', 'style'])
  const texts: string[] = []
  const collect = (node: Document['children'][number]): void => {
    if ('data' in node && node.type === 'text') texts.push(node.data)
    if ('children' in node && !('name' in node && silent.has(node.name))) node.children.forEach(collect)
  }
  page.document.children.forEach(collect)
  return [...texts, ...spoken].join('\n')
}

export interface Address {
  element: Element
  attribute: string
  value: string
}

const addressAttributes = ['href', 'src', 'action', 'formaction', 'poster', 'data', 'cite', 'background', 'srcset']

/** Every address that a page names in an attribute. */
export function addressesOf(page: Page): Address[] {
  const addresses = elements(page.document).flatMap((element) =>
    addressAttributes.flatMap((attribute) => {
      const value = element.attribs[attribute]
      if (value === undefined) return []
      const values =
        attribute === 'srcset' ? value.split(',').map((part) => part.trim().split(/\s+/)[0] ?? '') : [value]
      return values.map((address) => ({ element, attribute, value: address }))
    }),
  )
  const [meta] = page.redirect === undefined ? [] : elements(page.document, 'meta')
  return meta && page.redirect !== undefined
    ? [...addresses, { element: meta, attribute: 'content', value: page.redirect }]
    : addresses
}

/** The address of a page with its host. */
export function addressOfPage(site: Site, path: string): string {
  return `${site.origin}${site.basePath}${path.slice(1)}`
}

/** The file that a static host answers an address of the site with, or undefined where it is not of the site. */
export function fileAt(site: Site, address: URL): string | undefined {
  if (address.origin !== site.origin || !address.pathname.startsWith(site.basePath)) return undefined
  const path = decodeURIComponent(address.pathname.slice(site.basePath.length))
  return path === '' || path.endsWith('/') ? `${path}index.html` : path
}

/** The first of many faults: one that is on every page is not told a hundred times. */
export function firstOf(faults: readonly string[]): string[] {
  return faults.length > 10 ? [...faults.slice(0, 10), `… and ${faults.length - 10} more`] : [...faults]
}
