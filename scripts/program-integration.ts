/**
 * Lets Astro compile the program of a site instead of its pages: `src/site/program.ts` stands where its own entry would,
 * `src/site/render-components.ts` where its runtime would, and what it compiled for rendering stays in the folder `.program` of its output.
 */
import { cp, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { AstroIntegration } from 'astro'

/** The folder of what renders, inside that of what browsers get. */
export const serverFolder = '.program'
/** The module of the program, which is named by its digest while it is compiled. */
export const programFile = 'program.mjs'

/** Whether Astro's own runtime makes the pages, as it does while developing: for the test that compares them. */
export const isRenderedByAstro = process.env.RENDERED_BY_ASTRO === 'true'

export function programIntegration(): AstroIntegration {
  let output = ''
  /** Modules of ours, by the names of those in whose place they stand. */
  const replaced = new Map<string, string>()
  const imported = new Set<string>()
  return {
    name: 'site-program',
    hooks: {
      'astro:config:setup': ({ command, config, updateConfig }) => {
        if (command !== 'build') return
        const fileOf = (name: string) => fileURLToPath(new URL(`src/site/${name}`, config.root))
        replaced.set('astro/entrypoints/prerender', fileOf('program.ts'))
        if (!isRenderedByAstro) replaced.set('astro/compiler-runtime', fileOf('render-components.ts'))
        const resolveId = {
          filter: { id: [...replaced.keys()].map((name) => new RegExp(`^${name}$`)) },
          handler: (name: string) => {
            imported.add(name)
            return replaced.get(name)
          },
        }
        updateConfig({ vite: { plugins: [{ name: 'site-program', enforce: 'pre', resolveId }] } })
      },
      'astro:config:done': ({ config }) => {
        output = fileURLToPath(config.outDir)
      },
      'astro:build:start': ({ setPrerenderer }) => {
        setPrerenderer({
          name: 'site-program',
          // Astro deletes what renders when it has rendered.
          setup: () => {
            for (const name of replaced.keys())
              if (!imported.has(name))
                throw new Error(`Astro imports no \`${name}\` any more, in whose place ours stands.`)
            return keepProgram(join(output, '.prerender'), join(output, serverFolder))
          },
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
