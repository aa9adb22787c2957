/** Something that a change takes away, and who said that it goes. */
import type { Problem } from '#domain/problem.ts'

export interface Loss {
  /** For who will merge it: `claim of armv7 (unsupported, 2019)`. */
  what: string
  /** What is said of it where nobody said that it goes. */
  problem: Problem
  /** `commit 3f2a91c0b7de`, an option or a key of a file; undefined where nobody said so. */
  by: string | undefined
}

/** Of a path was said that something is removed there. */
export interface SaidRemoval {
  /** Inside the content folder; one that ends in a slash means everything below it. */
  path: string
  by: string
}

export type WhoSaid = (file: string) => string | undefined

export function whoSaid(said: readonly SaidRemoval[]): WhoSaid {
  return (file) => said.find(({ path }) => file === path || (isBelievedFolder(path) && file.startsWith(path)))?.by
}

/** Evidence is removed by the line and the file, by commands. What people wrote is named file by file, or it was not seen. */
export function isBelievedFolder(path: string): boolean {
  return path.endsWith('/') && path.startsWith('evidence/')
}
