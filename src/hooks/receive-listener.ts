/** The HTTP server of Node.js, held to the limits of a receiver. */
import { createServer, type RequestListener, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { refuseConnection } from './receive-answers.ts'
import type { Intake } from './receive-intake.ts'
import type { ReceiverLimits } from './receive-limits.ts'
import type { Refusal } from './receive-refusals.ts'

export interface Listener {
  limits: ReceiverLimits
  intake: Intake
  handle: RequestListener
  /** A connection was refused before it was a request. */
  onRefusal: (refusal: Refusal) => void
  onError: (error: Error) => void
}

export function createListener({ limits, intake, handle, onRefusal, onError }: Listener): Server {
  const server = createServer({
    headersTimeout: limits.headersMilliseconds,
    requestTimeout: limits.requestMilliseconds,
    connectionsCheckingInterval: limits.checkMilliseconds,
    keepAliveTimeout: limits.idleMilliseconds,
    maxHeaderSize: 16 * 1024,
    // Nothing here depends on the name of the host, and Node.js would answer with no problem.
    requireHostHeader: false,
  })
  server.on('connection', (socket: Socket) => {
    intake.connect(socket)
  })
  // `Expect: 100-continue` is answered when the body is wanted, not before.
  server.on('request', handle).on('checkContinue', handle).on('checkExpectation', handle)
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const refusal = refuseConnection(error, socket)
    if (refusal) onRefusal(refusal)
  })
  server.on('error', onError)
  return server
}
