import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { LoadedCatalog } from '#catalog/catalog.ts'
import { ArchitectureWords } from '#domain/architecture-words.ts'
import type { Evidence } from '#domain/evidence.ts'
import { serializeRecord } from '#domain/evidence-text.ts'
import { inReadingOrder, type Problem } from '#domain/problem.ts'
import { executionWords, levelWords } from '#domain/status-words.ts'
import { transitionsOf, type Transition } from '#domain/transitions.ts'
import { adapters } from '#ingest/adapters.ts'
import type { Door, Said } from '#ingest/attribute.ts'
import { toUtcSeconds } from '#ingest/instant.ts'
import { readResults } from '#ingest/read-results.ts'
import { JsonLinesStore } from '#store/jsonl-store.ts'
import { asOf, commonOptions, contentFolder, loadContent } from './options.ts'
import { count, serializeProblems } from './report.ts'
import { textsOf } from './result-files.ts'
import { CannotRun, type World } from './world.ts'

export const ingestHelp = `ingest [--format auto|…] [--source ID] FILE…|-
  CI results become evidence; prints what became of each.
  --format NAME          ${adapters.map(({ name }) => name).join(', ')}
  --source ID            the registration that all of them came through
  --project ID --architecture ID --level L --execution E --version V --link URL --observed-at INSTANT --run ID
                         what the files do not say themselves
  --dry-run              tell what would happen, write nothing
  --allow-mass-change    also where more than 20 cells and 2 % of them would change`

const options = {
  ...commonOptions,
  format: { type: 'string', default: 'auto' },
  source: { type: 'string' },
  project: { type: 'string' },
  architecture: { type: 'string' },
  level: { type: 'string' },
  execution: { type: 'string' },
  version: { type: 'string' },
  link: { type: 'string' },
  'observed-at': { type: 'string' },
  run: { type: 'string' },
  'dry-run': { type: 'boolean' },
  'allow-mass-change': { type: 'boolean' },
} as const

/** More cells than this, and more than this part of all cells, do not change by one ingest. */
const massChange = { cells: 20, part: 0.02 }

/** @returns exit code: 0 all results were understood, 1 problems */
export function ingest(args: readonly string[], world: World): number {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  if (positionals.length === 0) throw new CannotRun('Expected files of CI results, or `-` for standard input.')
  const names = ['auto', ...adapters.map(({ name }) => name)]
  if (!names.includes(values.format)) {
    throw new CannotRun(
      `Unexpected format \`${values.format}\`, expected one of ${names.map((name) => `\`${name}\``).join(', ')}.`,
    )
  }
  const loaded = loadContent(values, world)
  const { catalog } = loaded
  const clock = asOf(values, world)
  const door: Door = {
    registrations: new Map([...catalog.source].map(([id, { data }]) => [id, data])),
    words: new ArchitectureWords(catalog.architectures),
    projectOf: (id) => {
      const today = catalog.moved.get(id)?.data.movedTo ?? id
      return catalog.project.has(today) ? today : undefined
    },
    how: 'imported',
    // A clock in the past does not make what is sent today something from the future.
    now: clock > world.now ? clock : world.now,
    said: saidOf(values, loaded),
  }

  const outcome = { read: 0, added: 0, duplicates: 0, ignored: 0 }
  const problems: Problem[] = []
  const known = new Map<string, Evidence>()
  const stored = new Set<string>()
  for (const records of catalog.evidence.values()) {
    for (const record of records) {
      stored.add(serializeRecord(record))
      if (!('retracts' in record)) known.set(record.id, record)
    }
  }
  const fresh: Evidence[] = []
  for (const { name, text, firstLine } of textsOf(positionals, world)) {
    const results = readResults(name, text, values.format, adapters, door)
    outcome.read += results.read
    outcome.ignored += results.ignored
    problems.push(...results.problems.map((problem) => moved(problem, firstLine - 1)))
    for (const evidence of results.evidence) {
      const other = known.get(evidence.id)
      const text = serializeRecord(evidence)
      if (stored.has(text) || (other && results.timeAssumed.has(evidence))) {
        outcome.duplicates += 1
        continue
      }
      if (other && saysOf(other) !== saysOf(evidence)) problems.push(conflict(name, evidence))
      stored.add(text)
      known.set(evidence.id, evidence)
      fresh.push(evidence)
      if (results.timeAssumed.has(evidence))
        world.tell(`${name} does not say when it ended; taken as ${evidence.observedAt}.\n`)
    }
    if (world.isTerminal) world.tell(`\rRead ${count(outcome.read, 'result')}, ${count(fresh.length, 'record')} new.`)
  }
  if (world.isTerminal) world.tell('\n')

  const transitions = transitionsOf(catalog, fresh, clock)
  const cells = catalog.project.size * catalog.architectures.size
  const changed = transitions.filter(({ from, to }) => from.support !== to.support).length
  const isMassChange = changed > massChange.cells && changed > cells * massChange.part
  if (isMassChange && !values['allow-mass-change']) problems.push(tooMuch(changed, cells, positionals[0] ?? '-'))
  const writes = !values['dry-run'] && (!isMassChange || values['allow-mass-change'] === true)
  if (writes) {
    const appended = new JsonLinesStore(join(contentFolder(values, world), 'evidence')).append(fresh)
    outcome.added = appended.added.length
    // Another ingest may have been faster.
    outcome.duplicates += appended.duplicates
  } else if (values['dry-run']) outcome.added = fresh.length

  const ordered = inReadingOrder(problems)
  if (values.json) {
    world.answer(
      `${JSON.stringify({ ...outcome, problems: ordered, transitions: writes || values['dry-run'] ? transitions : [] }, null, 2)}\n`,
    )
  } else {
    world.answer(serializeProblems(ordered, 'text', world.isTerminal))
    if (writes || values['dry-run'])
      world.answer(transitions.map((transition) => `${sentenceOf(transition)}\n`).join(''))
    world.answer(
      `${count(outcome.read, 'result')} read: ${outcome.added} ${values['dry-run'] ? 'would be added' : 'added'}, ${outcome.duplicates} known already, ${outcome.ignored} ignored, ${count(ordered.length, 'problem')}.\n`,
    )
  }
  return problems.some(({ severity }) => severity === 'error') ? 1 : 0
}

function saidOf(
  values: Partial<
    Record<
      'source' | 'project' | 'architecture' | 'level' | 'execution' | 'version' | 'link' | 'observed-at' | 'run',
      string
    >
  >,
  { catalog }: LoadedCatalog,
): Said {
  const { source, project, architecture, version, link, run } = values
  const level = levelWords.find((word) => word === values.level)
  const execution = executionWords.find((word) => word === values.execution)
  const observedAt = values['observed-at'] === undefined ? undefined : toUtcSeconds(values['observed-at'])
  if (values.level !== undefined && !level) throw wrongWord('level', values.level, levelWords)
  if (values.execution !== undefined && !execution) throw wrongWord('execution', values.execution, executionWords)
  if (values['observed-at'] !== undefined && !observedAt) {
    throw new CannotRun(
      `Unexpected instant \`${values['observed-at']}\`, expected one such as \`2026-11-02T10:20:30Z\`.`,
    )
  }
  if (source !== undefined && !catalog.source.has(source)) throw wrongWord('source', source, [...catalog.source.keys()])
  return {
    ...(source === undefined ? {} : { source }),
    ...(project === undefined ? {} : { project }),
    ...(architecture === undefined ? {} : { architecture }),
    ...(version === undefined ? {} : { version }),
    ...(link === undefined ? {} : { link }),
    ...(run === undefined ? {} : { run }),
    ...(level ? { level } : {}),
    ...(execution ? { execution } : {}),
    ...(observedAt ? { observedAt } : {}),
  }
}

function wrongWord(option: string, word: string, known: readonly string[]): CannotRun {
  const expected =
    known.length === 0 ? 'one that is there: there is none' : `one of ${known.map((name) => `\`${name}\``).join(', ')}`
  return new CannotRun(`Unexpected ${option} \`${word}\`, expected ${expected}.`)
}

function moved(problem: Problem, lines: number): Problem {
  return lines === 0 ? problem : { ...problem, place: { ...problem.place, line: problem.place.line + lines } }
}

/** What a record says about its run, without how it came here. */
function saysOf(record: Evidence): string {
  return serializeRecord({ ...record, provenance: { how: 'imported' } })
}

function conflict(file: string, { id, project, architecture, outcome }: Evidence): Problem {
  return {
    code: 'conflicting-evidence',
    severity: 'warning',
    place: { file, line: 1, column: 1 },
    reason: `Unexpected result \`${outcome}\` of ${project} on ${architecture}, expected what record \`${id.slice(0, 12)}\` says about the same run.`,
    expected: 'what is recorded about the run',
    actual: outcome,
    fix: `both are kept and the same one counts everywhere; \`retract ${id.slice(0, 12)}\` takes the wrong one back`,
  }
}

function tooMuch(changed: number, cells: number, file: string): Problem {
  return {
    code: 'mass-change',
    severity: 'error',
    place: { file, line: 1, column: 1 },
    reason: `Unexpected change of ${changed} of ${cells} cells at once, expected at most ${massChange.cells}, or ${massChange.part * 100} % of them. Nothing was written.`,
    expected: `at most ${Math.max(massChange.cells, Math.floor(cells * massChange.part))} cells`,
    actual: String(changed),
    fix: 'look at the transitions with `--dry-run`; where they are right, say `--allow-mass-change`',
  }
}

function sentenceOf({ project, architecture, from, to }: Transition): string {
  return `${project} on ${architecture}: ${from.support}, ${from.basis} → ${to.support}, ${to.basis}`
}
