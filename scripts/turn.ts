/** Builds that write to one folder take turns: two at once would each build upon what the other one takes away. */
import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import process from 'node:process'
import { takeLock } from '../src/store/lock.ts'

/** No build takes so long, in milliseconds: an hour. */
const patience = 60 * 60 * 1000

export interface Turn {
  /** Whether another build has written there meanwhile. */
  hasWaited: boolean
  /** A process that ends in any way has ended its turn too. */
  end: () => void
}

/** Waits for another build that writes to the folder. @throws where that does not end */
export function takeTurn(output: string): Turn {
  const folder = withoutLinks(output)
  const end = lock(folder, 0)
  if (end) return { hasWaited: false, end }
  process.stderr.write(`Another build is writing to ${output}: this one waits until it is done.\n`)
  const endLater = lock(folder, patience)
  if (!endLater) throw new Error(`Another build has been writing to ${output} for an hour.`)
  return { hasWaited: true, end: endLater }
}

function lock(folder: string, milliseconds: number): (() => void) | undefined {
  try {
    return takeLock(folder, milliseconds)
  } catch {
    // Where nobody may write a temporary file, a site can be built all the same.
    return () => undefined
  }
}

/** Of a folder that need not exist yet. */
function withoutLinks(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : join(withoutLinks(dirname(folder)), basename(folder))
}
