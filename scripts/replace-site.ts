/** Puts a site into the place of another one, whole. */
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Every site has them, and what is no site has not. */
const marks = ['404.html', 'sitemap-index.xml']

/** Whether a folder that has these names in it is empty, or a site, or what is left of one by somebody who was killed. */
export function isOurs(names: readonly string[]): boolean {
  return marks.every((mark) => names.includes(mark)) || names.every((name) => marks.includes(name))
}

/**
 * Empties the target, then moves everything into it; the target itself may be a mount point.
 * @returns whether they are the same files as before, and no copies
 */
export async function replaceSite(from: string, to: string): Promise<boolean> {
  await mkdir(to, { recursive: true })
  for (const name of await readdir(to))
    // What tells a site from other folders is there until the next one has it: whoever is killed in between may build again.
    if (!marks.includes(name)) await rm(join(to, name), { recursive: true, force: true })
  const names = (await readdir(from)).filter((name) => !marks.includes(name))
  let isMoved = true
  for (const name of [...marks, ...names]) {
    try {
      await rename(join(from, name), join(to, name))
    } catch {
      // A folder stands where a file goes, or the target is another disk than everything beside it.
      await rm(join(to, name), { recursive: true, force: true })
      await cp(join(from, name), join(to, name), { recursive: true })
      isMoved = false
    }
  }
  return isMoved
}
