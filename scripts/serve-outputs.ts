/** In development, answers what a build writes beside its pages from the same list (`src/site/outputs.ts`). */
import type { AstroIntegration } from 'astro'
import type * as Outputs from '../src/site/outputs.ts'
import { mediaTypeOf } from './media-types.ts'
import { importModule } from './server-modules.ts'

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
          const mediaType = mediaTypeOf(pathname)
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
