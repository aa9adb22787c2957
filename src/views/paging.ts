/** Long lists as numbered pages: the first at the plain address, the others at `2/`, `3/`, … below it. */
import type { LinkView } from './links.ts'

/** How many rows a page of a list has. Up to here a list is one page. */
export const rowsOnPage = 150

/** The path of a page of a list. */
export function pagePath(folder: string, page: number): string {
  return page === 1 ? folder : `${folder}${page}/`
}

/** The page on which a row is; both are counted as people count pages and programs rows. */
export function pageOfRow(row: number): number {
  return Math.floor(row / rowsOnPage) + 1
}

export interface PagesView {
  current: number
  last: number
  previous: string | undefined
  next: string | undefined
  /** The first, the last and those around the current one, in order; a gap where some are left out. */
  entries: (LinkView | 'gap')[]
}

const neighbours = 2

export function viewPages(
  folder: string,
  current: number,
  last: number,
  addressOf: (path: string) => string,
): PagesView {
  const addressOfPage = (page: number) => addressOf(pagePath(folder, page))
  const shown = Array.from({ length: last }, (_, index) => index + 1).filter(
    (page) => page === 1 || page === last || Math.abs(page - current) <= neighbours,
  )
  return {
    current,
    last,
    previous: current > 1 ? addressOfPage(current - 1) : undefined,
    next: current < last ? addressOfPage(current + 1) : undefined,
    entries: shown.flatMap((page, index) => [
      ...(index > 0 && page - (shown[index - 1] ?? 0) > 1 ? (['gap'] as const) : []),
      { label: String(page), address: addressOfPage(page) },
    ]),
  }
}
