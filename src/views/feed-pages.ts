/**
 * How the entries of a feed are divided: the feed itself has the newest, archives have all that are finished
 * (RFC 5005). An archive that is full never changes because of what is published later.
 */
import type { FeedEntryParts, FeedEntryView, FeedFormat } from './feed.ts'
import { escapeHtml } from './portable-html.ts'

/** What is known of an entry before anybody has to write it. */
export interface FeedEntry {
  id: string
  published: string
  updated: string
  /** At most so many bytes of a feed, in every format. */
  weight: () => number
  /** All that decides about it beside what everybody sees of its project, as JSON can say it. */
  told: unknown
  view: () => FeedEntryParts
}

export interface FeedSource {
  id: string
  /** Where the feed is: `/changes/` has `/changes/atom.xml`. */
  folder: string
  /** The page that says the same to people. */
  pagePath: string
  title: string
  description: string
  /** The newest first. */
  entries: readonly FeedEntry[]
  /** How many the feed itself has at most. */
  maximum: number
  /** A feed without archives ends with its oldest entry that fits. */
  archive?: {
    /** Where archives are, each in a folder of its own. */
    folder: string
    /** The formats in which archives are written; the feed itself may have more. */
    formats: readonly FeedFormat[]
    /** How many entries an archive has at most; no more than `maximum`. */
    size: number
    /** How many entries all archives have at most: of more, the oldest archives are not written. */
    maximum: number
    /** Entries of two periods are never in one archive, so that what arrives late changes one period alone. */
    periodOf: (entry: FeedEntry) => string
    /** The period that is not over: its last archive is not begun before it can be full. */
    openPeriod: string
  }
}

export interface FeedPage {
  folder: string
  isArchive: boolean
  entries: readonly FeedEntry[]
  /** Folders of the archives before and after it. */
  older: string | undefined
  newer: string | undefined
}

/** Of a feed of 512 kB, what its entries may take. */
export const entriesWeight = 480_000

/** The newest entries that the feed itself has. */
export function currentEntries({ entries, maximum }: FeedSource): FeedEntry[] {
  let weight = 0
  const current: FeedEntry[] = []
  for (const entry of entries.slice(0, maximum)) {
    weight += entry.weight()
    if (current.length > 0 && weight > entriesWeight) break
    current.push(entry)
  }
  return current
}

/** The feed itself, then its archives, the newest first. Together they have every entry, up to `archive.maximum`. */
export function divideFeed(source: FeedSource): FeedPage[] {
  const archives = archivesOf(source)
  const newest = archives.at(-1)
  const current: FeedPage = {
    folder: source.folder,
    isArchive: false,
    entries: currentEntries(source),
    older: newest?.folder,
    newer: undefined,
  }
  const pages = archives.map(({ folder, entries }, index) => ({
    folder,
    isArchive: true,
    entries: entries.toReversed(),
    older: archives[index - 1]?.folder,
    newer: archives[index + 1]?.folder,
  }))
  return [current, ...pages.reverse()]
}

interface Archive {
  folder: string
  entries: FeedEntry[]
}

/** The oldest first, and so are their entries. */
function archivesOf({ entries, maximum, archive }: FeedSource): Archive[] {
  // Nothing is archived before something leaves the feed.
  if (!archive || (entries.length <= maximum && totalWeight(entries) <= entriesWeight)) return []
  const { folder, size, periodOf, openPeriod } = archive
  const archives: Archive[] = []
  let kept = 0
  for (const [period, ofPeriod] of Map.groupBy(entries, periodOf)) {
    const parts = fill(ofPeriod.reverse(), size)
    // The last part of a period that goes on may still grow: the feed itself has it.
    const finished = period === openPeriod ? parts.slice(0, -1) : parts
    for (const [index, part] of [...finished.entries()].reverse()) {
      kept += part.length
      // What is older is not written: of a matrix that has had very many changes it is not even divided.
      if (kept > archive.maximum) return archives.reverse()
      const name = [period, ...(index > 0 || period === '' ? [index + 1] : [])].filter((word) => word !== '').join('-')
      archives.push({ folder: `${folder}${name}/`, entries: part })
    }
  }
  return archives.reverse()
}

function fill(entries: readonly FeedEntry[], size: number): FeedEntry[][] {
  const parts: FeedEntry[][] = []
  let weight = 0
  for (const entry of entries) {
    weight += entry.weight()
    const part = parts.at(-1)
    if (part && part.length < size && weight <= entriesWeight) {
      part.push(entry)
    } else {
      parts.push([entry])
      weight = entry.weight()
    }
  }
  return parts
}

function totalWeight(entries: readonly FeedEntry[]): number {
  return entries.reduce((sum, entry) => sum + entry.weight(), 0)
}

/** What the markup around an entry's texts takes. */
const frameWeight = 1200

/** An entry that is written already. What no feed could carry is left on its page. */
export function entryOf(view: FeedEntryView): FeedEntry {
  const fitting = weigh(view) <= entriesWeight ? view : { ...view, content: onItsPage(view) }
  const weight = weigh(fitting)
  const { id, published, updated } = view
  return { id, published, updated, weight: () => weight, told: fitting, view: () => fitting }
}

function weigh(view: FeedEntryView): number {
  // Text is escaped as JSON in one format and as XML in the others: twice where it is a summary.
  return frameWeight + bytesOf(escapeHtml(JSON.stringify(view))) + bytesOf(escapeHtml(escapeHtml(view.summary)))
}

const encoder = new TextEncoder()

export function bytesOf(text: string): number {
  return encoder.encode(text).length
}

function onItsPage({ summary, address }: FeedEntryView): string {
  return `<p>${escapeHtml(summary)}</p>\n<p>This text is too long for a feed: <a href="${address}">read it on its page</a>.</p>`
}

/** The newest first; entries of one instant in the order of their ids. */
export function newestFirst(a: { published: string; id: string }, b: { published: string; id: string }): number {
  if (a.published !== b.published) return a.published < b.published ? 1 : -1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
