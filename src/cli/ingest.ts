import { parseArgs } from 'node:util'
import type { LoadedCatalog } from '#catalog/catalog.ts'
import { nearest } from '#catalog/nearest.ts'
import { shorten } from '#catalog/problems.ts'
import { viewOwnSite } from '#import/own-site.ts'
import { ArchitectureWords } from '#domain/architecture-words.ts'
import { compareText, type Problem } from '#domain/problem.ts'
import { Evidence } from '#domain/evidence.ts'
import { executionWords, levelWords } from '#domain/status-words.ts'
import { adapters } from '#ingest/adapters.ts'
import type { Door, Said } from '#ingest/attribute.ts'
import { toUtcSeconds } from '#ingest/instant.ts'
import { readResults } from '#ingest/read-results.ts'
import { namedFiles } from './named-files.ts'
import { asOf, commonOptions, contentFolder, loadContent } from './options.ts'
import { answerTally, Newcomers, recordNewcomers, recordingOptions, type Tally } from './record-evidence.ts'
import { count } from './report.ts'
import { textsOf, unreadLines } from './result-files.ts'
import { CannotRun, type World } from './world.ts'

export const ingestHelp = `ingest [--format auto|…] [--source ID] FILE…|-
  CI results become evidence; prints what became of each.
  --format NAME          ${adapters.map(({ name }) => name).join(', ')}
  --source ID            the registration that all of them came through
  --project ID --architecture ID --level L --execution E --version V --link URL --observed-at INSTANT --run ID
                         what the files do not say themselves
  --store ADDRESS        a database to write to; else EVIDENCE_STORE, else the files of the content folder
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
  ...recordingOptions,
} as const

/** @returns exit code: 0 all results were understood, 1 problems */
export async function ingest(args: readonly string[], world: World): Promise<number> {
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
  const words = new ArchitectureWords(catalog.architectures)
  const door: Door = {
    registrations: new Map([...catalog.source].map(([id, { data }]) => [id, data])),
    words,
    nearest: (word, kind) => nearest(word, kind === 'project' ? catalog.project.keys() : words.candidatesFor(word)),
    projectOf: (id) => {
      const today = catalog.moved.get(id)?.data.movedTo ?? id
      return catalog.project.has(today) ? today : undefined
    },
    isOwnPage: viewOwnSite(catalog, []).isOwnPage,
    how: 'imported',
    // A clock in the past does not make what is sent today something from the future.
    now: clock > world.now ? clock : world.now,
    said: saidOf(values, loaded),
  }

  const tally: Tally = { read: 0, added: 0, duplicates: 0, ignored: 0 }
  const { readable, problems: unavailable } = namedFiles({ names: positionals, code: 'document-unavailable' }, world)
  const problems: Problem[] = [...unavailable]
  const leftOut = new Map<string, number>()
  const leaveOut = (code: string, results = 1) => void leftOut.set(code, (leftOut.get(code) ?? 0) + results)
  let unregistered = 0
  const newcomers = new Newcomers(catalog.evidence)
  for (const part of textsOf(readable, world)) {
    const { name, text, firstLine, isLines } = part
    const unread = unreadLines(part)
    problems.push(...unread)
    if (text === '' && unread.length > 0 && !isLines) continue
    tally.read += unread.length
    for (const { code } of unread) leaveOut(code)
    if (text.trim() === '' && isLines) continue
    const results = readResults(name, text, values.format, adapters, door, isLines)
    tally.read += results.read
    tally.ignored += results.ignored
    unregistered += results.unregistered
    for (const [code, count] of results.leftOut) leaveOut(code, count)
    problems.push(...results.problems.map((problem) => moved(problem, firstLine - 1)))
    for (const evidence of results.evidence) {
      const isTimeAssumed = results.timeAssumed.has(evidence)
      if (!newcomers.offer(evidence, name, isTimeAssumed)) tally.duplicates += 1
      else if (isTimeAssumed) world.tell(`${name} does not say when it ended; taken as ${evidence.observedAt}.\n`)
    }
    if (world.isTerminal)
      world.tell(`\rRead ${count(tally.read, 'result')}, ${count(newcomers.fresh.length, 'record')} new.`)
  }
  if (world.isTerminal) world.tell('\n')

  const recorded = await recordNewcomers(newcomers, tally, {
    ...values,
    environment: world.environment,
    catalog,
    clock,
    contentFolder: contentFolder(values, world),
    from: positionals[0] ?? '-',
  })
  const { transitions } = recorded
  if (recorded.held > 0) leaveOut('mass-change', recorded.held)
  const notes = [...whyIgnored(tally.ignored - unregistered, unregistered), ...whyLeftOut(leftOut)]
  return answerTally(tally, { problems: [...problems, ...recorded.problems], transitions, notes }, values, world)
}

function whyIgnored(silent: number, unregistered: number): string[] {
  const parts = [
    ...(unregistered === 0 ? [] : [`${unregistered} that no registration or option asks for`]),
    ...(silent === 0 ? [] : [`${silent} that ${silent === 1 ? 'says' : 'say'} nothing about a cell, or not yet`]),
  ]
  return parts.length === 0 ? [] : [`Ignored: ${parts.join(', ')}.`]
}

function whyLeftOut(results: ReadonlyMap<string, number>): string[] {
  const parts = [...results].sort(([a, some], [b, others]) => others - some || compareText(a, b))
  return parts.length === 0 ? [] : [`Left out: ${parts.map(([code, some]) => `${some} for \`${code}\``).join(', ')}.`]
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
  for (const [option, schema] of [
    ['version', Evidence.shape.version],
    ['link', Evidence.shape.link],
    ['run', Evidence.shape.run.shape.id],
  ] as const) {
    if (values[option] === undefined) continue
    const { error } = schema.safeParse(values[option])
    if (error)
      throw new CannotRun(
        `Unexpected ${option} \`${shorten(values[option])}\`, expected ${error.issues[0]?.message ?? 'another one'}.`,
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
