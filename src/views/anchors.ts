/** Ids inside a page: every part that a reader may want to point at has one, and no two are alike. */

import { frameIds } from '#domain/anchors.ts'

export interface ContentsEntry {
  label: string
  address: string
  parts: { label: string; address: string }[]
}

/**
 * Gives out ids, each only once: a wanted id that is taken already gets a number behind it.
 * @param taken ids that the page has anyway, beside those of its frame
 */
export function uniqueIds(taken: Iterable<string> = []): (wanted: string) => string {
  const given = new Set([...frameIds, ...taken])
  return (wanted) => {
    let id = wanted
    for (let count = 2; given.has(id); count += 1) id = `${wanted}-${count}`
    given.add(id)
    return id
  }
}

/** A title as an id: `Build GCC, then cgo` is `build-gcc-then-cgo`. */
export function slugOf(title: string): string {
  const slug = title
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
  return [...slug].slice(0, 64).join('').replace(/^-|-$/g, '') || 'part'
}
