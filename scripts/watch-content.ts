/** Tells of changes in a content folder, wherever it is. */
import { readdirSync, watch, type FSWatcher } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { kinds } from '../src/catalog/kinds.ts'
import { logFolder } from '../src/domain/run-log.ts'

/** Milliseconds without another change, after which an edit is taken for finished. Editors write a file in several steps. */
const pause = 30

/**
 * Folders are watched, not files: there are few, and a `watch` of Node that descends by itself opens every file on Linux.
 * @returns what ends it
 */
export function watchContent(folder: string, changed: () => void): () => void {
  let watchers: FSWatcher[] = []
  let timer: NodeJS.Timeout | undefined
  const noticed = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      // Folders may have come and gone, also under the same name.
      open()
      changed()
    }, pause)
  }
  const close = () => {
    for (const watcher of watchers) watcher.close()
    watchers = []
  }
  const open = () => {
    close()
    watchers = [
      ...watchFolder(dirname(folder), (name) => {
        if (name === null || name === basename(folder)) noticed()
      }),
      ...foldersIn(folder).flatMap((path) => watchFolder(path, noticed)),
    ]
  }
  open()
  return () => {
    clearTimeout(timer)
    close()
  }
}

function watchFolder(path: string, noticed: (name: string | null) => void): FSWatcher[] {
  try {
    const watcher = watch(path, { persistent: false }, (_, name) => {
      noticed(name)
    })
    watcher.on('error', () => {
      noticed(null)
    })
    return [watcher]
  } catch {
    // It is not there. Where it comes, the folder around it tells.
    return []
  }
}

/** The folders whose files are read. Logs come with a record that leads to them. */
function foldersIn(folder: string): string[] {
  const ofKinds = Object.values(kinds).map((kind) => join(folder, kind.folder))
  return [folder, ...ofKinds, ...foldersBelow(join(folder, 'evidence'), join(folder, logFolder))]
}

function foldersBelow(folder: string, except: string): string[] {
  if (folder === except) return []
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return [
      folder,
      ...entries
        .filter((entry) => entry.isDirectory())
        .flatMap((entry) => foldersBelow(join(folder, entry.name), except)),
    ]
  } catch {
    return []
  }
}
