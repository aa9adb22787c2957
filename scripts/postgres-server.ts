/**
 * A PostgreSQL server of our own, in a folder for temporary files and behind a socket in that folder:
 * no port, no password, nothing of the system's own servers is touched. For tests and measurements.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { findPostgres } from './ensure-postgres.mjs'

export interface Server {
  /** The process that was started. */
  readonly pid: number
  /** Address of one of its databases, for the role that may do everything, or for another one. */
  address(database?: string, query?: Record<string, string>): string
  /** Ends it as a crash would, its sessions included. */
  kill(): Promise<void>
  /** Starts it again on the same data. */
  restart(): Promise<void>
  /** Ends it and removes its folder. */
  stop(): Promise<void>
}

export interface ServerOptions {
  /** Whether what is committed is on the disk: needed where a crash is tested or time is measured. */
  isDurable: boolean
  /** Lines before the one that trusts everybody who reaches the socket, as in `pg_hba.conf`. */
  access?: string
}

const role = 'works_on_arm'

/** @throws where there is no PostgreSQL, or it does not start */
export async function startPostgres({ isDurable, access = '' }: ServerOptions): Promise<Server> {
  const programs = findPostgres()
  if (programs === undefined) throw new Error('There is no PostgreSQL here: `npm run test:set-up` installs it.')
  const folder = mkdtempSync(join(tmpdir(), 'works-on-arm-postgres-'))
  const identity = unprivileged()
  if (identity) chownSync(folder, identity.uid, identity.gid)
  const data = join(folder, 'data')
  const made = spawnSync(
    join(programs, 'initdb'),
    ['--pgdata', data, '--username', role, '--auth', 'trust', '--encoding', 'UTF8', '--no-locale', '--no-sync'],
    { cwd: folder, encoding: 'utf8', ...identity },
  )
  const remove = () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
  if (made.status !== 0) {
    remove()
    throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`)
  }
  if (access !== '') {
    const rules = join(data, 'pg_hba.conf')
    const trusting = readFileSync(rules, 'utf8')
    rmSync(rules)
    appendFileSync(rules, `${access}\n${trusting}`, { mode: 0o644 })
  }

  let child: ChildProcess
  const start = async () => {
    child = spawn(
      join(programs, 'postgres'),
      [
        ...['-D', data, '-k', folder, '-c', 'listen_addresses='],
        ...(isDurable ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off']),
      ],
      { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], ...identity },
    )
    await untilReady(child)
  }
  const end = async (signal: 'SIGINT' | 'SIGKILL') => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }
  const atExit = () => child.kill('SIGKILL')
  await start().catch((error: unknown) => {
    remove()
    throw error
  })
  process.once('exit', atExit)

  return {
    get pid() {
      return child.pid ?? 0
    },
    address: (database = 'postgres', query = {}) =>
      `postgresql:///${database}?${new URLSearchParams({ host: folder, user: role, ...query }).toString()}`,
    async kill() {
      const sessions = childrenOf(child.pid ?? 0)
      await end('SIGKILL')
      // They notice by themselves, a little later.
      for (const session of sessions) await untilGone(session)
    },
    restart: start,
    async stop() {
      await end('SIGINT')
      process.off('exit', atExit)
      remove()
    },
  }
}

/** PostgreSQL refuses to run as root: then it runs as the user that Debian's package makes for it. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const [uid, gid] = ['-u', '-g'].map((option) => {
    const { status, stdout } = spawnSync('id', [option, 'postgres'], { encoding: 'utf8' })
    return status === 0 ? Number(stdout) : Number.NaN
  })
  if (!uid || !gid) throw new Error('PostgreSQL does not run as root, and there is no user `postgres` to run it as.')
  return { uid, gid }
}

async function untilReady(child: ChildProcess): Promise<void> {
  let log = ''
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => {
      reject(new Error(`PostgreSQL ended while it started:\n${log.slice(-4000)}`))
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (log.length < 100_000) log += text
      if (log.includes('ready to accept connections')) resolve()
    })
  })
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  } catch {
    // Not on Linux: `restart` then waits for them.
    return []
  }
}

async function untilGone(pid: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await pause(25)
  }
}
