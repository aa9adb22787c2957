/** The folder around a store of files. It is never made here: where it is missing, a disk is not mounted. */
import { existsSync, lstatSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What a content folder has at least one of; evidence may be what a writer has left in the place of one. */
const marks = ['site.yml', 'architectures.yml', 'projects', 'sources']

/** Whether a folder holds content, and is not merely its place: a disk that is not mounted leaves an empty one. */
export function holdsContent(folder: string): boolean {
  return marks.some((name) => existsSync(join(folder, name)))
}

/**
 * Makes a folder within another one that is there.
 * @throws where that is missing, or something else has the name
 */
export function makeFolderIn(path: string): void {
  const parent = dirname(path)
  if (!existsSync(parent)) throw new Error(`${parent} is not there: nothing is written beside it.`)
  if (!lstatSync(path, { throwIfNoEntry: false })) makeOne(path)
}

function makeOne(path: string): void {
  try {
    mkdirSync(path)
  } catch (error) {
    // Another writer was faster.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}
