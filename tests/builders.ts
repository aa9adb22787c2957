/** Things to test with. What goes through a schema in the product goes through it here too, so a fixture cannot lie. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { z } from 'zod'
import { buildCatalog, type LoadedCatalog } from '#catalog/catalog.ts'
import { runCli } from '../src/cli/run.ts'
import type { World } from '../src/cli/world.ts'
import { Claim } from '#domain/claim.ts'
import { Evidence, identified, Retraction, retractionId } from '#domain/evidence.ts'
import { Issue } from '#domain/issue.ts'
import type { Problem } from '#domain/problem.ts'
import { supportsThatNeedNote, type Execution } from '#domain/status-words.ts'
import { Architecture } from '#domain/vocabulary.ts'

/** The instant at which every test happens, unless it says otherwise. */
export const asOf = '2026-11-21T12:00:00Z'

/** Folders of `tests/fixtures/catalog`, each one case. */
export const casesFolder = fileURLToPath(new URL('fixtures/catalog/', import.meta.url))

/** How many runs a property gets: few by default, many with LONG=1. */
export const runsOf = (count: number): number => (process.env.LONG ? count * 50 : count)

/** How long a property may take, in milliseconds. */
export const propertyTimeout = process.env.LONG ? 1_800_000 : 30_000

export function claim(changes: Partial<z.input<typeof Claim>> = {}): Claim {
  const needsNote = changes.support !== undefined && supportsThatNeedNote.includes(changes.support)
  return Claim.parse({
    architectures: ['arm64'],
    support: 'works',
    date: '2026-05-12',
    link: 'https://example.org/claim',
    ...(needsNote ? { note: 'What is missing or needed.' } : {}),
    ...changes,
  })
}

/** A record of one run: a native test that passed, and what else it is told to be. */
export function observedRun({ source, run, execution, ...changes }: RunChanges = {}): Evidence {
  // A record that is told to be another one gets another id.
  delete changes.id
  return Evidence.parse(
    identified({
      schema: 1,
      project: 'redis',
      architecture: 'arm64',
      level: 'tested',
      outcome: 'passed',
      ...(execution === 'unknown' ? {} : { execution: execution ?? 'native' }),
      observedAt: '2026-11-02T10:20:30Z',
      link: 'https://ci.example.org/runs/1',
      provenance: { how: 'imported' },
      ...changes,
      source: { provider: 'github-actions', repository: 'redis/redis', job: 'test', ...source },
      run: { id: '1', attempt: 1, ...run },
    }),
  )
}

type RunChanges = Partial<Omit<Evidence, 'source' | 'run' | 'execution'>> & {
  /** `unknown` leaves it out. */
  execution?: Execution | 'unknown' | undefined
  source?: Partial<Evidence['source']>
  run?: Partial<Evidence['run']>
}

/** Takes a record back. */
export function retractionOf(record: Evidence, changes: Partial<Retraction> = {}): Retraction {
  const { project, id: retracts } = record
  const rest = { schema: 1 as const, project, retracts, why: 'It ran on another machine.', ...changes }
  return Retraction.parse({ ...rest, id: retractionId(rest) })
}

export function issue(changes: Partial<z.input<typeof Issue>> = {}): Issue {
  return Issue.parse({
    number: '1',
    title: 'Issue 1',
    date: '2026-05-12',
    authors: ['ada'],
    summary: 'What happened.',
    state: 'published',
    ...changes,
  })
}

export function architecture(changes: Partial<z.input<typeof Architecture>> = {}): Architecture {
  return Architecture.parse({ name: 'Arm 64-bit', ...changes })
}

/** A project's file. Keys are replaced by `changes` and left out where a change is undefined. */
export function projectFile(changes: Record<string, string | undefined> = {}, body = 'Prose.\n'): string {
  const keys = {
    name: 'Redis',
    summary: 'In-memory data store',
    homepage: 'https://redis.io/',
    categories: '[databases]',
    ...changes,
  }
  const lines = Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]))
  return ['---', ...lines, '---', body].join('\n')
}

/** Two architectures are enough for most tests. */
export const architecturesFile = `amd64:
  name: x86 64-bit
  aliases: [x86_64]
arm64:
  name: Arm 64-bit
  aliases: [aarch64, arm64v8]
armv7:
  name: ARMv7
  aliases: [arm/v7]
  ambiguous: {arm: OCI images, armhf: Debian}
armv6:
  name: ARMv6
  ambiguous: {arm: Go with GOARM=6}
`

/** Builds a catalog from texts, beside a site and architectures that have no problems. */
export function catalogOf(files: Record<string, string>): LoadedCatalog {
  const all: Record<string, string> = { 'site.yml': 'title: Test\n', 'architectures.yml': architecturesFile, ...files }
  return buildCatalog({
    files: Object.entries(all).map(([path, text]) => ({ path, text })),
    problems: [],
  })
}

/** `file:line:column code` of each problem. */
export function placesOf(problems: readonly Problem[]): string[] {
  return problems.map(({ place, code }) => `${place.file}:${place.line}:${place.column} ${code}`)
}

/** Writes files into a new folder, which is gone when the test is. */
export function folderOf(files: Record<string, string | Uint8Array>): string {
  const folder = mkdtempSync(join(tmpdir(), 'works-on-arm-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  }, 120_000)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

export interface Ran {
  code: number
  /** What stood on standard output. */
  answer: string
  /** What stood on standard error. */
  told: string
}

/** Runs a command in a world of its own. The generator's home is the case `every-kind`. */
export async function run(args: readonly string[], changes: Partial<World> = {}): Promise<Ran> {
  const ran: Ran = { code: 0, answer: '', told: '' }
  ran.code = await runCli(args, {
    environment: {},
    directory: join(casesFolder, 'every-kind'),
    home: join(casesFolder, 'every-kind'),
    now: asOf,
    isTerminal: false,
    standardInput: () => new Uint8Array(),
    answer: (text) => {
      ran.answer += text
    },
    tell: (text) => {
      ran.told += text
    },
    ...changes,
  })
  return ran
}
