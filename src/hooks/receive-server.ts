/**
 * The receiver: an HTTP server for what CI systems and jobs send. Nothing that arrives can stop it,
 * fill its memory, or be kept unless its sender has shown who they are; what is answered with 202 is kept.
 */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { toInstant } from '#domain/clock.ts'
import type { Door } from '#ingest/attribute.ts'
import type { ReceivingStore } from '#store/evidence-store.ts'
import { hearOut, sendRefusal, sendTold, type Problematic } from './receive-answers.ts'
import { readBody, refuseUnread } from './receive-body.ts'
import { GroupCommit } from './receive-commit.ts'
import { StoreHealth } from './receive-health.ts'
import { HintQueue, type Hint } from './receive-hints.ts'
import { Intake, type Hold } from './receive-intake.ts'
import { limitsOf, type ReceiverLimits } from './receive-limits.ts'
import { createListener } from './receive-listener.ts'
import { entryOf, QuietLog, type Log, type Outcome } from './receive-log.ts'
import { contentMissing, refusals, refuse, type Refusal } from './receive-refusals.ts'
import { routesFor, type Route, type Senders } from './receive-routes.ts'
import type { Desk, Taken } from './receive-webhooks.ts'

/** Registrations as they were last read. */
export interface KnownRegistrations extends Pick<Door, 'registrations' | 'words' | 'projectOf'> {
  /** The content that they stand in is not there: nobody knows whether they still hold. */
  isGone?: boolean
}

export interface ReceiverOptions {
  senders: Senders
  /** The registrations of this moment. */
  registrations: () => KnownRegistrations
  store: ReceivingStore
  /** Rejects where the store cannot be written. */
  probe?: () => Promise<void>
  /** Looks a run up at its provider, for the providers that there is a token for. */
  lookUp?: { providers: readonly string[]; hint: Hint }
  /** Milliseconds since 1970. */
  clock: () => number
  log: Log
  limits?: Partial<ReceiverLimits>
}

export class Receiver {
  readonly intake: Intake
  readonly commits: GroupCommit
  readonly hints: HintQueue | undefined
  private readonly options: ReceiverOptions
  private readonly limits: ReceiverLimits
  private readonly routes: ReadonlyMap<string, Route>
  private readonly server: Server
  /** About requests that are refused. */
  private readonly quiet: QuietLog
  /** About what goes wrong here. */
  private readonly troubles: QuietLog
  private readonly storeHealth: StoreHealth
  /** When the store last failed. */
  private failedAt = 0
  private running = 0
  private isStopping = false

  constructor(options: ReceiverOptions) {
    const { senders, store, lookUp, log, clock } = options
    this.options = options
    this.limits = limitsOf(options.limits)
    this.routes = routesFor(senders)
    this.intake = new Intake(this.limits.intake)
    this.quiet = new QuietLog(log, clock, this.limits.refusalLinesPerSecond)
    this.troubles = new QuietLog(log, clock, this.limits.troubleLinesPerSecond)
    this.commits = new GroupCommit(store, this.limits.commit, (error) => {
      this.failedAt = clock()
      this.troubles.tell({ level: 'error', event: 'store-failed', reason: messageOf(error) })
    })
    this.hints =
      lookUp &&
      new HintQueue(lookUp.hint, this.limits.hints, ({ provider, repository, runId }, error) => {
        const reason = messageOf(error)
        this.troubles.tell({ level: 'error', event: 'look-up-failed', provider, repository, runId, reason })
      })
    const { probe = async () => await Promise.resolve() } = options
    this.storeHealth = new StoreHealth(probe, clock, this.limits.probeMilliseconds)
    this.server = createListener({
      limits: this.limits,
      intake: this.intake,
      handle: (request, response) => {
        // What cannot even be told to the log is no reason to end.
        this.handle(request, response).catch(() => request.socket.destroy())
      },
      onRefusal: ({ status, code }) => {
        this.quiet.tell({ level: 'warning', event: 'refused', status, outcome: code })
      },
      onError: (error) => {
        this.troubles.tell({ level: 'error', event: 'server-failed', reason: error.message })
      },
    })
  }

  /** How many requests are being answered. */
  get requests(): number {
    return this.running
  }

  /** Listens. Port 0 is any that is free. */
  async listen(host: string, port: number): Promise<AddressInfo> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen(port, host, () => {
        this.server.off('error', reject)
        resolve()
      })
    })
    // A server that listens on a port has an address of this kind.
    return this.server.address() as AddressInfo
  }

  /** Takes nothing new, and ends when what has come is answered. */
  async stop(): Promise<void> {
    this.isStopping = true
    const closed = new Promise((resolve) => this.server.close(resolve))
    this.server.closeIdleConnections()
    const timers = [
      setTimeout(() => {
        this.intake.dropOwing()
      }, this.limits.partMilliseconds),
      setTimeout(() => {
        this.server.closeAllConnections()
      }, this.limits.stopMilliseconds),
    ]
    await closed
    // All are answered by now. What a store that hangs still has was never answered with 202.
    await Promise.race([this.commits.idle(), sleep(this.limits.partMilliseconds, undefined, { ref: false })])
    for (const timer of timers) clearTimeout(timer)
    await this.hints?.stop()
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = performance.now()
    const id = randomUUID()
    const path = request.url?.split('?')[0] ?? ''
    response.setHeader('x-request-id', id)
    response.on('error', () => undefined)
    this.running += 1
    let outcome: Outcome
    try {
      outcome = await this.answer(request, response, id, path)
    } catch (error) {
      this.troubles.tell({ level: 'error', event: 'internal-error', request: id, reason: messageOf(error) })
      outcome = await this.refuse(response, refuse(refusals.internal, 'The log has a line about it.'), id)
    } finally {
      this.running -= 1
    }
    const isHealth = path === '/healthz'
    const entry = entryOf(request, id, this.routes.has(path) || isHealth ? path : 'unknown', outcome, startedAt)
    if (outcome.status >= 400) this.quiet.tell(entry)
    else if (!isHealth) this.options.log(entry)
  }

  private async answer(request: IncomingMessage, response: ServerResponse, id: string, path: string): Promise<Outcome> {
    const refused = async (refusal: Refusal) => await this.refuse(response, refusal, id)
    if (path === '/healthz') return await this.health(request, response, id)
    const route = this.routes.get(path)
    if (!route) return await refused(refuse(refusals.notFound, 'Look at docs/evidence.md for the addresses.'))
    if (request.method !== 'POST') return await refused(wrongMethod('POST'))
    if (this.isStopping) return await refused(refuse(refusals.stopping, 'Send it again when it is back.'))
    if (this.running > this.limits.running)
      return await refused(refuse(refusals.busy, 'Send it again: it was not read.'))
    const unread = refuseUnread(request, route.types, route.maximumBytes)
    if (unread) return await refused(unread)

    const receivedAt = this.options.clock()
    const desk = this.desk(receivedAt)
    const admitted = await route.admit(request.headers, desk)
    if (admitted.refusal) return await refused(admitted.refusal)

    const hold = this.intake.hold(request.socket)
    const { body, refusal, aborted } = await readBody(request, response, route.maximumBytes, hold)
    if (body) return await this.take(admitted.read(body, receivedAt), hold, response, id)
    hold.release()
    return aborted ? { status: 499, outcome: 'aborted' } : await refused(refusal)
  }

  /** Answers a delivery that has come whole, as soon as it is known what became of it. */
  private async take(taking: Promise<Taken>, hold: Hold, response: ServerResponse, id: string): Promise<Outcome> {
    const { socket } = response.req
    this.intake.begin(socket)
    try {
      // Where the answer does not wait for it, its bytes are still held.
      const { told, refusal, problems } = await this.inTime(taking.finally(hold.release))
      if (refusal) return await this.refuse(response, refusal, id, problems)
      if (this.isStopping) response.setHeader('connection', 'close')
      sendTold(response, 202, { ...told })
      return { status: 202, outcome: told.became, added: told.added }
    } finally {
      this.intake.end(socket)
    }
  }

  /** No sender waits longer than ten seconds; what is kept after that is known when it is sent again. */
  private async inTime(taken: Promise<Taken>): Promise<Taken> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<Taken>((resolve) => {
      timer = setTimeout(() => {
        resolve({ refusal: refuse(refusals.busy, 'Send it again: it may not have been kept.') })
      }, this.limits.answerMilliseconds)
    })
    try {
      return await Promise.race([taken, late])
    } finally {
      clearTimeout(timer)
    }
  }

  private desk(receivedAt: number): Desk {
    const { registrations, store, lookUp } = this.options
    const { commits, hints } = this
    const { isGone = false, ...known } = registrations()
    return {
      door: { ...known, how: 'received', now: toInstant(receivedAt), said: {} },
      isContentGone: isGone,
      commits,
      store,
      lookUp: hints && lookUp && { providers: new Set(lookUp.providers), queue: hints },
    }
  }

  private async health(request: IncomingMessage, response: ServerResponse, id: string): Promise<Outcome> {
    const refused = async (refusal: Refusal) => await this.refuse(response, refusal, id)
    if (request.method !== 'GET' && request.method !== 'HEAD') return await refused(wrongMethod('GET, HEAD'))
    if (this.isStopping) return await refused(refuse(refusals.stopping, 'It takes nothing new.'))
    if (this.options.registrations().isGone === true) return await refused(contentMissing())
    const failedFor = this.options.clock() - this.failedAt
    const hasJustFailed = this.commits.isFailing && failedFor < this.limits.probeMilliseconds
    if (hasJustFailed || !(await this.storeHealth.canWrite()))
      return await refused(refuse(refusals.storeFailed, 'The store cannot be written.'))
    sendTold(response, 200, { status: 'ok', waiting: this.commits.waiting })
    return { status: 200, outcome: 'ok' }
  }

  private async refuse(
    response: ServerResponse,
    refusal: Refusal,
    id: string,
    problems?: readonly Problematic[],
  ): Promise<Outcome> {
    const { req: request } = response
    await hearOut(request)
    // What still comes may have no end: nothing more is taken on this connection.
    if (!request.complete || this.isStopping) response.setHeader('connection', 'close')
    sendRefusal(response, refusal, id, problems)
    return { status: refusal.status, outcome: refusal.code }
  }
}

function wrongMethod(allowed: string): Refusal {
  return refuse(refusals.methodNotAllowed, `Use ${allowed}.`, { allow: allowed })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
