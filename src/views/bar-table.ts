/** Numbers in a table, and what they add up to as a bar: a row an architecture, a category, an age. */
import { supportGroups, type SupportGroup } from '#domain/status-words.ts'
import type { LinkView } from './links.ts'
import { viewSupportBar, type BarPart } from './support-bar.ts'
import type { Tally } from './tally.ts'
import { labelOfGroup } from './words.ts'

/** What a row is about. */
export interface RowName {
  link: LinkView
  /** The architecture that it is about, where it is about one. */
  architecture: string | undefined
  /** What is said behind the name. */
  remark: string | undefined
}

export interface BarRow extends RowName {
  /** A number for each column but the last. */
  numbers: number[]
  /** What the bar stands for, in figures: `12`, or `12 of 14`. */
  sum: string
  /** How long the bar is, in words. */
  share: string
  /** How long a full bar is. */
  whole: number
  parts: BarPart[]
}

export interface BarTableView {
  /** What its rows are. */
  head: string
  /** The last one has the bar. A group is shown with its sign. */
  columns: { label: string; group?: SupportGroup; tone?: string }[]
  rows: BarRow[]
}

/** What is counted, and where. */
export type CountedRow = RowName & Tally

const shownGroups = supportGroups.filter((group) => group !== 'not-known')

/** How many projects have which support, by architecture or by category. */
export function viewSupportTable(head: string, rows: readonly CountedRow[]): BarTableView {
  const hasOneTotal = new Set(rows.map(({ total }) => total)).size < 2
  return {
    head,
    columns: [
      ...shownGroups.map((group) => ({ label: labelOfGroup[group], group })),
      { label: 'fresh' },
      { label: hasOneTotal ? 'known' : 'known, of all' },
    ],
    rows: rows.map(({ link, architecture, remark, counts, known, fresh, total }) => ({
      link,
      architecture,
      remark,
      numbers: [...counts.filter(({ group }) => group !== 'not-known').map(({ count }) => count), fresh],
      sum: hasOneTotal ? String(known) : `${known} of ${total}`,
      share: shareInWords(known, total),
      whole: total,
      parts: viewSupportBar(counts),
    })),
  }
}

/** `58 %`; nothing of nothing is `0 %`. */
export function shareInWords(part: number, whole: number): string {
  return `${whole === 0 ? 0 : Math.round((100 * part) / whole)} %`
}
