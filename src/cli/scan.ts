import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ArchitectureWords } from '#domain/architecture-words.ts'
import type { LoadedCatalog } from '#catalog/catalog.ts'
import { nearest } from '#catalog/nearest.ts'
import { maximumFileBytes } from '#scan/document.ts'
import { judge } from '#scan/judge.ts'
import { shown, stackTooLarge } from '#scan/problems.ts'
import { addFile, emptyStack, type Stack } from '#scan/read-stack.ts'
import { csvOfReport } from '#scan/report-csv.ts'
import { serializeReport, type ReportContext } from '#scan/report-json.ts'
import { markdownOfReport } from '#scan/report-markdown.ts'
import { figuresOf } from '#scan/report-words.ts'
import type { Entry, Report } from '#scan/report.ts'
import { StackIndex } from '#scan/stack-index.ts'
import { viewStackIndex } from '#views/stack-index.ts'
import { namedArchitectures } from './cell-words.ts'
import { namedFiles } from './named-files.ts'
import { asOf, commonOptions, loadContent } from './options.ts'
import { serializeProblems } from './report.ts'
import { CannotRun, type World } from './world.ts'

export const scanHelp = `scan FILE… --arch ID [--format text|json|csv|markdown] [--fail-on blocked|caution] [--as-of DATE] [--content DIR]
  What of a stack works on an architecture: SBOMs, lockfiles, requirements, Dockerfiles, Compose files,
  the output of \`dpkg -l\`. \`-\` reads standard input; --json is --format json. docs/scan.md has the formats and the rules.
  Exit 1 where something is blocked, or one of the files could not be read.
  --fail-on caution   also where something needs caution
  --all               text: also what is not in the catalog`

const formats = ['text', 'json', 'csv', 'markdown'] as const

/** @returns exit code: 0 nothing blocks, 1 something does or could not be read */
export async function scan(args: readonly string[], world: World): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...commonOptions,
      arch: { type: 'string' },
      format: { type: 'string' },
      'fail-on': { type: 'string' },
      all: { type: 'boolean' },
    },
  })
  const format = oneOf('--format', values.format ?? (values.json ? 'json' : 'text'), formats)
  const failOn = oneOf('--fail-on', values['fail-on'] ?? 'blocked', ['blocked', 'caution'] as const)
  if (positionals.length === 0)
    throw new CannotRun('Which file? `scan package-lock.json --arch arm64`, or `-` for standard input.')
  const loaded = loadContent(values, world)
  const { catalog } = loaded
  const architecture = architectureOf(values.arch, loaded)
  const clock = asOf(values, world)

  const stack = await readFiles(positionals, world)
  const report = judge(stack, new StackIndex(viewStackIndex({ catalog, asOf: clock })), architecture)
  const context: ReportContext = {
    asOf: clock,
    linkTo: (project, column) =>
      new URL(`/projects/${project}/#${column}`, catalog.site.url ?? 'https://localhost').href,
  }
  switch (format) {
    case 'json':
      world.answer(serializeReport(report, context))
      break
    case 'csv':
      world.answer(csvOfReport(report, context))
      break
    case 'markdown':
      world.answer(markdownOfReport(report, context))
      break
    case 'text':
      world.answer(textOf(report, values.all === true))
      break
    default:
      return format satisfies never
  }
  if (format !== 'json') world.tell(serializeProblems(report.problems, 'text', world.isTerminal))
  world.tell(`${summaryOf(report)}\n`)
  const isUnread = report.problems.some(({ severity }) => severity === 'error')
  const isStopped = report.counts.blocked > 0 || (failOn === 'caution' && report.counts.caution > 0)
  return isUnread || isStopped ? 1 : 0
}

async function readFiles(names: readonly string[], world: World): Promise<Stack> {
  const stack = emptyStack()
  const { readable, problems } = namedFiles({ names, code: 'stack-unavailable' }, world)
  stack.problems.push(...problems)
  for (const name of names) {
    if (!readable.includes(name)) {
      stack.files.push({ name, components: 0 })
      continue
    }
    if (name === '-') {
      await addFile(stack, { name: 'standard input', bytes: world.standardInput() })
      continue
    }
    const path = resolve(world.directory, name)
    const { size } = statSync(path)
    if (size > maximumFileBytes) {
      stack.files.push({ name, components: 0 })
      stack.problems.push(stackTooLarge(name, size, maximumFileBytes))
      continue
    }
    if (world.isTerminal && size > 1024 * 1024) world.tell(`Reading ${name}…\n`)
    await addFile(stack, { name, bytes: readFileSync(path) })
  }
  return stack
}

function architectureOf(word: string | undefined, loaded: LoadedCatalog): string {
  const known = namedArchitectures(loaded)
  if (word === undefined) throw new CannotRun(`Which architecture? \`--arch\` takes one of ${known}.`)
  const words = new ArchitectureWords(loaded.catalog.architectures)
  const reading = words.read(word)
  switch (reading.kind) {
    case 'known':
      return reading.id
    case 'ambiguous':
      throw new CannotRun(
        `\`${word}\` may mean ${reading.readings.map(({ id, where }) => `\`${id}\` (${where})`).join(' or ')}. Write which one.`,
      )
    case 'unknown': {
      const near = nearest(word, words.candidatesFor(word))
      throw new CannotRun(
        `Unexpected architecture \`${word}\`, expected one of ${known}${near ? `; did you mean \`${near}\`?` : '.'}`,
      )
    }
    default:
      return reading satisfies never
  }
}

function oneOf<T extends string>(option: string, word: string, words: readonly T[]): T {
  const found = words.find((known) => known === word)
  if (found === undefined) {
    throw new CannotRun(
      `Unexpected \`${option} ${word}\`, expected one of ${words.map((known) => `\`${known}\``).join(', ')}.`,
    )
  }
  return found
}

function textOf({ architecture, entries, others }: Report, isWhole: boolean): string {
  const width = Math.min(32, Math.max(0, ...entries.map(({ name }) => shown(name).length)))
  const lines = entries.flatMap((entry) => [
    `${entry.verdict.padEnd(7)}  ${shown(entry.name).padEnd(width)}  ${stateOf(entry, architecture)}`,
    ...entry.reasons.map((reason) => `         ${reason}`),
    `         ${placesOf(entry)}`,
  ])
  if (isWhole)
    lines.push(...others.map(({ name, version = '' }) => `unknown  ${shown(name)} ${shown(version)}`.trimEnd()))
  return lines.map((line) => `${line}\n`).join('')
}

function stateOf({ project }: Entry, architecture: string): string {
  if (!project) return 'not in the catalog'
  const status = project.basis === 'none' ? 'nothing recorded' : `${project.support}, ${project.basis}`
  return `${status}  /projects/${project.id}/#${architecture}`
}

function placesOf({ packages, builds }: Entry): string {
  const all = packages.length > 0 ? packages : builds
  const places = all.slice(0, 3).map(({ name, version, file, line, way }) => {
    const what = version === undefined ? name : `${name} ${version}`
    return `${shown(what)}${way === undefined ? '' : ` (${way})`} at ${shown(file)}:${line}`
  })
  return `${places.join(', ')}${all.length > 3 ? `, and ${all.length - 3} more` : ''}`
}

function summaryOf(report: Report): string {
  const { others, files } = report
  const read = files.map(({ name, format }) =>
    format === undefined ? `${shown(name)}: not read` : `${shown(name)}: ${format}`,
  )
  const isOne = others.length === 1
  const quiet =
    others.length === 0
      ? ''
      : ` ${others.length.toLocaleString('en')} of the unknown ${isOne ? 'is' : 'are'} not in the catalog, and nothing in the files shows that ${isOne ? 'it depends' : 'they depend'} on the architecture.`
  return `${figuresOf(report)}${quiet}\n${read.join('\n')}`
}
