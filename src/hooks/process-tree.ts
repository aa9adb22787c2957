/**
 * Ends everything that a command has started. A process group holds most of it; what has left the group
 * (a daemon, a session of its own) is known by a variable that every child inherits.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** Variable that marks the processes of a command; its value is random. */
export const markName = 'WORKS_ON_ARM_STEP'

/** How long a process has to end by itself once it is asked to, in milliseconds. */
const grace = 2_000
const lookEvery = 50
/** A program that starts others faster than they are ended is left to the time limit of the machine. */
const passes = 20

/** Asks the processes of a group to end, and ends those that do not. */
export async function endGroup(group: number, isOver: () => boolean): Promise<void> {
  signalGroup(group, 'SIGTERM')
  for (let waited = 0; waited < grace && !isOver(); waited += lookEvery) await pause(lookEvery)
  signalGroup(group, 'SIGKILL')
}

/** Ends whatever is left of a command: its group, then what bears its mark. */
export async function endRest(group: number, mark: string): Promise<void> {
  signalGroup(group, 'SIGKILL')
  for (let pass = 0; pass < passes; pass += 1) {
    const left = processesWith(mark)
    if (left.length === 0) return
    for (const id of left) signal(id, 'SIGKILL')
    await pause(lookEvery)
  }
}

function signalGroup(group: number, name: NodeJS.Signals): void {
  signal(-group, name)
}

function signal(id: number, name: NodeJS.Signals): void {
  try {
    process.kill(id, name)
  } catch {
    // It has ended already.
  }
}

/** Ids of the processes whose environment bears a mark. Where there is no /proc, none is found. */
function processesWith(mark: string): number[] {
  const wanted = `${markName}=${mark}`
  return listOfProcesses().filter((id) => {
    try {
      return readFileSync(`/proc/${id}/environ`, 'latin1').split('\0').includes(wanted)
    } catch {
      // It has ended, or is another user's.
      return false
    }
  })
}

function listOfProcesses(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
  } catch {
    return []
  }
}
