/** Puts a site that was kept into its place, where a build would make just that one. */
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { KeptSite, renewKept } from './kept-site.ts'
import type { LastBuild } from './last-build.ts'
import { replaceSite } from './replace-site.ts'
import { stampsOfSite } from './stamps.ts'
import { openWorkFolder } from './work-folder.ts'

/**
 * Whatever stands in the place is built upon, and stays.
 * @returns whether the site is in its place now
 * @throws where it cannot be written
 */
export async function restoreSite(
  home: string,
  keptFolder: string,
  output: string,
  lastBuild: LastBuild,
): Promise<boolean> {
  if (existsSync(output) && (await readdir(output)).length > 0) return false
  const kept = KeptSite.open(keptFolder)
  if (!kept) return false
  let folder: string | undefined
  try {
    if (!lastBuild.makes(kept.facts)) return false
    folder = await openWorkFolder(home, output)
    const stamps = await kept.write(folder)
    if (!stamps) return false
    lastBuild.forget()
    const fresh = (await replaceSite(folder, output)) ? stamps : stampsOfSite(output)
    const files = new Map(Array.from(kept.files, ([path, { key }]) => [path, key]))
    lastBuild.remember({ files, fresh, ...kept.facts })
    renewKept(keptFolder)
    return true
  } finally {
    kept.close()
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  }
}
