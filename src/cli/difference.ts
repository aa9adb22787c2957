/** What `diff` tells, whatever it looks like. */
import type { Problem } from '#domain/problem.ts'
import type { Status } from '#domain/derive.ts'
import { labelOfBasis, labelOfSupport } from '#views/words.ts'
import type { ContentDifference } from '#views/content-difference.ts'

export interface Removal {
  /** In words, names between backticks. */
  what: string
  /** Who said that it goes, in words. */
  by: string
  file: string
}

export interface Difference extends ContentDifference {
  /** Commit with which is compared. */
  base: string
  /** Commit that is compared; undefined for the folder as it is. */
  head: string | undefined
  added: readonly Problem[]
  mended: readonly Problem[]
  /** What is gone because somebody said so. */
  removed: readonly Removal[]
  /** The address of a page: with its host where the site has one. */
  addressOf: (path: string) => string
}

/** `works, claimed`, or `unknown` where nothing is recorded. */
export function statusInWords({ support, basis }: Status): string {
  return basis === 'none' ? labelOfSupport[support] : `${labelOfSupport[support]}, ${labelOfBasis[basis]}`
}

/** Where the status of a cell can be checked: today's, else what it was. */
export function linkOfCell({ from, to }: { from: Status; to: Status }): string | undefined {
  return to.link ?? from.link
}

export function countOfCells({ projects }: ContentDifference): number {
  return projects.reduce((sum, { cells }) => sum + cells.length, 0)
}

export const verbsOfPages = { appear: 'appears', change: 'changes', move: 'moves', go: 'goes' } as const
export const pageChanges = ['appear', 'change', 'move', 'go'] as const

export function isNoDifference(difference: Difference): boolean {
  const { pages, added, mended, removed, evidence, items, registrations, withdrawn } = difference
  const { records, retractions } = evidence
  const lists = [added, mended, removed, records, retractions, items, registrations, withdrawn]
  return (
    countOfCells(difference) === 0 &&
    lists.every(({ length }) => length === 0) &&
    pageChanges.every((kind) => pages[kind].length === 0)
  )
}
