/** An API on this machine: it answers with what GitHub and GitLab were recorded to answer, and has whatever fault a test gives it. */
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Asked {
  path: string
  query: URLSearchParams
  authorization: string | undefined
  headers: IncomingMessage['headers']
}

export type Answer = (response: ServerResponse, asked: Asked) => void

export interface Replay {
  /** `http://127.0.0.1:40123` */
  origin: string
  asked: Asked[]
}

export type Json = Record<string, unknown>

/** A recorded answer of `tests/fixtures/pull`, or of `tests/fixtures/ingest` where it begins with `../`. */
export function recorded<T = Json>(name: string): T {
  // Who asks for a recording has looked at it.
  return JSON.parse(readFileSync(new URL(`../fixtures/pull/${name}`, import.meta.url), 'utf8')) as T
}

/** Starts an API that is gone when the test is. What it does not know is 404, as GitHub writes it. */
export async function replayOf(answers: Record<string, Answer | Answer[]>): Promise<Replay> {
  const left = new Map(Object.entries(answers).map(([path, some]) => [path, Array.isArray(some) ? [...some] : some]))
  const replay: Replay = { origin: '', asked: [] }
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://replay')
    const asked = {
      path: pathname,
      query: searchParams,
      authorization: request.headers.authorization,
      headers: request.headers,
    }
    replay.asked.push(asked)
    const some = left.get(pathname)
    // The last one of several is the one that stays.
    const answer = Array.isArray(some) ? (some.length > 1 ? some.shift() : some[0]) : some
    ;(answer ?? json({ message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' }, 404))(
      response,
      asked,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  // A server that listens on a port has an address of this kind.
  replay.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return replay
}

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
    response.end(JSON.stringify(value))
  }
}

/** A list of GitHub as its documentation describes it: pages of `per_page`, and the number of all. */
export function listed(key: string, items: readonly Json[]): Answer {
  return (response, asked) => {
    const wanted = items.filter((item) => {
      const [from, to] = asked.query.get('created')?.split('..') ?? []
      const at = String(item.created_at)
      return (
        (from === undefined || to === undefined || (at >= from && at <= to)) &&
        (asked.query.get('event') ?? item.event) === item.event
      )
    })
    json({ total_count: wanted.length, [key]: pageOf(wanted, asked) })(response, asked)
  }
}

/** A list of GitLab: a bare array, and headers that tell where it ends. */
export function gitlabListed(items: readonly Json[]): Answer {
  return (response, asked) => {
    const page = Number(asked.query.get('page') ?? '1')
    const length = Number(asked.query.get('per_page') ?? '20')
    const hasNext = page * length < items.length
    const headers = { 'x-total': String(items.length), 'x-next-page': hasNext ? String(page + 1) : '' }
    json(pageOf(items, asked), 200, headers)(response, asked)
  }
}

function pageOf(items: readonly Json[], { query }: Asked): Json[] {
  const page = Number(query.get('page') ?? '1')
  const length = Number(query.get('per_page') ?? '30')
  return items.slice((page - 1) * length, page * length)
}

/** A body that announces more than it sends, and then no connection any more. */
export const cutOff: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
  response.write('{"total_count": 1, "workflow_')
  setImmediate(() => response.destroy())
}

/** JSON that ends too early, in an answer that says that it is whole. */
export const truncated: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end('{"total_count": 1, "workflow_runs": [{"id": 30433')
}
