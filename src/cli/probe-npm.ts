import { parseArgs } from 'node:util'
import type { LocatedCatalog } from '#catalog/catalog.ts'
import { isRun } from '#domain/evidence.ts'
import { NoNpm, npmClient, type AskNpm } from '#hooks/npm-client.ts'
import { isExactVersion, npmNameOf } from '#hooks/npm-package.ts'
import { nodeWordsOf } from '#hooks/npm-platform.ts'
import { probePackage, type NpmObservation, type NpmProbe } from '#hooks/probe-npm.ts'
import type { NativeProject } from '#hooks/probe-npm-record.ts'
import { asOf, commonOptions, contentFolder, loadContent } from './options.ts'
import { answerTally, Newcomers, recordNewcomers, recordingOptions, type Tally } from './record-evidence.ts'
import { count } from './report.ts'
import { CannotRun, type World } from './world.ts'

export const help = `probe npm [PROJECT[@VERSION]…]
  For which platforms the registry of npm has packages of the projects that name one (\`pkg:npm/esbuild\`).
  Asks through npm, as this machine is set up; takes the version that is tagged \`latest\`, or the one that is named.
  --store ADDRESS        a database to write to; else EVIDENCE_STORE, else the files of the content folder
  --dry-run              tell what would happen, write nothing
  --allow-mass-change    also where more than 20 cells and 2 % of them would change`

const options = { ...commonOptions, ...recordingOptions } as const

/**
 * @param ask how to ask the registry; npm does it where it is left out
 * @returns exit code: 0 every package was seen or is missing, 1 some could not be asked for
 */
export async function probe(args: readonly string[], world: World, ask?: AskNpm): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  const { catalog } = loadContent(values, world)
  const folder = contentFolder(values, world)
  const clock = asOf(values, world)
  const wanted = wantedOf(positionals, nativeProjects(catalog))
  const newcomers = new Newcomers(catalog.evidence)
  const tally: Tally = { read: 0, added: 0, duplicates: 0, ignored: 0 }
  const asking: NpmProbe = {
    ask: ask ?? npmClient({ environment: world.environment, directory: world.home }),
    words: nodeWordsOf(catalog.architectures),
    now: world.now,
    knownOf: (runId, project) =>
      (catalog.evidence.get(project) ?? []).filter(
        (record) => isRun(record) && record.source.provider === 'npm' && record.run.id === runId,
      ).length,
    progress: (name) => {
      if (world.isTerminal) world.tell(`\r${name.slice(0, 70).padEnd(70)}`)
    },
  }

  const seen: (NativeProject & NpmObservation)[] = []
  for (const { version, ...native } of wanted) {
    const observed = await probePackage(native, version, asking).catch((error: unknown) => {
      throw error instanceof NoNpm ? new CannotRun(error.message) : error
    })
    seen.push({ ...native, ...observed })
    tally.read += observed.records.length + observed.known + observed.ignored + observed.unseen
    tally.ignored += observed.ignored
    tally.duplicates += observed.known
    for (const record of observed.records) {
      // Two registries may give two times for one version.
      if (!newcomers.offer(record, record.run.id, true)) tally.duplicates += 1
    }
  }
  if (world.isTerminal) world.tell(`\r${' '.repeat(70)}\r`)

  const recorded = await recordNewcomers(newcomers, tally, {
    ...values,
    environment: world.environment,
    catalog,
    clock,
    contentFolder: folder,
    from: 'npm',
  })
  if (!values.json) for (const one of seen) world.answer(`${lineOf(one)}\n`)
  return answerTally(
    tally,
    {
      problems: [...seen.flatMap(({ problems }) => problems), ...recorded.problems],
      transitions: recorded.transitions,
    },
    values,
    world,
    { packages: seen.map(packageOf) },
  )
}

/** Projects that name a package of npm. */
function nativeProjects(catalog: LocatedCatalog): NativeProject[] {
  return [...catalog.project].flatMap(([project, { data }]) =>
    data.identifiers.flatMap((identifier) => {
      const name = npmNameOf(identifier)
      return name === undefined ? [] : [{ project, package: name }]
    }),
  )
}

/** What was asked for on the command line: all of them, or some, each with its version. */
function wantedOf(
  words: readonly string[],
  natives: readonly NativeProject[],
): (NativeProject & { version: string })[] {
  if (natives.length === 0)
    throw new CannotRun('No project names a package of npm (`identifiers: ["pkg:npm/esbuild"]`).')
  if (words.length === 0) return natives.map((native) => ({ ...native, version: 'latest' }))
  return words.flatMap((word) => {
    const [project = '', version = 'latest', ...more] = word.split('@')
    const found = natives.filter((native) => native.project === project)
    if (found.length === 0) {
      throw new CannotRun(
        `Unexpected \`${word}\`, expected projects that name a package of npm: ${[...new Set(natives.map((native) => `\`${native.project}\``))].join(', ')}.`,
      )
    }
    if (more.length > 0 || (version !== 'latest' && !isExactVersion(version))) {
      throw new CannotRun(`Unexpected version in \`${word}\`, expected one such as \`${project}@1.2.3\`.`)
    }
    return found.map((native) => ({ ...native, version }))
  })
}

function packageOf({
  project,
  package: name,
  version,
  records,
  known,
  ignored,
}: NativeProject & NpmObservation): object {
  return { project, package: name, version, found: records.length, known, ignored }
}

function lineOf({ package: name, version, records, known, ignored }: NativeProject & NpmObservation): string {
  if (version === undefined) return `${name}: not seen.`
  return `${name} ${version}: ${count(records.length + known, 'platform')}, ${ignored} ignored.`
}
