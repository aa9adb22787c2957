/** The modules of the site on the development server. */
import type { AstroIntegration } from 'astro'

type Server = Parameters<NonNullable<AstroIntegration['hooks']['astro:server:setup']>>[0]['server']

interface EvaluatedModule {
  id: string
  importers: ReadonlySet<string>
}

/** As far as it is needed here; Vite's own type of it is that of an experimental interface. */
interface Runner {
  import: (path: string) => Promise<unknown>
  evaluatedModules: {
    getModulesByFile: (file: string) => ReadonlySet<EvaluatedModule> | undefined
    getModuleById: (id: string) => EvaluatedModule | undefined
    invalidateModule: (module: EvaluatedModule) => void
  }
}

/** Imports a module as pages do, so that there is one of it. */
export async function importModule(server: Server, path: string): Promise<unknown> {
  const runner = runnerOf(server.environments.ssr)
  if (!runner) throw new Error('The development server evaluates no modules.')
  return runner.import(path)
}

/**
 * Lets a module, and all that import it, be evaluated again when they are next asked for. What they were compiled to stays: their
 * text has not changed.
 */
export function evaluateAnew(server: Server, file: string): void {
  for (const environment of Object.values(server.environments)) {
    const modules = runnerOf(environment)?.evaluatedModules
    if (!modules) continue
    const found = new Set(modules.getModulesByFile(file))
    // The set grows while it is walked.
    for (const module of found) {
      for (const id of module.importers) {
        const importer = modules.getModuleById(id)
        if (importer) found.add(importer)
      }
    }
    for (const module of found) modules.invalidateModule(module)
  }
}

function runnerOf(environment: object): Runner | undefined {
  // `isRunnableDevEnvironment` of Vite tells the same, and Vite is a package of Astro's, not of ours.
  return 'runner' in environment ? (environment.runner as Runner) : undefined
}
