/** Folders that nobody has used for a while: what earlier runs kept, and what those left that were killed. */
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

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
