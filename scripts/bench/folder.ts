/** A folder for one measurement, in memory where the system has room there: a disk would be what is measured. */
import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { endRunning } from './run-measured.ts'

/** TMPFS_MAGIC of Linux. */
const tmpfsType = 0x01021994

/** Hands a new folder over and deletes it afterwards, also where the program is interrupted, with whatever still runs. */
export async function withFolder<Of>(isKept: boolean, work: (folder: string) => Promise<Of>): Promise<Of> {
  const memory = '/dev/shm'
  const folder = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'works-on-arm-bench-'))
  const leave = () => {
    endRunning()
    if (isKept) process.stderr.write(`What was measured is kept in ${folder}\n`)
    else rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  const stop = (signal: NodeJS.Signals) => {
    leave()
    process.stderr.write(`Interrupted (${signal}).\n`)
    process.exit(130)
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    return await work(folder)
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
    leave()
  }
}

export function isTmpfs(folder: string): boolean {
  return statfsSync(folder).type === tmpfsType
}
