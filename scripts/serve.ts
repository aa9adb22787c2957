/** Serves the built site on loopback, as a static host would: `--port N`, else 4321. */
import type { Server } from 'node:http'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { preview } from 'astro'
import { mediaTypeOf } from './media-types.ts'
import { readSettings } from '../src/site/settings.ts'

const { values } = parseArgs({ options: { port: { type: 'string', default: '4321' } } })
const home = resolve(import.meta.dirname, '..')
const output = resolve(process.env.INIT_CWD ?? process.cwd(), process.env.OUT_DIR || join(home, 'dist'))

process.chdir(home)
process.env.ASTRO_TELEMETRY_DISABLED = '1'
// Without a fixed clock the settings take the time of day; nothing that is served depends on it.
const server = await preview({
  root: home,
  outDir: output,
  // Addresses without a slash at their end, which old links have, lead to pages on every host.
  trailingSlash: 'ignore',
  server: { port: Number(values.port) },
  logLevel: 'warn',
})
const { basePath } = readSettings(process.env, home)
// It is the server of Node.js, which Astro does not type. It knows no feeds of OPML, and takes types of TypeScript for a video.
const { server: http } = server as typeof server & { server: Server }
http.prependListener('request', (request, response) => {
  const [path = ''] = (request.url ?? '').split('?', 1)
  // Astro looks for files at addresses that name none, and answers with where it stumbled.
  if (!isAddress(path)) request.url = `${basePath}no-address`
  const mediaType = mediaTypeOf(path)
  if (mediaType !== undefined) response.setHeader('Content-Type', mediaType)
})
process.stderr.write(`Serving ${output} on http://localhost:${server.port}${basePath}\n`)

/** Whether a path can be decoded, into one that means the same. */
function isAddress(path: string): boolean {
  try {
    return !/%2f/i.test(path) && decodeURIComponent(path) !== ''
  } catch {
    return false
  }
}
