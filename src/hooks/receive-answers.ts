/** Writes answers, also to what is no request, or none that is read to its end. */
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { refusals, refuse, serializeRefusal, type Refusal } from './receive-refusals.ts'

/** Problems of one answer: the first ones tell enough. */
const maximumProblems = 20

export interface Problematic {
  code: string
  reason: string
  fix: string
}

export function sendRefusal(
  response: ServerResponse,
  refusal: Refusal,
  requestId: string,
  problems?: readonly Problematic[],
): void {
  const shown = problems?.slice(0, maximumProblems).map(({ code, reason, fix }) => ({ code, reason, fix }))
  const text = serializeRefusal(refusal, `urn:uuid:${requestId}`, shown)
  send(response, refusal.status, 'application/problem+json', text, refusal.headers)
}

/** What became of a delivery, with its first problems in short. */
export function sendTold(
  response: ServerResponse,
  status: number,
  told: Readonly<Record<string, unknown>> & { problems?: readonly Problematic[] },
): void {
  const problems = told.problems?.slice(0, maximumProblems).map(({ code, reason, fix }) => ({ code, reason, fix }))
  send(response, status, 'application/json', `${JSON.stringify({ ...told, problems })}\n`)
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  })
  response.end(text)
}

/** How long, and how much, is still listened to when a request is refused. */
const patience = { milliseconds: 500, bytes: 4 * 1024 * 1024 }

/**
 * Lets a body come to its end unread, before its request is refused: answered in the midst of it,
 * the connection would be reset, and the sender would not see why. A body that does not end is left.
 */
export async function hearOut(request: IncomingMessage): Promise<void> {
  // Who asks first sends nothing before the answer.
  if (request.complete || request.destroyed || request.headers.expect !== undefined) return
  await new Promise<void>((resolve) => {
    let left = patience.bytes
    const timer = setTimeout(resolve, patience.milliseconds)
    const done = () => {
      clearTimeout(timer)
      request.pause()
      resolve()
    }
    request.on('data', (chunk: Buffer) => {
      left -= chunk.byteLength
      if (left < 0) done()
    })
    request.on('end', done).on('close', done).on('error', done)
    request.resume()
  })
}

/** Answers what never became a request: no HTTP, headers without end, nothing at all. */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Socket): Refusal | undefined {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return undefined
  }
  const refusal = refusalFor(error.code)
  const text = serializeRefusal(refusal, undefined)
  // A request that is being answered has begun its own answer on this connection.
  if (socket.bytesWritten === 0) {
    const head = [
      `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`,
      'content-type: application/problem+json',
      `content-length: ${Buffer.byteLength(text)}`,
      'cache-control: no-store',
      'connection: close',
    ]
    socket.write(`${head.join('\r\n')}\r\n\r\n${text}`)
  }
  socket.destroySoon()
  return refusal
}

function refusalFor(code: string | undefined): Refusal {
  if (code === 'HPE_HEADER_OVERFLOW') return refuse(refusals.headersTooLarge, 'Send at most 16 KiB of headers.')
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return refuse(refusals.requestTimeout, 'Send the whole request at once.')
  return refuse(refusals.badRequest, 'Send HTTP/1.1.')
}
