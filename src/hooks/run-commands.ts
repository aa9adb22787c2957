/** Runs the commands of a step in a shell, within limits, and leaves no process behind. */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { KeptOutput, type Excerpt } from './kept-output.ts'
import { endGroup, endRest, markName } from './process-tree.ts'

export interface CommandLimits {
  seconds: number
  /** Bytes that the commands may print. */
  outputBytes: number
}

export interface Ended {
  how: 'exited' | 'timeout' | 'output-limit' | 'cancelled' | 'not-started'
  /** Exit code; a shell's word for a signal is 128 and its number. */
  code: number | undefined
  seconds: number
  output: Excerpt
}

/** How long the output of an ended shell is waited for, in milliseconds: a process that escaped may hold it open. */
const lastWords = 1_000

/**
 * Runs commands in `bash`: the first one that fails ends them. Nothing is read from the terminal, and
 * the environment is the given one alone.
 */
export async function runCommands(
  commands: string,
  folder: string,
  environment: Readonly<Record<string, string>>,
  limits: CommandLimits,
  stop: AbortSignal,
): Promise<Ended> {
  const output = new KeptOutput()
  const started = performance.now()
  const ending = (how: Ended['how'], code?: number): Ended => ({
    how,
    code,
    seconds: (performance.now() - started) / 1000,
    output: output.excerpt(),
  })
  if (stop.aborted) return ending('cancelled')
  const mark = randomUUID()
  // One stream for both outputs keeps them in their order.
  const shell = spawn('bash', ['-c', 'exec bash -euo pipefail -c "$1" 2>&1', 'step', commands], {
    cwd: folder,
    env: { ...environment, [markName]: mark },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  })
  const group = shell.pid
  let how: Ended['how'] = 'exited'
  let isOver = false
  let isEnding: Promise<void> | undefined
  const end = (why: Ended['how']) => {
    if (isOver || isEnding !== undefined || group === undefined) return
    how = why
    isEnding = endGroup(group, () => isOver)
  }
  const timer = setTimeout(() => {
    end('timeout')
  }, limits.seconds * 1000)
  const cancel = () => {
    end('cancelled')
  }
  stop.addEventListener('abort', cancel)
  shell.stdout.on('data', (chunk: Buffer) => {
    output.add(chunk)
    if (output.total > limits.outputBytes) end('output-limit')
  })
  const closed = new Promise<void>((resolve) => shell.stdout.once('close', resolve))

  const code = await new Promise<number | undefined>((resolve) => {
    shell.once('error', () => {
      how = 'not-started'
      resolve(undefined)
    })
    shell.once('exit', (exitCode, signal) => {
      resolve(exitCode ?? (signal === null ? undefined : 128 + (signalNumbers.get(signal) ?? 0)))
    })
  })
  isOver = true
  clearTimeout(timer)
  stop.removeEventListener('abort', cancel)
  await isEnding
  if (group !== undefined) await endRest(group, mark)
  const patience = new AbortController()
  await Promise.race([closed, pause(lastWords, undefined, patience).catch(() => undefined)])
  patience.abort()
  shell.stdout.destroy()
  return ending(how, code)
}

const signalNumbers = new Map<NodeJS.Signals, number>([
  ['SIGHUP', 1],
  ['SIGINT', 2],
  ['SIGILL', 4],
  ['SIGABRT', 6],
  ['SIGBUS', 7],
  ['SIGFPE', 8],
  ['SIGKILL', 9],
  ['SIGSEGV', 11],
  ['SIGTERM', 15],
])
