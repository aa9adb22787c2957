import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { runCommands } from '#hooks/run-commands.ts'
import { folderOf } from '#tests/builders.ts'

const environment = { PATH: process.env.PATH ?? '' }
const limits = { seconds: 30, outputBytes: 1_000_000 }
const never = new AbortController().signal

const inFolder = (commands: string, changes: Partial<typeof limits> = {}, stop = never) => {
  const folder = folderOf({})
  return { folder, ended: runCommands(commands, folder, environment, { ...limits, ...changes }, stop) }
}
const run = async (commands: string, changes: Partial<typeof limits> = {}) => inFolder(commands, changes).ended

/** Waits for something of which nobody knows when it comes. */
async function until(isThere: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (isThere()) return true
    await pause(50)
  }
  return false
}

const idIn = (folder: string, file: string) => {
  const path = join(folder, file)
  return existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0
}

function isOver(id: number): boolean {
  try {
    process.kill(id, 0)
    // Nobody may have asked yet how it ended.
    return /^\d+ \(.*\) Z /.test(readFileSync(`/proc/${id}/stat`, 'utf8'))
  } catch {
    return true
  }
}

/** Runs commands until a process has written down its id, interrupts them, and tells whether it ended. */
async function interrupt(commands: string, file: string) {
  const stop = new AbortController()
  const { folder, ended } = inFolder(commands, {}, stop.signal)
  expect(await until(() => idIn(folder, file) > 1)).toBe(true)
  stop.abort()
  return { ended: await ended, isOver: await until(() => isOver(idIn(folder, file))) }
}

describe('commands', () => {
  test('end with their exit code, and both their outputs are kept in order', async () => {
    const { how, code, output } = await run('echo one; echo two >&2; echo three; exit 3')
    expect({ how, code, head: output.head }).toEqual({ how: 'exited', code: 3, head: 'one\ntwo\nthree\n' })
  })

  test('stop at the first one that fails, also within a pipe', async () => {
    expect(await run('false | cat\necho more')).toMatchObject({ code: 1, output: { head: '' } })
    expect(await run('echo "$NOT_SET"; echo more')).toMatchObject({ code: 1 })
  })

  test('find their own environment and nothing else', async () => {
    process.env.A_TOKEN = 'secret'
    const { output } = await run('env').finally(() => {
      delete process.env.A_TOKEN
    })
    const names = output.head
      .trim()
      .split('\n')
      .map((line) => line.split('=')[0])
    expect(names.sort()).toEqual(['PATH', 'PWD', 'SHLVL', 'WORKS_ON_ARM_STEP', '_'])
  })

  test('read nothing from the terminal', async () => {
    expect(await run('cat; echo end')).toMatchObject({ code: 0, output: { head: 'end\n' } })
  })

  test('that end by a signal tell it as a shell does', async () => {
    expect(await run('kill -SEGV $$')).toMatchObject({ how: 'exited', code: 139 })
  })

  test('that cannot be started say so', async () => {
    const ended = await runCommands('true', folderOf({}), { PATH: '/nowhere' }, limits, never)
    expect(ended).toMatchObject({ how: 'not-started', code: undefined })
  })
})

describe('a limit', () => {
  test('of time ends commands', async () => {
    expect(await run('echo begun; sleep 1000', { seconds: 1 })).toMatchObject({ how: 'timeout' })
  })

  test('of output ends commands that print without end, and little of it is kept', async () => {
    const { how, output } = await run('yes works on arm', { outputBytes: 200_000 })
    expect(how).toBe('output-limit')
    expect(output.leftOut.bytes).toBeGreaterThan(100_000)
    expect(output.head.length + output.tail.length).toBeLessThan(10_000)
  })
})

describe('somebody who interrupts', () => {
  test('ends commands, and has a result', async () => {
    const { ended, isOver } = await interrupt('echo begun; echo $$ > shell; sleep 1000', 'shell')
    expect(ended).toMatchObject({ how: 'cancelled', output: { head: 'begun\n' } })
    expect(isOver).toBe(true)
  })

  test('ends what the commands have started, though it will not end', async () => {
    const stubborn = `sh -c 'trap "" TERM; echo $$ > stubborn; while :; do sleep 0.1; done' & wait`
    expect(await interrupt(stubborn, 'stubborn')).toMatchObject({ ended: { how: 'cancelled' }, isOver: true })
  })

  test('ends a process that has left the group and the terminal of the commands', async () => {
    const daemon = `setsid sh -c 'echo $$ > daemon; exec sleep 1000' & sleep 1000`
    expect(await interrupt(daemon, 'daemon')).toMatchObject({ ended: { how: 'cancelled' }, isOver: true })
  })

  test('keeps commands from starting', async () => {
    const folder = folderOf({})
    const ended = await runCommands('touch here', folder, environment, limits, AbortSignal.abort())
    expect(ended.how).toBe('cancelled')
    expect(existsSync(join(folder, 'here'))).toBe(false)
  })
})

describe('a process that commands leave behind', () => {
  test('ends with them, and keeps nobody waiting', async () => {
    const { folder, ended } = inFolder('sleep 1000 & echo $! > left; echo done')
    expect(await ended).toMatchObject({ how: 'exited', code: 0, output: { head: 'done\n' } })
    expect(await until(() => isOver(idIn(folder, 'left')))).toBe(true)
  })
})
