/** Writes the pages of a site, and their list for search engines. */
import { join } from 'node:path'
import type { Page } from '../src/site/program.ts'
import type { SiteUpdate } from './site-update.ts'
import { serializeSitemap } from './sitemap.ts'

export async function writePages(
  pages: readonly Page[],
  absoluteAddressOf: (path: string) => string,
  update: SiteUpdate,
): Promise<void> {
  for (const page of pages) {
    const path = fileOfPage(page)
    if (!update.keeps(path, page.key)) update.write(path, await page.render(), page.key)
  }
  const listed = pages.filter(isListed).map(({ path }) => absoluteAddressOf(path === '' ? '/' : `/${path}/`))
  for await (const { name, text } of serializeSitemap(listed, absoluteAddressOf)) update.write(name, text)
}

function fileOfPage({ path, isHtml }: Page): string {
  if (!isHtml) return path
  return path === '404' ? '404.html' : join(path, 'index.html')
}

/** Pages that only lead to another one are no answers, and neither is that of a missing address. */
function isListed({ path, component, isHtml }: Page): boolean {
  return isHtml && path !== '404' && component !== 'src/pages/[...redirect].astro'
}
