/** How files are told from what they were: by size, times and number, so that none has to be read. */
import { hash } from 'node:crypto'
import { existsSync, lstatSync, readdirSync, statSync, type Stats } from 'node:fs'
import { sep } from 'node:path'

export interface Stamps {
  digest: string
  /** When one of them was changed last, in milliseconds. */
  newest: number
  /** Paths of files that were changed since; links count as the files that they lead to. */
  recent: readonly string[]
}

/**
 * Of files and folders with all that is in them. One of them may be a link to a folder; of links inside, the file that they lead to counts.
 * @param since in milliseconds
 */
export function stampsOf(paths: readonly string[], since = Infinity): Stamps {
  const stamps: string[] = []
  const recent: string[] = []
  let newest = 0
  const add = (name: string, found: Stats) => {
    const { size, mtimeMs, ctimeMs, ino } = found
    newest = Math.max(newest, ...timesOf(found))
    // A folder is what is in it.
    stamps.push(found.isDirectory() ? `${name}/` : `${name} ${size} ${mtimeMs} ${ctimeMs} ${ino}`)
  }
  const look = (path: string, isFollowed: boolean) => {
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (!found) {
      stamps.push(`${path} missing`)
      return
    }
    add(path, found)
    const target = found.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : found
    if (target && target !== found) add(`${path} leads to`, target)
    if (target?.isDirectory() === false && Math.max(...timesOf(found), ...timesOf(target)) > since) recent.push(path)
    // A link inside may lead around in a circle.
    if (target?.isDirectory() && (target === found || isFollowed))
      for (const name of readdirSync(path).sort()) look(inside(path, name), false)
  }
  for (const path of paths) look(path, true)
  return { digest: hash('sha256', stamps.join('\n')), newest, recent }
}

function timesOf({ mtimeMs, ctimeMs }: Stats): [changed: number, nodeChanged: number] {
  return [mtimeMs, ctimeMs]
}

/** `join` would look at every sign of very many paths that are in order. */
function inside(folder: string, name: string): string {
  return `${folder}${sep}${name}`
}

/** Empty where there is no file. */
export function stampOf(path: string): string {
  const found = lstatSync(path, { throwIfNoEntry: false })
  return found ? stampFrom(found) : ''
}

/** Without the time of change of the node: a second name for a file changes it, and a site has many. Names of one file have one stamp. */
export function stampFrom({ size, mtimeMs, ino }: Stats): string {
  return `${size} ${mtimeMs} ${ino}`
}

/** Of every file in a folder, by its path there. */
export function stampsOfSite(site: string): Map<string, string> {
  const stamps = new Map<string, string>()
  const look = (folder: string, prefix: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = inside(folder, entry.name)
      const name = `${prefix}${entry.name}`
      if (entry.isDirectory()) {
        look(path, `${name}/`)
      } else {
        stamps.set(name, stampOf(path))
      }
    }
  }
  if (existsSync(site)) look(site, '')
  return stamps
}
