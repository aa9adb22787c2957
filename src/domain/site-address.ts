/** Addresses of a published site: a host, and the path below which the site lives. */

/** Where a site has no address of its own. */
const unnamedHost = 'https://localhost'

export interface SiteAddress {
  /** Scheme and host: `https://example.org`. */
  siteUrl: string
  /** Begins and ends with `/`. */
  basePath: string
}

/** The host alone, without a slash at its end; undefined where the text says more or less than that. */
export function parseSiteUrl(address: string): string | undefined {
  const url = /^https?:\/\//.test(address) ? URL.parse(address) : null
  return url?.href === `${url?.origin ?? ''}/` ? url.origin : undefined
}

/** `repo`, `/repo` and `/repo/` all mean `/repo/`; undefined where the text is no path. */
export function parseBasePath(path: string | undefined): string | undefined {
  const inner = (path ?? '').replace(/^\/+|\/+$/g, '')
  if (!/^[\w.~/-]*$/.test(inner)) return undefined
  // Browsers and hosts take these out of an address, and so would end somewhere else.
  if (inner !== '' && inner.split('/').some((part) => ['', '.', '..'].includes(part))) return undefined
  return inner === '' ? '/' : `/${inner}/`
}

/**
 * The address of a site: what the environment says wins over what its content says.
 * @param chosen  SITE_URL, where it is set
 * @param written `url` of site.yml
 */
export function siteUrlOf(chosen?: string, written?: string): string {
  return chosen ?? written ?? unnamedHost
}

/** The address of a page from the root of its host: `/base/matrix/`. */
export function addressBelow(basePath: string, path: string): string {
  return `${basePath}${path.replace(/^\//, '')}`
}

/** The address of a page with its host. */
export function fullAddress(path: string, { siteUrl, basePath }: SiteAddress): string {
  if (!plainPath.test(path)) return new URL(addressBelow(basePath, path), siteUrl).href
  const key = `${siteUrl} ${basePath}`
  if (known?.key !== key) known = { key, root: new URL(basePath, siteUrl).href }
  return `${known.root}${path.slice(1)}`
}

/** A path in which an address has nothing to change: parsing it would say the same, and a build asks a million times. */
const plainPath = /^\/(?:[\w-][\w.-]*\/)*(?:[\w-][\w.-]*)?(?:#[\w.-]*)?$/

let known: { key: string; root: string } | undefined
