/**
 * A lock between processes that the operating system releases when its holder dies, at any moment
 * and by any signal: the lock on an SQLite file. A file with a process id in it would have to be
 * judged, and two judges can err together (docs/decisions/0009-evidence-store.md).
 */
import { createHash } from 'node:crypto'
import { mkdirSync, realpathSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const waitMilliseconds = 120_000
/** SQLITE_BUSY. */
const busy = 5

/**
 * Runs `work` while no other process on this machine holds the lock of a folder.
 * @throws where another one holds it for two minutes
 */
export function withLock<T>(folder: string, work: () => T): T {
  const release = takeLock(realpathSync(folder), waitMilliseconds)
  if (!release) throw new Error(`Another program has been writing to ${folder} for two minutes.`)
  try {
    return work()
  } finally {
    release()
  }
}

/**
 * Takes the lock of a folder, which need not exist. Nothing else of this process runs while it waits.
 * @param folder without links
 * @returns what releases it; undefined where another process still holds it
 */
export function takeLock(folder: string, milliseconds: number): (() => void) | undefined {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 32)
  // Outside of the content, which holds nothing but content.
  const locks = join(tmpdir(), `works-on-arm-${userInfo().uid}`)
  mkdirSync(locks, { recursive: true, mode: 0o700 })
  const database = new DatabaseSync(join(locks, `${name}.lock`))
  try {
    database.exec(`PRAGMA busy_timeout = ${milliseconds}`)
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === busy) return undefined
    throw error
  }
  return () => {
    database.close()
  }
}
