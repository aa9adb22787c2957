/** The folder in which a recipe runs, and what happens when somebody interrupts it. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { World } from './world.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Hands a new folder to `work`, and a signal that is raised when this process is asked to end: then `work`
 * ends what runs, and still answers. Afterwards the folder is gone, unless it is to be kept.
 */
export async function inScratchFolder<T>(
  keep: boolean,
  world: World,
  work: (folder: string, stop: AbortSignal) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'works-on-arm-run-'))
  const stop = new AbortController()
  const interrupted = () => {
    stop.abort()
  }
  for (const signal of signals) process.on(signal, interrupted)
  try {
    return await work(folder, stop.signal)
  } finally {
    stop.abort()
    for (const signal of signals) process.removeListener(signal, interrupted)
    if (keep) world.tell(`The folder of the run is kept: ${folder}\n`)
    else if (!remove(folder)) world.tell(`The folder of the run could not be removed: ${folder}\n`)
  }
}

function remove(folder: string): boolean {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  } catch {
    // Some builds take the right to write away, even from folders.
    spawnSync('chmod', ['-R', 'u+rwX', folder])
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch {
      return false
    }
  }
  return true
}
