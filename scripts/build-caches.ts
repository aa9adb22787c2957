/** Folders in which a build or a check keeps what it made for the next one. Deleting them costs time and nothing else. */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Relative to the repository. Whoever adds a cache adds it here: the benchmark deletes these for a build from nothing. */
export const buildCaches: readonly string[] = [
  '.build',
  '.astro',
  'node_modules/.astro',
  'node_modules/.vite',
  'node_modules/.cache/works-on-arm',
]

/** @throws where one of the folders is still there afterwards: a build from nothing would be none */
export function deleteFolders(folders: readonly string[]): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  const left = folders.filter((folder) => existsSync(folder))
  if (left.length > 0) throw new Error(`These folders could not be deleted: ${left.join(', ')}`)
}

/** The caches of a copy of the repository, as absolute paths. */
export function buildCachesOf(home: string): string[] {
  return buildCaches.map((folder) => join(home, folder))
}
