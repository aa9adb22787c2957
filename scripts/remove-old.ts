/** Folders that nobody has used for a while: what earlier runs kept, and what those left that were killed. */
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** No build takes a day: what builds leave that were killed goes after that, in milliseconds. */
export const leftFor = 24 * 60 * 60 * 1000

/**
 * Whatever cannot be removed stays.
 * @param milliseconds since a folder was last touched
 */
export function removeOldFolders(parent: string, isMeant: (name: string) => boolean, milliseconds: number): void {
  for (const name of readdirSync(parent).filter(isMeant)) {
    const folder = join(parent, name)
    try {
      if (statSync(folder).mtimeMs < Date.now() - milliseconds) rmSync(folder, { recursive: true, force: true })
    } catch {
      // Another build removed it, or it is somebody else's.
    }
  }
}
