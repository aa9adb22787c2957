/** Where a build begins: settings and content, read once. Pages ask this module and no other. */
import { hash } from 'node:crypto'
import { loadCatalog } from '#catalog/catalog.ts'
import { renderInline, renderMarkdown, type RenderedMarkdown } from '#catalog/markdown.ts'
import type { Catalog } from '#domain/catalog.ts'
import { addressBelow, fullAddress, siteUrlOf } from '#domain/site-address.ts'
import type { ViewContext } from '#views/context.ts'
import { readSettings } from './settings.ts'
import { shared } from './shared.ts'

// `npm run build` and Astro both run in the generator's own folder.
const settings = readSettings(process.env, process.cwd())
const loaded = shared.loaded ?? shared.load?.() ?? loadCatalog(settings.contentFolder, settings.standardFolder)
const errors = loaded.problems.filter((problem) => problem.severity === 'error')
if (errors.length > 0) {
  const shown = errors
    .slice(0, 20)
    .map(({ place, code, reason }) => `${place.file}:${place.line}:${place.column}  ${code}\n  ${reason}`)
  throw new Error(
    `The content has ${errors.length} errors. \`npm run cli -- check\` lists them with their fixes.\n\n${shown.join('\n')}`,
  )
}

export const catalog: Catalog = loaded.catalog
export const { basePath, asOf, contentFolder } = settings
export const siteUrl = siteUrlOf(settings.siteUrl, catalog.site.url)
export const language = catalog.site.language

/** The address of a page of this site, from the root of its host: `/base/matrix/`. */
export function addressOf(path: string): string {
  return addressBelow(basePath, path)
}

/** The address of a page of this site, with its host. */
export function absoluteAddressOf(path: string): string {
  return fullAddress(path, { siteUrl, basePath })
}

/** Markdown as part of a page. */
export function markdown(text: string, idPrefix = ''): RenderedMarkdown {
  const render = () => renderMarkdown(text, { addressOf, idPrefix, deadLinks: catalog.deadLinks })
  if (!shared.rendered || text === '') return render()
  const key = hash('sha256', `${idPrefix}\n${text}`, 'base64url')
  const known = shared.rendered.get(key)
  if (known) return known
  const rendered = render()
  shared.rendered.set(key, rendered)
  return rendered
}

/** A line of Markdown as part of a sentence of a page. */
export function inlineMarkdown(text: string): string {
  return renderInline(text, { addressOf, deadLinks: catalog.deadLinks })
}

export const context: ViewContext = {
  catalog,
  asOf,
  addressOf,
  absoluteAddressOf,
  inline: inlineMarkdown,
  markdown,
}
