/**
 * In development, shows the content as it is: after an edit the modules that are made from the content are evaluated anew, and browsers
 * load their page again. The content is read when a page asks for it, and only where it has changed (`src/catalog/catalog-memory.ts`).
 */
import { join } from 'node:path'
import type { AstroIntegration } from 'astro'
import type { Settings } from '../src/site/settings.ts'
import { shared } from '../src/site/shared.ts'
import { evaluateAnew } from './server-modules.ts'
import { watchContent } from './watch-content.ts'

export function followContent({ contentFolder, standardFolder }: Settings): AstroIntegration {
  return {
    name: 'follow-content',
    hooks: {
      'astro:server:setup': async ({ server }) => {
        // A build has no use for it.
        const { CatalogMemory } = await import('../src/catalog/catalog-memory.ts')
        const memory = new CatalogMemory(contentFolder, standardFolder)
        shared.load = () => memory.load(Date.now())
        const stop = watchContent(contentFolder, () => {
          evaluateAnew(server, join(server.config.root, 'src/site/data.ts'))
          server.environments.client.hot.send({ type: 'full-reload' })
        })
        server.httpServer?.on('close', stop)
      },
    },
  }
}
