/** Folders that nobody has used for a while: what earlier runs kept, and what those left that were killed. */
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** @param milliseconds since a folder was last touched */
export function removeOldFolders(parent: string, isMeant: (name: string) => boolean, milliseconds: number): void {
  for (const name of readdirSync(parent)) {
    const folder = join(parent, name)
    if (!isMeant(name)) continue
    const found = statSync(folder, { throwIfNoEntry: false })
    if (found && found.mtimeMs < Date.now() - milliseconds) rmSync(folder, { recursive: true, force: true })
  }
}
