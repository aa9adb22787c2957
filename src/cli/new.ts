import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadCatalog, type LocatedCatalog } from '#catalog/catalog.ts'
import { plainOrQuoted, quoted } from '#catalog/edit.ts'
import { freeItemId } from '#catalog/free-id.ts'
import { idFrom, suggestId } from '#catalog/problems.ts'
import { idPattern } from '#domain/identifier.ts'
import { writeWhole } from '#store/whole-file.ts'
import { asOf, commonOptions, contentFolder, loadContent, shownPath, wordsOfList } from './options.ts'
import { serializeProblems } from './report.ts'
import { scaffoldKinds, scaffolds, type Field, type ScaffoldKind, type Surroundings } from './scaffolds.ts'
import { CannotRun, type World } from './world.ts'

export const newHelp = `new ${scaffoldKinds.join('|')} [--KEY VALUE]… [--id ID] [--text TEXT] [--dry-run] [--json] [--content DIR]
  Writes a valid file and prints its path. On a terminal it asks for what is missing; else every key is an
  option, a list by giving it several times or with commas (--step only several times):
${scaffoldKinds.map((kind) => `  ${kind.padEnd(9)} ${usageOf(kind)}`).join('\n')}`

/** @returns exit code: 0 written, 1 what was given makes no valid file */
export async function newFile(args: readonly string[], world: World): Promise<number> {
  const [word, ...rest] = args
  const kind = scaffoldKinds.find((name) => name === word)
  if (kind === undefined) {
    throw new CannotRun(`Expected one of ${scaffoldKinds.map((name) => `\`new ${name}\``).join(', ')}.`)
  }
  const { fields } = scaffolds[kind]
  const { values, positionals } = parseArgs({
    args: rest,
    allowPositionals: true,
    options: {
      ...commonOptions,
      id: { type: 'string' },
      text: { type: 'string' },
      'dry-run': { type: 'boolean' },
      ...Object.fromEntries(
        fields.map(({ option, isList = false }) => [option, { type: 'string', multiple: isList } as const]),
      ),
    },
  })
  if (positionals.length > 0)
    throw new CannotRun(`Unexpected \`${positionals[0] ?? ''}\`: \`new ${kind}\` takes options alone.`)
  const { catalog } = loadContent(values, world)
  const given = new Map<string, string | string[]>(
    // What parseArgs gives for an option of type string is a text, or a list of texts.
    Object.entries(values as Record<string, string | string[] | undefined>).flatMap(([option, value]) =>
      value === undefined ? [] : [[option, value] as const],
    ),
  )
  const texts = await gather(kind, given, { catalog, today: asOf(values, world).slice(0, 10) }, world)
  const id = idOf(kind, values.id, texts, catalog)
  const folder = contentFolder(values, world)
  const file = `${scaffolds[kind].folder}/${id}.md`
  const path = join(folder, file)
  if (existsSync(path))
    throw new CannotRun(`There is a file \`${shownPath(path, world)}\` already: choose another one with --id.`)
  const text = serialize(fields, texts, typeof values.text === 'string' ? values.text : '')

  mkdirSync(dirname(path), { recursive: true })
  writeWhole(path, text)
  // The file is checked where it stands, with everything that it refers to.
  const problems = loadCatalog(folder, join(world.home, 'content')).problems.filter(({ place }) => place.file === file)
  const isValid = !problems.some(({ severity }) => severity === 'error')
  if (!isValid || values['dry-run']) rmSync(path)
  if (!isValid) {
    const named = problems.map((problem) => ({ ...problem, place: { ...problem.place, file: shownPath(path, world) } }))
    world.answer(serializeProblems(named, values.json ? 'json' : 'text', !values.json && world.isTerminal))
    world.tell('Nothing was written.\n')
    return 1
  }
  if (values['dry-run']) world.answer(text)
  else
    world.answer(
      values.json ? `${JSON.stringify({ kind, id, file: shownPath(path, world) })}\n` : `${shownPath(path, world)}\n`,
    )
  return 0
}

/** What was given, what a person answers, and what goes without saying. */
async function gather(
  kind: ScaffoldKind,
  given: ReadonlyMap<string, string | string[]>,
  surroundings: Surroundings,
  { ask }: World,
): Promise<Map<string, string | string[]>> {
  const texts = new Map<string, string | string[]>()
  const missing: Field[] = []
  for (const field of scaffolds[kind].fields) {
    const usual = field.otherwise?.(surroundings)
    let value = given.get(field.option)
    if (value === undefined && ask) {
      const shown =
        usual === undefined ? (field.isRequired ? '' : ' (may be empty)') : ` [${[usual].flat().join(', ')}]`
      const answer = (await ask(`${field.question}${shown}: `)).trim()
      if (answer !== '') value = field.isList ? [answer] : answer
    }
    if (Array.isArray(value) && field.separator) value = wordsOfList(value, field.separator)
    value ??= usual
    if (value !== undefined) texts.set(field.key, value)
    else if (field.isRequired) missing.push(field)
  }
  if (missing.length > 0) {
    throw new CannotRun(
      `\`new ${kind}\` needs ${missing.map(({ option, question }) => `--${option} (${question})`).join(', ')}.`,
    )
  }
  return texts
}

function idOf(
  kind: ScaffoldKind,
  given: unknown,
  texts: ReadonlyMap<string, string | string[]>,
  catalog: LocatedCatalog,
): string {
  if (typeof given === 'string') {
    if (idPattern.test(given)) return given
    throw new CannotRun(
      `Unexpected id \`${given}\`, expected lower-case letters, digits and hyphens, such as \`${suggestId(given)}\`.`,
    )
  }
  if (kind === 'issue') return String(texts.get('number')).padStart(4, '0')
  const name = String(texts.get(scaffolds[kind].named))
  const id = idFrom(name)
  // An id is an address for good: nobody wants one that is made up.
  if (id === undefined) {
    throw new CannotRun(
      `Missing \`--id ID\`: \`${name}\` has no letter or digit of an id, expected lower-case letters, digits and hyphens.`,
    )
  }
  // Of two pieces of news with one title the second gets a number; of two projects the second is a mistake.
  return kind === 'item' ? freeItemId(name, catalog.item) : id
}

function serialize(fields: readonly Field[], texts: ReadonlyMap<string, string | string[]>, body: string): string {
  const lines = fields.flatMap((field): string[] => {
    const value = texts.get(field.key)
    if (value === undefined) return []
    if (field.key === 'steps') {
      return [
        'steps:',
        ...[value].flat().flatMap((step, index) => [`  - title: Step ${index + 1}`, `    run: ${quoted(step)}`]),
      ]
    }
    const written = (text: string) => (field.isPlain ? plainOrQuoted(text) : quoted(text))
    return [`${field.key}: ${Array.isArray(value) ? `[${value.map(written).join(', ')}]` : written(value)}`]
  })
  return `---\n${lines.join('\n')}\n---\n${body.trim() === '' ? '' : `\n${body.trim()}\n`}`
}

function usageOf(kind: ScaffoldKind): string {
  return scaffolds[kind].fields
    .map(({ option, isRequired, otherwise }) => (isRequired && !otherwise ? `--${option}` : `[--${option}]`))
    .join(' ')
}
