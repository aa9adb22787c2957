import { once } from 'node:events'
import { isIPv6 } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { jsonLog } from '#hooks/receive-log.ts'
import { Receiver } from '#hooks/receive-server.ts'
import { openDatabase } from '#store/open-store.ts'
import { ThreadedStore } from '#store/threaded-store.ts'
import { commonOptions, contentFolder, storeAddress, storeOption } from './options.ts'
import { lookUpOf } from './receive-look-up.ts'
import { LiveRegistrations } from './receive-registrations.ts'
import { receiveSettings } from './receive-settings.ts'
import { CannotRun, type World } from './world.ts'

export const receiveHelp = `receive [--host ADDRESS] [--port NUMBER] [--store ADDRESS] [--content DIR]
  Takes webhooks and reports, and keeps them as evidence: an HTTP server.
  POST /hooks/github, /hooks/gitlab, /hooks/buildkite, /reports; GET /healthz
  --store ADDRESS where it keeps them: \`postgresql://user@host/database\`, else the files of the content
  --host ADDRESS  127.0.0.1 where it is left out: a proxy in front of it speaks TLS
  --port NUMBER   8787 where it is left out, 0 for any that is free
  Who may send, by environment: GITHUB_WEBHOOK_SECRET, GITLAB_SIGNING_TOKEN, GITLAB_WEBHOOK_TOKEN,
  BUILDKITE_WEBHOOK_TOKEN, GITHUB_OIDC_AUDIENCE; docs/evidence.md has the rest.
  With GITHUB_TOKEN or GITLAB_TOKEN a webhook is a hint: its run is asked for, as \`pull\` does`

const options = {
  ...commonOptions,
  ...storeOption,
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '8787' },
} as const

/** @returns exit code: 0 stopped as it was told to */
export async function receive(args: readonly string[], world: World): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  if (positionals.length > 0) throw new CannotRun('`receive` takes options alone.')
  const port = portOf(values.port)
  const folder = contentFolder(values, world)
  // A server outlives the instant at which it was started.
  const clock = () => Date.now()
  const log = jsonLog((line) => {
    world.tell(line)
  }, clock)
  const registrations = new LiveRegistrations(folder, join(world.home, 'content'), log, clock)
  const { senders, warnings, takes } = receiveSettings(world.environment, registrations.site.url, clock)
  // Waiting for the disk would hold up every answer, so files have a thread of their own.
  const database = storeAddress(values, world)
  const store =
    database === undefined ? new ThreadedStore(join(folder, 'evidence'), folder) : await openDatabase(database)
  const lookUp = lookUpOf(world.environment, { registrations: () => registrations.now(), store, clock, log })
  const receiver = new Receiver({
    ...(lookUp ? { lookUp } : {}),
    senders,
    registrations: () => registrations.now(),
    store,
    probe: async () => {
      await store.probe()
    },
    clock,
    log,
  })

  // Whoever reads the address may send a signal at once.
  const reload = () => {
    registrations.reload()
  }
  process.on('SIGHUP', reload)
  const toldToStop = signalToStop()
  const address = await receiver.listen(values.host, port)
  const origin = `http://${isIPv6(address.address) ? `[${address.address}]` : address.address}:${address.port}`
  for (const warning of warnings) log(warning)
  const known = registrations.now().registrations.size
  log({
    level: 'info',
    event: 'listening',
    address: origin,
    takes: takes.join(', '),
    looksUp: (lookUp?.providers ?? []).join(', '),
    registrations: known,
  })
  if (known === 0) log({ level: 'warning', event: 'nothing-registered' })
  world.answer(values.json ? `${JSON.stringify({ address: origin })}\n` : `${origin}\n`)

  const signal = await toldToStop
  log({ level: 'info', event: 'stopping', signal })
  await receiver.stop()
  await store.close()
  process.off('SIGHUP', reload)
  log({ level: 'info', event: 'stopped' })
  return 0
}

function portOf(word: string): number {
  if (/^\d{1,5}$/.test(word) && Number(word) <= 65_535) return Number(word)
  throw new CannotRun(`Unexpected port \`${word}\`, expected a number from 0 to 65535.`)
}

/** When somebody wants it to end. The same signal once more ends it at once. */
async function signalToStop(): Promise<string> {
  const waiting = new AbortController()
  const signals = ['SIGTERM', 'SIGINT'] as const
  const first = await Promise.race(
    signals.map(async (signal) => {
      await once(process, signal, { signal: waiting.signal })
      return signal
    }),
  )
  waiting.abort()
  return first
}
