/** Where a site is made before it is moved into its place. */
import { statSync } from 'node:fs'
import { mkdir, mkdtemp } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { leftFor, removeOldFolders } from './remove-old.ts'

/**
 * A new folder on the disk of the output, so that the site can be renamed and need not be copied. The output itself may be a mount point;
 * then nothing beside it helps.
 */
export async function openWorkFolder(home: string, target: string): Promise<string> {
  await mkdir(target, { recursive: true })
  const { dev } = statSync(target)
  const builds = join(home, '.build')
  await mkdir(builds, { recursive: true })
  // Here everything is ours; elsewhere a name tells too little to remove anything.
  removeOldFolders(builds, (name) => name.startsWith('site-'), leftFor)
  // Names that nobody had before: a build that was killed leaves its folder, and in a container the next one has its number.
  const here = () => mkdtemp(join(builds, 'site-'))
  if (statSync(builds).dev === dev || statSync(dirname(target)).dev !== dev) return here()
  // Where nobody may write beside the output, the site is copied.
  return mkdtemp(join(dirname(target), `.${basename(target)}-`)).catch(here)
}
