/** In development, answers what a build writes beside its pages from the same list (`src/site/outputs.ts`). */
import { extname } from 'node:path'
import type { AstroIntegration } from 'astro'
import type * as Outputs from '../src/site/outputs.ts'
import { importModule } from './server-modules.ts'

const mediaTypes = new Map([
  ['.xml', 'application/xml; charset=utf-8'],
  ['.opml', 'text/x-opml; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.md', 'text/markdown; charset=utf-8'],
  ['.ts', 'text/plain; charset=utf-8'],
  ['.csv', 'text/csv; charset=utf-8'],
  ['.ics', 'text/calendar; charset=utf-8'],
  ['.eml', 'message/rfc822'],
  ['.html', 'text/html; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
])

export function serveOutputs(basePath: string): AstroIntegration {
  return {
    name: 'serve-outputs',
    hooks: {
      'astro:server:setup': ({ server }) => {
        const find = async (path: string): Promise<Outputs.Output | undefined> => {
          // Loaded anew where the content or the code has changed. It is our own module.
          const { outputAt } = (await importModule(server, '/src/site/outputs.ts')) as typeof Outputs
          return outputAt(path)
        }
        server.middlewares.use((request, response, next) => {
          const { pathname: asked } = new URL(request.url ?? '/', 'http://localhost')
          const pathname = asked.startsWith(`${basePath}mail/`) ? asked.replace(/\/$/, '/index.html') : asked
          const mediaType = mediaTypes.get(extname(pathname))
          if (mediaType === undefined || !pathname.startsWith(basePath)) {
            next()
            return
          }
          void find(pathname.slice(basePath.length - 1))
            .then(async (output) => {
              if (!output) {
                next()
                return
              }
              response.setHeader('content-type', mediaType)
              response.end(await output.content())
            })
            .catch(next)
        })
      },
    },
  }
}
