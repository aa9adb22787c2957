/**
 * Source packages of Debian, as `apt-get source` brings them: through apt in a folder of its own, which
 * checks every file against the signed index of its suite. A package is brought once a run.
 */
import { chmodSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Fetch } from '#domain/recipe.ts'
import { complaintsOf, makeAptRoot, mirrorOfMachine, NoApt, runApt, sourceLine, type Environment } from './apt-root.ts'
import { component } from './probe-debian.ts'

/** A source package that is here, or why it is not. */
export type BroughtSource =
  { description: string; said: string[]; why?: undefined } | { description?: undefined; said: string[]; why: string }

export class DebianSources {
  private readonly folder: string
  private readonly environment: Environment
  private readonly roots = new Map<string, Promise<string[]>>()
  private readonly sources = new Map<string, Promise<BroughtSource>>()

  /** @param folder where packages are kept; whoever gives it removes it */
  constructor(folder: string, environment: Environment) {
    this.folder = folder
    this.environment = environment
  }

  /** Brings a package: `description` is the path of its `.dsc` file. Never throws. */
  bring(fetch: Fetch, signal: AbortSignal): Promise<BroughtSource> {
    const key = `${fetch.suite}/${fetch.source}=${fetch.version}`
    const brought = this.sources.get(key) ?? this.bringAnew(fetch, signal)
    this.sources.set(key, brought)
    return brought
  }

  private async bringAnew({ suite, source, version }: Fetch, signal: AbortSignal): Promise<BroughtSource> {
    try {
      const root = join(this.folder, `apt-${suite}`)
      const complaints = this.roots.get(suite) ?? this.makeRoot(root, suite, signal)
      this.roots.set(suite, complaints)
      const [complaint] = await complaints
      if (complaint !== undefined) return { said: await complaints, why: complaint }
      const folder = join(this.folder, 'sources', `${source}_${version}`)
      mkdirSync(folder, { recursive: true })
      const args = ['source', '--download-only', '--only-source', `${source}=${version}`]
      const options = { root, folder, environment: this.environment, signal }
      const ran = await runApt('apt-get', args, options)
      const said = [...ran.text.split('\n'), ...ran.errors].filter((line) => /^(Get:|Fetched |[EN]: )/.test(line))
      const description = readdirSync(folder).find((name) => name.endsWith('.dsc'))
      if (ran.code === 0 && description !== undefined) return { description: join(folder, description), said }
      return { said, why: complaintsOf(ran)[0] ?? 'apt brought no source package' }
    } catch (error) {
      if (!(error instanceof NoApt)) throw error
      return { said: [], why: signal.aborted ? 'it was interrupted, or took too long' : error.message }
    }
  }

  /** @returns what apt complains about */
  private async makeRoot(root: string, suite: string, signal: AbortSignal): Promise<string[]> {
    mkdirSync(root)
    // apt fetches as a user of its own where root calls it, who may pass through here and see no more.
    chmodSync(this.folder, 0o711)
    const mirror = await mirrorOfMachine(this.environment)
    await makeAptRoot(root, [sourceLine('deb-src', { mirror, suite, component })], this.environment)
    const options = { root, environment: this.environment, signal }
    return complaintsOf(await runApt('apt-get', ['update', '-q', '-o', 'pkgCacheFile::Generate=false'], options))
  }
}
