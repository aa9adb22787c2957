/** Sites whose feeds are published on this machine, for real feed readers to read. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { feedOutputs } from '#site/feed-outputs.ts'
import type { PublishingContext } from '#views/publishing.ts'

export interface Host {
  origin: string
  /** Publishes the feeds of a site instead of what was there. */
  publish: (context: PublishingContext) => Promise<void>
  /** Leads every address to another host. */
  leadTo: (address: string) => void
  paths: () => string[]
  textAt: (path: string) => string
}

const mediaTypes: Record<string, string> = {
  xml: 'application/xml',
  json: 'application/feed+json',
  opml: 'text/x-opml',
}

/** A web server on a port of its own, which ends with the test. */
export async function startHost(): Promise<Host> {
  let files = new Map<string, string>()
  let target: string | undefined
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    const text = files.get(path)
    if (target !== undefined) {
      response.writeHead(301, { location: `${target}${path}` }).end()
    } else if (text === undefined) {
      response.writeHead(404).end()
    } else {
      response.writeHead(200, { 'content-type': mediaTypes[path.split('.').at(-1) ?? ''] ?? 'text/plain' }).end(text)
    }
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  // A server that listens on a port tells its address as an object.
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    publish: async (context) => {
      const next = new Map<string, string>()
      for (const { path, content } of feedOutputs(context)) next.set(context.addressOf(path), String(await content()))
      files = next
    },
    leadTo: (address) => {
      target = address
    },
    paths: () => [...files.keys()],
    textAt: (path) => files.get(path) ?? '',
  }
}
