/** The sites that the browser tests look at: each is built and served on a port of its own by playwright.config.ts. */
import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const home = resolve(import.meta.dirname, '../..')

export interface ServedSite {
  /** Folder of its content, from the root of the repository. */
  content: string
  /** Folder that it is built into, from the root of the repository. */
  folder: string
  port: number
  /** Begins and ends with `/`. */
  base: string
  /** Content is generated before the build: so many projects. */
  generated?: number
}

/** This repository's content. */
export const real: ServedSite = {
  content: 'content',
  folder: '.build/browser-tests',
  port: 4399,
  base: process.env.BASE_PATH || '/',
}

/** Everything as long as it may be, below a path. */
export const fork: ServedSite = {
  content: 'tests/fixtures/fork/content',
  folder: '.build/browser-tests-fork',
  port: 4398,
  base: '/repo/',
}

/** Text that tries to leave its place. */
export const hostile: ServedSite = {
  content: 'tests/fixtures/hostile/content',
  folder: '.build/browser-tests-hostile',
  port: 4397,
  base: '/',
}

/** More projects than a page of the matrix holds. */
export const long: ServedSite = {
  content: '.build/browser-tests-long-content',
  folder: '.build/browser-tests-long',
  port: 4396,
  base: '/repo/',
  generated: 5000,
}

export const servedSites = [real, fork, hostile, long]

/** The address of a site, to which paths without a leading slash are relative. */
export function addressOf({ port, base }: ServedSite): string {
  return `http://localhost:${port}${base}`
}

/** Every page that the sitemap lists, and that of a missing address: paths inside the site, without a leading slash. */
export function everyPage(site: ServedSite): string[] {
  const sitemap = readFileSync(join(home, site.folder, 'sitemap-0.xml'), 'utf8')
  const paths = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) =>
    decodeURIComponent(new URL(address ?? '').pathname.slice(site.base.length)),
  )
  return [...paths, '404.html']
}

/** One page of each kind; of a kind with many pages, the longest one. */
export function pageOfEachKind(site: ServedSite): string[] {
  const longest = new Map<string, { path: string; size: number }>()
  for (const path of everyPage(site)) {
    const kind = path.replace(/^([^/]+)\/[^/]+\//, '$1/*/')
    const { size } = statSync(join(home, site.folder, path.endsWith('/') || path === '' ? `${path}index.html` : path))
    if (size > (longest.get(kind)?.size ?? 0)) longest.set(kind, { path, size })
  }
  return [...longest.values()].map(({ path }) => path)
}
