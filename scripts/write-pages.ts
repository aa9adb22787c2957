/** Writes the pages of a site, and their list for search engines. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from '../src/site/program.ts'
import { writeSitemap } from './write-sitemap.ts'

export async function writePages(
  pages: readonly Page[],
  absoluteAddressOf: (path: string) => string,
  folder: string,
): Promise<void> {
  const made = new Set<string>()
  for (const page of pages) {
    const file = join(folder, fileOfPage(page))
    if (!made.has(dirname(file))) {
      mkdirSync(dirname(file), { recursive: true })
      made.add(dirname(file))
    }
    writeFileSync(file, await page.render(), { flag: 'wx' })
  }
  await writeSitemap(
    pages.filter(isListed).map(({ path }) => absoluteAddressOf(path === '' ? '/' : `/${path}/`)),
    (name) => absoluteAddressOf(`/${name}`),
    folder,
  )
}

function fileOfPage({ path, isHtml }: Page): string {
  if (!isHtml) return path
  return path === '404' ? '404.html' : join(path, 'index.html')
}

/** Pages that only lead to another one are no answers, and neither is that of a missing address. */
function isListed({ path, component, isHtml }: Page): boolean {
  return isHtml && path !== '404' && component !== 'src/pages/[...redirect].astro'
}
