/** Makes the search index of a built site: its prose, not the grid (docs/architecture.md). */
import { readFile } from 'node:fs/promises'
import { close, createIndex } from 'pagefind'
import { inOneOrder } from './order-search-index.ts'
import type { SiteUpdate } from './site-update.ts'

/** Pagefind's own interfaces are not used: the site has one in its own look. */
const unused = /^pagefind-(ui|modular-ui|component-ui|highlight)\./

/**
 * What no excerpt shows, beside what a page marks with `data-pagefind-ignore`. A title is found all
 * the same: Pagefind keeps it as metadata.
 */
const frame = [
  ...['h1', 'nav', 'button', 'caption', 'thead', '[role=status]'],
  ...['.crumbs', '.kicker', '.byline', '.age', '.permalink', '.topic', '.source', '.made-from', '.correct-this'],
  // The status of a cell: the matrix has it.
  '[data-architecture]',
  // What stands below an issue: the way to others.
  'article > footer',
  'aside',
]

/**
 * Pagefind's `writeFiles()` answers before the files are on disk, so they are written here.
 * @throws where Pagefind reports an error
 */
export async function indexSearch(update: SiteUpdate): Promise<number> {
  const { index, errors } = await createIndex({
    includeCharacters: '+#.',
    excludeSelectors: frame,
  })
  if (!index) throw new Error(`Pagefind cannot start: ${errors.join('; ')}`)
  try {
    let pages = 0
    for (const path of pagesOf(update)) {
      const html = await readFile(update.placeOf(path), 'utf8')
      if (!html.includes('data-pagefind-body')) continue
      const added = await index.addHTMLFile({ sourcePath: path, content: withSeams(withoutIgnored(mainOf(html))) })
      if (added.errors.length > 0) throw new Error(`Pagefind cannot index ${path}: ${added.errors.join('; ')}`)
      pages += 1
    }
    const { files, errors: fileErrors } = await index.getFiles()
    if (fileErrors.length > 0) throw new Error(`Pagefind cannot make its files: ${fileErrors.join('; ')}`)
    for (const { path, content } of inOneOrder(files)) {
      if (unused.test(path)) continue
      update.write(`pagefind/${path}`, content)
    }
    return pages
  } finally {
    await close()
  }
}

/** Always in one order, so that the index is the same in two builds. A mail says what a page says. */
function pagesOf(update: SiteUpdate): string[] {
  return [...update.keys().keys()].filter((path) => path.endsWith('.html') && !path.startsWith('mail/')).sort()
}

/** What Pagefind reads of a page, with its language: half of the bytes, and half of the time. */
function mainOf(html: string): string {
  const [opening] = /<html[^>]*>/.exec(html) ?? ['<html>']
  return `${opening}<body>${html.slice(html.indexOf('<main'), html.lastIndexOf('</main>'))}</main></body></html>`
}

/**
 * Elements that Pagefind would leave out: they are most of a project's page, and what is not sent is not read. None of these
 * elements holds another one of its name.
 */
function withoutIgnored(html: string): string {
  return html.replace(/<(p|td|th|tr|h2|ul|aside)\b[^>]*\bdata-pagefind-ignore\b[^>]*>[\s\S]*?<\/\1>/g, '')
}

/**
 * Pages have no white space between elements: without it the words of two cells would become one,
 * and without a mark a heading and the sentence below it.
 */
function withSeams(html: string): string {
  return html
    .replace(/(?<=[\p{L}\p{N})])(?=\s*(?:<a class="permalink[^>]*>[^<]*<\/a>)?\s*<\/h[2-6]>)/gu, ':')
    .replace(/(?<=[\p{L}\p{N})])(?=<\/(?:p|li)>)/gu, ' ·')
    .replace(/<\/(?:dt|dd|th|td|li|h[1-6]|p|div|pre)>|<small/g, ' $&')
}
