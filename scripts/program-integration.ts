/**
 * Lets Astro compile the program of a site instead of its pages: `src/site/program.ts` stands where its own entry would, and what it
 * compiled for rendering stays in the folder `.program` of its output.
 */
import { cp, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AstroIntegration } from 'astro'

/** The folder of what renders, inside that of what browsers get. */
export const serverFolder = '.program'
/** The module of the program, which is named by its digest while it is compiled. */
export const programFile = 'program.mjs'

export function programIntegration(): AstroIntegration {
  let output = ''
  return {
    name: 'site-program',
    hooks: {
      'astro:config:setup': ({ command, config, updateConfig }) => {
        if (command !== 'build') return
        const entry = fileURLToPath(new URL('src/site/program.ts', config.root))
        updateConfig({
          vite: {
            plugins: [
              {
                name: 'site-program',
                enforce: 'pre',
                resolveId: (id) => (id === 'astro/entrypoints/prerender' ? entry : undefined),
              },
            ],
          },
        })
      },
      'astro:config:done': ({ config }) => {
        output = fileURLToPath(config.outDir)
      },
      'astro:build:start': ({ setPrerenderer }) => {
        setPrerenderer({
          name: 'site-program',
          // Astro deletes what renders when it has rendered.
          setup: () => keepProgram(join(output, '.prerender'), join(output, serverFolder)),
          getStaticPaths: () => Promise.resolve([]),
          render: () => Promise.reject(new Error('Pages are made by the program.')),
        })
      },
    },
  }
}

async function keepProgram(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true })
  const entry = (await readdir(to)).find((name) => /^prerender-entry\..*\.mjs$/.test(name))
  if (entry === undefined) throw new Error('Astro compiled no entry of the program.')
  await rename(join(to, entry), join(to, programFile))
}
