/** Reads the body of a request, never more of it than may be. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Hold } from './receive-intake.ts'
import { refusals, refuse, type Refusal } from './receive-refusals.ts'

export type BodyRead =
  | { body: Buffer; refusal?: undefined; aborted?: undefined }
  | { refusal: Refusal; body?: undefined; aborted?: undefined }
  /** The sender has gone. */
  | { aborted: true; body?: undefined; refusal?: undefined }

/** What can be said of a body before it is read. */
export function refuseUnread(
  request: IncomingMessage,
  types: readonly string[],
  maximumBytes: number,
): Refusal | undefined {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type === undefined || !types.includes(type)) {
    const accepted = types.join(', ')
    return refuse(refusals.wrongContentType, `Send \`Content-Type: ${types[0] ?? ''}\`.`, { 'accept-post': accepted })
  }
  const encoding = request.headers['content-encoding']
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    return refuse(refusals.wrongContentType, 'Send the body without `Content-Encoding`.', {
      'accept-encoding': 'identity',
    })
  }
  const length = Number(request.headers['content-length'] ?? 0)
  return length > maximumBytes ? tooLarge(maximumBytes) : undefined
}

export async function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  maximumBytes: number,
  hold: Hold,
): Promise<BodyRead> {
  // Its sender may have gone while the headers were looked at; then no event comes any more.
  if (request.destroyed) return { aborted: true }
  if (request.headers.expect?.toLowerCase() === '100-continue') response.writeContinue()
  return await new Promise((resolve) => {
    // One buffer that grows: a body of many small pieces would keep as many large ones.
    let kept = Buffer.alloc(Math.min(firstBytes, maximumBytes))
    let length = 0
    const finish = (read: BodyRead) => {
      request.off('data', take).off('end', end).off('close', abort).off('error', abort)
      resolve(read)
    }
    const take = (chunk: Buffer) => {
      if (length + chunk.byteLength > maximumBytes) {
        finish({ refusal: tooLarge(maximumBytes) })
        return
      }
      if (length + chunk.byteLength > kept.byteLength) {
        const larger = Buffer.alloc(Math.min(Math.max(kept.byteLength * 2, length + chunk.byteLength), maximumBytes))
        kept.copy(larger, 0, 0, length)
        kept = larger
      }
      chunk.copy(kept, length)
      length += chunk.byteLength
      if (!hold.add(chunk.byteLength)) finish({ refusal: refuse(refusals.busy, 'Send it again: it was not read.') })
    }
    const end = () => {
      finish({ body: kept.subarray(0, length) })
    }
    const abort = () => {
      finish({ aborted: true })
    }
    request.on('data', take).on('end', end).on('close', abort).on('error', abort)
  })
}

const firstBytes = 16 * 1024

function tooLarge(maximumBytes: number): Refusal {
  return refuse(refusals.bodyTooLarge, `Send at most ${maximumBytes} bytes.`)
}
