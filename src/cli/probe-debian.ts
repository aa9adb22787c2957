import { parseArgs } from 'node:util'
import type { LocatedCatalog } from '#catalog/catalog.ts'
import { unexpected } from '#catalog/problems.ts'
import { placeOfValue } from '#catalog/validate.ts'
import { parsePositionedYaml } from '#catalog/yaml.ts'
import type { Problem } from '#domain/problem.ts'
import { isMirror, NoApt } from '#hooks/apt-root.ts'
import { withSuite } from '#hooks/apt-suite.ts'
import { observeSuite, type PortObservation, type SuiteObservation } from '#hooks/probe-debian.ts'
import { isBuildOf, isToldAlready, recordOfBuild } from '#hooks/probe-debian-record.ts'
import { asOf, commonOptions, contentFolder, loadContent, shownPath } from './options.ts'
import { answerTally, Newcomers, recordNewcomers, recordingOptions, type Tally } from './record-evidence.ts'
import { CannotRun, type World } from './world.ts'

export const help = `probe debian [--suite bookworm,trixie]
  What Debian built of the projects that name a source package (\`pkg:deb/debian/nginx\`), by port.
  Reads the indexes through apt, in a folder of its own; nothing is installed.
  --suite NAME,…         suites, by name
  --mirror URL           archive to read; else the one that this machine's apt uses
  --store ADDRESS        a database to write to; else EVIDENCE_STORE, else the files of the content folder
  --dry-run              tell what would happen, write nothing
  --allow-mass-change    also where more than 20 cells and 2 % of them would change`

const options = {
  ...commonOptions,
  suite: { type: 'string', default: 'bookworm,trixie' },
  mirror: { type: 'string' },
  ...recordingOptions,
} as const

/** @returns exit code: 0 every index was read, 1 some were no observation */
export async function probe(args: readonly string[], world: World): Promise<number> {
  const { values } = parseArgs({ args: [...args], options })
  const suites = suitesOf(values.suite)
  const { mirror } = values
  if (mirror !== undefined && !isMirror(mirror)) {
    throw new CannotRun(
      `Unexpected mirror \`${mirror}\`, expected the address of an archive such as \`http://deb.debian.org/debian\`.`,
    )
  }
  const { catalog } = loadContent(values, world)
  const folder = contentFolder(values, world)
  const clock = asOf(values, world)
  const named = namedSources(catalog)
  const architectureOf = new Map(
    [...catalog.architectures].flatMap(([id, { debian }]) =>
      debian !== undefined && /^[a-z0-9][a-z0-9-]*$/.test(debian) ? [[debian, id] as const] : [],
    ),
  )
  const ports = [...architectureOf.keys()]
  if (named.size === 0 || ports.length === 0) {
    throw new CannotRun('No project names a source package of Debian (`identifiers: ["pkg:deb/debian/nginx"]`).')
  }

  const observed: SuiteObservation[] = []
  for (const suite of suites) {
    const progress = (what: string) => {
      if (world.isTerminal) world.tell(`\r${`${suite}: ${what}`.padEnd(70)}`)
    }
    progress('apt reads the indexes…')
    observed.push(
      await withSuite({ suite, ports, mirror }, world.environment, (fetched) =>
        observeSuite(suite, fetched, ports, new Set(named.keys()), progress),
      ).catch((error: unknown) => {
        throw error instanceof NoApt ? new CannotRun(error.message) : error
      }),
    )
    if (world.isTerminal) world.tell(`\r${' '.repeat(70)}\r`)
  }

  const tally: Tally = { read: 0, added: 0, duplicates: 0, ignored: 0 }
  const newcomers = new Newcomers(catalog.evidence)
  const seen = observed.flatMap((suite) => suite.ports)
  for (const port of seen) {
    for (const build of port.builds) {
      for (const { project } of named.get(build.source) ?? []) {
        const architecture = architectureOf.get(port.port)
        if (architecture === undefined) continue
        tally.read += 1
        const record = recordOfBuild(build, port, project, architecture)
        const isTold = isToldAlready(record, catalog.evidence.get(project) ?? [])
        if (isTold || !newcomers.offer(record, `${port.suite}/${port.index}`)) tally.duplicates += 1
      }
    }
  }
  const recorded = await recordNewcomers(newcomers, tally, {
    ...values,
    environment: world.environment,
    catalog,
    clock,
    contentFolder: folder,
    from: 'debian',
  })
  const unobserved = observed.flatMap(({ problems }) => problems)
  const unknown = unknownSources(unseenBefore(named, catalog), observed, suites).map((problem) => ({
    ...problem,
    place: { ...problem.place, file: shownPath(`${folder}/${problem.place.file}`, world) },
  }))
  if (!values.json) for (const port of seen) world.answer(`${lineOf(port)}\n`)
  const code = answerTally(
    tally,
    {
      problems: [...unobserved, ...unknown, ...recorded.problems],
      transitions: recorded.transitions,
    },
    values,
    world,
    { indexes: seen.map(({ builds, ...index }) => ({ ...index, built: builds.length })) },
  )
  return unobserved.length > 0 ? 1 : code
}

function suitesOf(text: string): string[] {
  const suites = [...new Set(text.split(',').map((word) => word.trim()))]
  const wrong = suites.find((suite) => !/^[a-z][a-z0-9-]{0,39}$/.test(suite))
  if (wrong !== undefined) {
    throw new CannotRun(`Unexpected suite \`${wrong}\`, expected names of suites such as \`bookworm,trixie\`.`)
  }
  return suites
}

interface NamedBy {
  project: string
  place: () => Problem['place']
}

/** Which projects name a source package. */
function namedSources(catalog: LocatedCatalog): Map<string, NamedBy[]> {
  const named = new Map<string, NamedBy[]>()
  for (const [project, { data, source }] of catalog.project) {
    data.identifiers.forEach((identifier, index) => {
      const [, name] = /^pkg:deb\/debian\/([^/?#@]+)/.exec(identifier) ?? []
      if (name === undefined) return
      const key = name.replace(/%2b/gi, '+')
      const place = () => placeOfValue(source, parsePositionedYaml(source.text), ['identifiers', index])
      named.set(key, [...(named.get(key) ?? []), { project, place }])
    })
  }
  return named
}

/** What no other suite has shown earlier: a source may be in one suite only. */
function unseenBefore(named: ReadonlyMap<string, readonly NamedBy[]>, { evidence }: LocatedCatalog) {
  const isSeen = (name: string, project: string) =>
    evidence.get(project)?.some((record) => isBuildOf(record, name)) ?? false
  return new Map([...named].filter(([name, by]) => !by.some(({ project }) => isSeen(name, project))))
}

/** Names that no suite has: somebody's slip, where all of them could be seen. */
function unknownSources(
  named: ReadonlyMap<string, readonly NamedBy[]>,
  observed: readonly SuiteObservation[],
  suites: readonly string[],
): Problem[] {
  const sources = observed.map((suite) => suite.sources)
  return [...named].flatMap(([name, by]) => {
    if (sources.some((ofSuite) => ofSuite === undefined || ofSuite.has(name))) return []
    const fix = 'name the source package, not one of the packages built from it: `apt-cache showsrc` tells it'
    return by.map(({ place }) => ({
      ...unexpected(
        'unknown-debian-source',
        place(),
        'package',
        name,
        `a source package of ${suites.join(' or ')}`,
        fix,
      ),
      severity: 'warning' as const,
    }))
  })
}

function lineOf({ suite, component, port, date, packages, builds }: PortObservation): string {
  return `${suite}/${component} ${port} of ${date.slice(0, 10)}: ${packages} packages, ${builds.length} of the named sources built.`
}
