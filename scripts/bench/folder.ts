/** A folder for one measurement, in memory where there is room: a disk would be what is measured. */
import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { endRunning } from './run-measured.ts'

/** TMPFS_MAGIC of Linux. */
const tmpfsType = 0x01021994

export interface Room {
  /** How many projects the sites in it have. */
  projects: number
  /** Whether it stays afterwards. */
  isKept?: boolean
}

/** Hands a new folder over and deletes it afterwards, also where the program is interrupted, with whatever still runs. */
export async function withFolder<Of>(
  { projects, isKept = false }: Room,
  work: (folder: string) => Promise<Of>,
): Promise<Of> {
  const folder = mkdtempSync(join(roomyFolder(projects), 'works-on-arm-bench-'))
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

/** Containers often have 64 MB of `/dev/shm`. A project takes a quarter of a megabyte on our side, less on the others. */
function roomyFolder(projects: number): string {
  const memory = '/dev/shm'
  if (!existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  const neededMegabytes = 300 + projects * 0.5
  if ((bavail * bsize) / 1e6 >= neededMegabytes) return memory
  process.stderr.write(`There is no room in ${memory}; what is measured is the disk too.\n`)
  return tmpdir()
}

export function isTmpfs(folder: string): boolean {
  return statfsSync(folder).type === tmpfsType
}
