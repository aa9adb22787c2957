/** A registry on this machine: it serves recorded indexes, and has whatever fault a test gives it. */
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Registry {
  /** `http://127.0.0.1:40123` */
  origin: string
  /** Path and `Authorization` of each request. */
  requests: { path: string; authorization: string | undefined; accept: string | undefined }[]
}

export type Answer = (response: ServerResponse, request: IncomingMessage, registry: Registry) => void

/** Bytes of a recorded index. */
export function recordedIndex(name: string): Buffer {
  return readFileSync(new URL(`../fixtures/ingest/oci-index/${name}.json`, import.meta.url))
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${hash('sha256', bytes)}`
}

/** Answers as a registry does that has the index. */
export function serving(bytes: Uint8Array, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(200, {
      'content-type': 'application/vnd.oci.image.index.v1+json',
      'content-length': String(bytes.byteLength),
      'docker-content-digest': digestOf(bytes),
      ...headers,
    })
    response.end(bytes)
  }
}

export function refusing(status: number, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, headers)
    response.end('{"errors":[]}')
  }
}

/** Starts a registry that is gone when the test is. Paths that it does not know are 404. */
export async function registryOf(answers: Record<string, Answer>): Promise<Registry> {
  const byPath = new Map(Object.entries(answers))
  const registry: Registry = { origin: '', requests: [] }
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    const { authorization, accept } = request.headers
    registry.requests.push({ path, authorization, accept })
    const answer = byPath.get(path.split('?')[0] ?? '') ?? refusing(404)
    answer(response, request, registry)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  // A server that listens on a port has an address of this kind.
  registry.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return registry
}
