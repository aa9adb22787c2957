import { lstatSync, type Stats } from 'node:fs'
import { relative, resolve } from 'node:path'
import { shownPath } from './options.ts'
import { CannotRun, type World } from './world.ts'

/**
 * The path inside the content folder of what somebody named: as seen from the folder that they are in, else from
 * the content folder, as documents and `removes:` name it.
 * @param fits which entries may be meant; links are not followed, since no build follows them either
 */
export function pathInContent(
  name: string,
  folder: string,
  world: World,
  fits: (entry: Stats) => boolean = () => true,
): string {
  let isOutside = false
  let isOther = false
  for (const path of [resolve(world.directory, name), resolve(folder, name)]) {
    const entry = lstatSync(path, { throwIfNoEntry: false })
    if (!entry) continue
    const inside = relative(folder, path).replaceAll('\\', '/')
    if (inside === '..' || inside.startsWith('../')) isOutside = true
    else if (fits(entry)) return inside
    else isOther = true
  }
  if (isOther) throw new CannotRun(`\`${name}\` is a folder or a link, expected one file of the content.`)
  if (!isOutside) throw new CannotRun(`There is no file \`${name}\`.`)
  throw new CannotRun(`\`${name}\` is no file of the content, which is in \`${shownPath(folder, world) || '.'}\`.`)
}
