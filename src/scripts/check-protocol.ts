/** What the check page and its worker say to each other. */
import type { Entry, Report, ReportedPackage } from '#scan/report.ts'
import type { CompactIndex } from '#scan/stack-index.ts'

export const savedFormats = ['json', 'csv', 'markdown'] as const
export type SavedFormat = (typeof savedFormats)[number]

export type CheckRequest =
  /** Begins a new stack: what is known, and the files or the fragment of a shared link. */
  | { kind: 'read'; index: CompactIndex; architecture: string; source: StackSource }
  /** The same stack on another architecture. */
  | { kind: 'judge'; architecture: string }
  | { kind: 'save'; format: SavedFormat; asOf: string; projects: string }

export type StackSource = { files: readonly File[] } | { fragment: string }

export type CheckAnswer =
  | { kind: 'progress'; doing: string }
  | { kind: 'report'; report: ShownReport; fragment: string | undefined }
  | { kind: 'saved'; format: SavedFormat; text: string }
  | { kind: 'failed'; reason: string }

/** A report as a page shows it: whole in its counts, and with no more of each list than a page can hold. */
export interface ShownReport extends Omit<Report, 'entries' | 'others'> {
  entries: ShownEntry[]
  entryCount: number
  others: ReportedPackage[]
  otherCount: number
  /** Components that a shared link counts and does not name. */
  left: number
}

export interface ShownEntry extends Entry {
  packageCount: number
  buildCount: number
}

export const maximumShownEntries = 2000
export const maximumShownOthers = 1000
export const maximumShownPackages = 30
