/** A receiver on this machine, what CI systems send it, and what a stranger could send it. */
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import type { StoredRecord } from '#domain/evidence.ts'
import { ArchitectureWords } from '#domain/architecture-words.ts'
import { Source } from '#domain/source.ts'
import type { Hint } from '#hooks/receive-hints.ts'
import type { ReceiverLimits } from '#hooks/receive-limits.ts'
import type { LogEntry } from '#hooks/receive-log.ts'
import type { TokenVerifier } from '#hooks/receive-oidc.ts'
import { parseSecrets, type Secret } from '#hooks/receive-secrets.ts'
import { Receiver } from '#hooks/receive-server.ts'
import { MemoryStore, type Appended, type ReceivingStore } from '#store/evidence-store.ts'
import { architecture, asOf } from '#tests/builders.ts'

/** GitHub's documentation tests signatures with this one. */
export const githubSecret = "It's a Secret to Everybody"
/** Standard Webhooks tests its libraries with this one. */
export const gitlabSigningToken = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
export const gitlabToken = 'a-token-that-gitlab-sends'
export const buildkiteToken = '309c9c842g8565adecpd7469x6005989'

/** What the receiver's clock shows, in milliseconds. */
export const now = Date.parse(asOf)

/** Registrations of the jobs that recorded payloads are about. */
export const registrations = new Map(
  Object.entries({
    'hello-amd64': source('github-actions', 'Codertocat/Hello-World', '186853002', 'linters', 'amd64'),
    'hello-check': source('github-checks', 'Codertocat/Hello-World', '186853002', 'Octocoders-linter', 'arm64'),
    'tools-amd64': source('gitlab', 'jsmithy2/release-tools-fake', '31537070', 'auto_deploy:start', 'amd64'),
    'p-arm64': source('buildkite', 'p', undefined, 'test', 'arm64'),
    'redis-arm64': source('github-actions', 'redis/redis', '156018', 'test (arm64)', 'arm64'),
    'redis-amd64': source('github-actions', 'redis/redis', '156018', 'test (amd64)', 'amd64'),
  }),
)

function source(
  provider: string,
  repository: string,
  repositoryId: string | undefined,
  job: string,
  architecture: string,
): Source {
  const id = repositoryId === undefined ? {} : { repositoryId }
  // The outline of a webhook of Buildkite has no page.
  const link = `https://ci.example.org/${repository}`
  return Source.parse({ provider, repository, ...id, job, project: 'redis', architecture, level: 'tested', link })
}

export interface Changes {
  store?: ReceivingStore
  probe?: () => Promise<void>
  lookUp?: { providers: readonly string[]; hint: Hint }
  limits?: Partial<ReceiverLimits>
  reports?: TokenVerifier
  github?: string
  gitlabSigning?: string
  gitlabTokens?: string
  buildkite?: string
  clock?: () => number
}

/** A memory with an append of its own. */
export function storeThat(
  memory: MemoryStore,
  append: (records: readonly StoredRecord[]) => Promise<Appended>,
): ReceivingStore {
  return {
    append,
    read: () => memory.read(),
    refuseRuns: (runs) => {
      memory.refuseRuns(runs)
    },
    refusedAmong: (runs) => memory.refusedAmong(runs),
  }
}

export interface Started {
  receiver: Receiver
  store: ReceivingStore
  origin: string
  port: number
  log: LogEntry[]
}

/** Starts a receiver that is gone when the test is. */
export async function started(changes: Changes = {}): Promise<Started> {
  const { store = new MemoryStore(), clock = () => now, ...rest } = changes
  const log: LogEntry[] = []
  const words = new ArchitectureWords(
    new Map([
      ['amd64', architecture({ aliases: ['x86_64'] })],
      ['arm64', architecture({ aliases: ['aarch64'] })],
    ]),
  )
  const receiver = new Receiver({
    senders: {
      github: secrets(rest.github ?? githubSecret),
      gitlabSigning: secrets(rest.gitlabSigning ?? gitlabSigningToken),
      gitlabTokens: secrets(rest.gitlabTokens ?? gitlabToken),
      buildkite: secrets(rest.buildkite ?? buildkiteToken),
      reports: rest.reports,
    },
    registrations: () => ({
      registrations,
      words,
      projectOf: (id) => (id === 'redis' ? id : undefined),
    }),
    store,
    clock,
    log: (entry) => {
      log.push(entry)
    },
    ...(rest.probe ? { probe: rest.probe } : {}),
    ...(rest.lookUp ? { lookUp: rest.lookUp } : {}),
    limits: { hints: { waiting: 3, lookUpMilliseconds: 60_000, settleMilliseconds: 0 }, ...rest.limits },
  })
  const { port } = await receiver.listen('127.0.0.1', 0)
  onTestFinished(async () => {
    await receiver.stop()
  })
  return { receiver, store, origin: `http://127.0.0.1:${port}`, port, log }
}

function secrets(setting: string): readonly Secret[] {
  return parseSecrets(setting).secrets ?? []
}

/** A payload as a CI system wrote it. */
export function payload(path: string): string {
  return readFileSync(new URL(`../fixtures/ingest/${path}`, import.meta.url), 'utf8')
}

/** A payload with another value in it. */
export function changed(path: string, change: (body: Record<string, Record<string, unknown>>) => void): string {
  // The payloads that are changed are objects of objects, as far as they are changed.
  const body = JSON.parse(payload(path)) as Record<string, Record<string, unknown>>
  change(body)
  return JSON.stringify(body)
}

export const githubJob = 'github-workflow-job/completed-success.json'
export const gitlabJob = 'gitlab-job-hook/success-with-failure-reason.json'
export const buildkiteJob = 'handmade/buildkite/job-finished-passed.json'

export function signedByGithub(body: string, secret = githubSecret): Record<string, string> {
  return { 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` }
}

export function signedByGitlab(body: string, at = now, token = gitlabSigningToken): Record<string, string> {
  const time = String(Math.floor(at / 1000))
  const key = Buffer.from(token.replace('whsec_', ''), 'base64')
  const signature = createHmac('sha256', key).update(`msg_1.${time}.${body}`).digest('base64')
  return { 'webhook-id': 'msg_1', 'webhook-timestamp': time, 'webhook-signature': `v1,${signature}` }
}

export function signedByBuildkite(body: string, at = now, token = buildkiteToken): Record<string, string> {
  const time = String(Math.floor(at / 1000))
  const signature = createHmac('sha256', token).update(`${time}.${body}`).digest('hex')
  return { 'x-buildkite-signature': `timestamp=${time},signature=${signature}` }
}

export interface Answered {
  status: number
  headers: Headers
  body: Record<string, unknown>
}

export async function post(
  { origin }: Pick<Started, 'origin'>,
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const response = await fetch(`${origin}${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })
  return await answered(response)
}

export async function answered(response: Response): Promise<Answered> {
  // Every answer is a JSON object.
  const body = (await response.json()) as Record<string, unknown>
  return { status: response.status, headers: response.headers, body }
}

/** Sends a webhook of GitHub that counts. */
export async function postGood(to: Pick<Started, 'origin'>, body = payload(githubJob)): Promise<Answered> {
  return await post(to, '/hooks/github', body, signedByGithub(body))
}

/** A connection on which a stranger writes what he wants; gone when the test is. */
export async function stranger(port: number): Promise<Stranger> {
  const socket = connect(port, '127.0.0.1')
  const connection: Stranger = { socket, heard: '', ended: Promise.resolve() }
  connection.ended = new Promise((resolve) => {
    socket.on('close', () => {
      resolve()
    })
  })
  socket.on('error', () => undefined)
  socket.setEncoding('utf8').on('data', (text: string) => {
    connection.heard += text
  })
  onTestFinished(() => {
    socket.destroy()
  })
  await new Promise((resolve) => socket.once('connect', resolve))
  return connection
}

export interface Stranger {
  socket: Socket
  heard: string
  ended: Promise<void>
}
