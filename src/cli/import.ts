import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Day } from '#domain/day.ts'
import { WebLink } from '#domain/link.ts'
import type { Problem } from '#domain/problem.ts'
import { buildCatalog } from '#catalog/catalog.ts'
import { readEvidence } from '#catalog/evidence.ts'
import { readArchitectures, readContent } from '#catalog/read.ts'
import { importIssues, type ImportInput, type ImportOptions } from '#import/import-issues.ts'
import type { Guess } from '#import/report.ts'
import { maximumInputBytes } from '#import/source-text.ts'
import { writeWhole } from '#store/whole-file.ts'
import { placeFor, withPeople, write, type Outcome } from './import-write.ts'
import { commonOptions, contentFolder, shownPath } from './options.ts'
import { count, serializeProblems } from './report.ts'
import { CannotRun, type World } from './world.ts'

export const importHelp = `import FILE… [--state draft|published] [--add-people] [--again] [--dry-run] [--content DIR]
  Old newsletter files become issues of the content folder, as drafts; every guess is told with its place.
  docs/import.md has what becomes of what. Exit 1 where something could not be imported.
  --author NAME, --date DAY, --number N   what the files do not say themselves
  --base URL      address of the old pages: relative links go on from there
  --add-people    add authors to people.yml
  --again         replace drafts that an earlier import, or somebody, wrote; other issues are never replaced
  --dry-run       show the issues, write nothing`

const options = {
  ...commonOptions,
  state: { type: 'string' },
  author: { type: 'string' },
  date: { type: 'string' },
  number: { type: 'string' },
  base: { type: 'string' },
  'add-people': { type: 'boolean' },
  again: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
} as const

/** @returns exit code: 0 everything was imported, 1 problems */
export function importFiles(args: readonly string[], world: World): number {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  if (positionals.length === 0) throw new CannotRun('Which file? `import old-issues.md`, or `-` for standard input.')
  const wanted = importOptions(values)
  const folder = contentFolder(values, world)
  const inputs = readInputs(positionals, world)
  const read = readContent(folder)
  const architectures = readArchitectures(join(world.home, 'content'))
  const evidence = readEvidence(folder)
  const { catalog } = buildCatalog(read, architectures, evidence)

  const result = importIssues(inputs, catalog, wanted)
  const problems = [...result.problems]
  const isDry = values['dry-run'] === true
  const people = values['add-people'] === true ? withPeople(folder, result.newcomers, problems, world) : undefined
  const outcomes = result.issues.map((issue): Outcome => ({
    issue,
    became: placeFor(issue, folder, catalog, values.again === true, problems, world),
  }))
  const accepted = outcomes.filter(({ became }) => became !== 'refused').map(({ issue }) => issue)
  // The same check that a build makes, before anything is written.
  const files = [
    ...read.files.filter(
      ({ path }) => !accepted.some(({ file }) => file === path) && !(people !== undefined && path === 'people.yml'),
    ),
    ...accepted.map(({ file, text }) => ({ path: file, text })),
    ...(people === undefined ? [] : [{ path: 'people.yml', text: people }]),
  ]
  const checked = buildCatalog({ files, problems: [] }, architectures, evidence)
  const isOurs = ({ place, severity, code }: Problem) =>
    severity === 'error' && code !== 'unknown-person' && accepted.some(({ file }) => file === place.file)
  problems.push(
    ...checked.problems.filter(isOurs).map((problem) => ({
      ...problem,
      place: { ...problem.place, file: shownPath(join(folder, problem.place.file), world) },
    })),
  )

  if (!isDry) {
    if (people !== undefined) writeWhole(join(folder, 'people.yml'), people)
    for (const outcome of outcomes) write(outcome, folder)
  }
  tell(
    outcomes.map((outcome) => (isDry && outcome.became !== 'refused' ? { ...outcome, became: 'shown' } : outcome)),
    result.guesses,
    problems,
    folder,
    values,
    world,
  )
  return problems.some(({ severity }) => severity === 'error') ? 1 : 0
}

function importOptions(
  values: Partial<Record<'state' | 'author' | 'date' | 'number' | 'base', string | undefined>>,
): ImportOptions {
  const { state, author, date, number, base } = values
  if (state !== undefined && state !== 'draft' && state !== 'published') {
    throw new CannotRun(`Unexpected \`--state ${state}\`, expected \`draft\` or \`published\`.`)
  }
  if (date !== undefined && !Day.safeParse(date).success) {
    throw new CannotRun(`Unexpected \`--date ${date}\`, expected a day that exists, such as \`2017-04-28\`.`)
  }
  if (number !== undefined && !/^[1-9]\d{0,8}$/.test(number)) {
    throw new CannotRun(`Unexpected \`--number ${number}\`, expected a whole number such as \`4\`.`)
  }
  if (base !== undefined && !WebLink.safeParse(base).success) {
    throw new CannotRun(`Unexpected \`--base ${base}\`, expected an address such as \`https://old.example.org/news/\`.`)
  }
  return {
    state,
    ...(base === undefined ? {} : { base }),
    said: {
      ...(author === undefined ? {} : { author }),
      ...(date === undefined ? {} : { date }),
      ...(number === undefined ? {} : { number: Number(number) }),
    },
  }
}

function readInputs(names: readonly string[], world: World): ImportInput[] {
  return names.map((name) => {
    if (name === '-') return { name: 'standard input', bytes: world.standardInput() }
    const path = resolve(world.directory, name)
    if (!existsSync(path)) throw new CannotRun(`There is no file \`${name}\`.`)
    if (!statSync(path).isFile())
      throw new CannotRun(`\`${name}\` is no file: name the files, such as \`${name.replace(/\/$/, '')}/*.md\`.`)
    if (world.isTerminal && statSync(path).size > 1024 * 1024) world.tell(`Reading ${name}…\n`)
    // What is too large is told with the rest, and not read for it.
    return {
      name,
      bytes: statSync(path).size > maximumInputBytes ? new Uint8Array(maximumInputBytes + 1) : readFileSync(path),
    }
  })
}

function tell(
  outcomes: readonly Outcome[],
  guesses: readonly Guess[],
  problems: readonly Problem[],
  folder: string,
  values: { json?: boolean | undefined; 'dry-run'?: boolean | undefined },
  world: World,
): void {
  if (values.json === true) {
    const issues = outcomes.map(({ issue: { text, file, ...issue }, became }) => ({
      file: shownPath(join(folder, file), world),
      ...issue,
      became,
      ...(values['dry-run'] === true ? { text } : {}),
    }))
    world.answer(`${JSON.stringify({ issues, guesses, problems }, null, 2)}\n`)
    return
  }
  for (const guess of guesses) world.answer(paragraphOf(guess))
  for (const { issue, became } of outcomes) {
    if (became === 'shown') world.answer(`\n==> ${issue.file} <==\n${issue.text}\n`)
  }
  for (const { issue, became } of outcomes) {
    world.answer(
      `${shownPath(join(folder, issue.file), world)}  ${became}  ${issue.date.slice(0, 10)}  ${issue.title}\n`,
    )
  }
  world.tell(serializeProblems(problems, 'text', world.isTerminal))
  const words = outcomes.map(({ issue }) => issue.words)
  const sum = (key: 'read' | 'reported' | 'lost') => words.reduce((total, tally) => total + tally[key], 0)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  world.tell(
    `${count(outcomes.length, 'issue')} of ${count(sum('read'), 'word')}, ${sum('lost')} lost, ${sum('reported')} in this report alone; ${count(guesses.length, 'guess').replace(/guesss$/, 'guesses')}, ${count(errors, 'problem')}.\n`,
  )
}

/** A guess as text, with what was taken out of the issue: it stands nowhere else. */
function paragraphOf(guess: Guess): string {
  const removed =
    guess.removed === undefined
      ? ''
      : `  left out: ${guess.removed.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ').replace(/\n/g, '\n    ')}\n`
  return `${serializeProblems([guess], 'text').replace(/^(\S.*? {2})warning {2}/, '$1guess  ')}${removed}`
}
