/** The indexes of a suite, fetched by apt in a folder of its own. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  complaintsOf,
  makeAptRoot,
  mirrorOfMachine,
  runApt,
  sourceLine,
  type AptRun,
  type Environment,
} from './apt-root.ts'
import { component, packageIndex, sourceIndex, type FetchedSuite } from './probe-debian.ts'

export interface WantedSuite {
  suite: string
  ports: readonly string[]
  /** Address of the archive; where it is missing, the machine's own sources name one. */
  mirror?: string | undefined
}

/**
 * Brings the indexes of a suite and hands them to `work`; afterwards they are gone, also where the
 * process is interrupted.
 * @throws NoApt
 */
export async function withSuite<T>(
  wanted: WantedSuite,
  environment: Environment,
  work: (fetched: FetchedSuite) => T,
): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'works-on-arm-apt-'))
  const stop = new AbortController()
  const interrupted = (signal: NodeJS.Signals) => {
    stop.abort()
    rmSync(root, { recursive: true, force: true })
    process.removeListener(signal, interrupted)
    process.kill(process.pid, signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.once(signal, interrupted)
  try {
    const apt = (program: string, ...args: string[]) =>
      runApt(program, args, { root, environment, signal: stop.signal })
    const mirror = wanted.mirror ?? (await mirrorOfMachine(environment))
    const archive = { mirror, suite: wanted.suite, component }
    const sources = [sourceLine('deb', archive, wanted.ports), sourceLine('deb-src', archive)]
    await makeAptRoot(root, sources, environment)
    // apt would go on to index all packages of all ports, to install some.
    const updated = await apt('apt-get', 'update', '-q', '-o', 'pkgCacheFile::Generate=false')
    const targets = await apt('apt-get', 'indextargets', '--no-release-info', '--format', '$(FILENAME)|$(METAKEY)')
    return work(fetchedSuite(root, wanted, updated, targets))
  } finally {
    for (const signal of signals) process.removeListener(signal, interrupted)
    rmSync(root, { recursive: true, force: true })
  }
}

function fetchedSuite(root: string, { suite, ports }: WantedSuite, updated: AptRun, targets: AptRun): FetchedSuite {
  const lists = join(root, 'lists')
  const fileOf = new Map<string, string>()
  for (const line of targets.text.split('\n')) {
    const [file = '', path = ''] = line.split('|')
    if (file.startsWith(`${lists}/`)) fileOf.set(path, file)
  }
  const isOurs = new Set([sourceIndex, ...ports.map(packageIndex)])
  const releaseFile = readdirSync(lists).find((name) =>
    [`_dists_${suite}_InRelease`, `_dists_${suite}_Release`].some((end) => name.endsWith(end)),
  )
  return {
    // apt leaves none here whose signature it does not trust.
    release: releaseFile === undefined ? undefined : readFileSync(join(lists, releaseFile), 'utf8'),
    read: (path) => {
      const file = isOurs.has(path) ? fileOf.get(path) : undefined
      return file !== undefined && existsSync(file) ? readFileSync(file) : undefined
    },
    complaints: complaintsOf(updated),
  }
}
