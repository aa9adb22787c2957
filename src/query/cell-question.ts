/** A question about cells, as people ask it: `sqlite riscv64`, `Does SQLite work on riscv64?`, `sqlite and nginx on armhf`. */
import { folded } from './fold.ts'

/** Every word for an architecture, in lower case. */
export interface ArchitectureVocabulary {
  /** → its id. */
  known: ReadonlyMap<string, string>
  /** Words that may mean several → what they mean, and where. */
  ambiguous: ReadonlyMap<string, readonly { id: string; where: string }[]>
}

/** The same as JSON: `/search/architectures.json`. */
export interface ArchitectureWordsFile {
  known: Readonly<Record<string, string>>
  ambiguous: Readonly<Record<string, readonly { id: string; where: string }[]>>
}

export interface AskedArchitecture {
  id: string
  /** Where the word that was typed means this one, if it means others elsewhere. */
  reading?: { word: string; where: string }
}

/** What a question may call one project. */
export interface AskedProject {
  /** The words that name it, as they were typed. */
  typed: string
  /** The same, folded. */
  words: readonly string[]
  /** The likeliest first: words, folded. The name of the project may begin so. */
  names: readonly (readonly string[])[]
  /** Some of these words, the most first: a project is meant that is called just that, whatever the rest says. */
  parts: readonly (readonly string[])[]
}

export interface CellQuestion {
  /** In the order in which they are named, and each once. */
  architectures: readonly AskedArchitecture[]
  /** One project; or, where words or commas join several, all of it as one name, and then each. */
  projects: readonly AskedProject[]
  /** Whether it asks whether something works: then it is no question about something else. */
  isWhether: boolean
}

/** More would be no answer before all others. */
const maximumArchitectures = 6
const maximumProjects = 5
/** More words are no name, and a project that is one of them is not what is asked about. */
const maximumWords = 4

/** Words that ask, and name nothing; a project that is called so is still found by them. */
const askingWords = new Set([
  ...['a', 'an', 'are', 'be', 'can', 'do', 'does', 'for', 'how', 'i', 'in', 'is', 'it', 'of', 'on', 'or', 'the', 'to'],
  ...['has', 'have', 'there', 'under', 'well', 'what', 'where', 'which', 'will', 'with', 'yet'],
  ...['available', 'build', 'builds', 'compile', 'compiles', 'run', 'running', 'runs', 'status', 'support'],
  ...['supported', 'supports', 'version', 'work', 'working', 'works'],
])

/** They stand between two projects. */
const joiningWords = new Set(['and', 'or', 'vs', 'versus', '&', '+'])

/** Who begins so asks whether something is the case. */
const opensWhether = /^(?:are|can|do|does|has|have|is|will)\s/i

interface Word {
  typed: string
  folded: string
  /** Whether what follows is something else. */
  isLast: boolean
  /** What it means of architectures; undefined where it means none. */
  readings: readonly AskedArchitecture[] | undefined
}

/** @returns undefined where no architecture is named, or nothing else */
export function readCellQuestion(text: string, vocabulary: ArchitectureVocabulary): CellQuestion | undefined {
  const read = readerOf(vocabulary)
  const all = wordsOf(text, read)
  const others = all.filter(({ readings }) => !readings)
  // What is named without a doubt comes before what may be meant.
  const named = all.flatMap(({ readings = [] }) => readings).sort((a, b) => Number(!!a.reading) - Number(!!b.reading))
  const architectures = named.filter(({ id }, place) => named.findIndex((other) => other.id === id) === place)
  const together = projectOf(others)
  if (architectures.length === 0 || !together) return undefined
  const apart = divided(others).flatMap((words) => projectOf(words) ?? [])
  return {
    architectures: architectures.slice(0, maximumArchitectures),
    // A name may have such a word in it: `Bells and Whistles`.
    projects: apart.length > 1 ? [{ ...together, parts: [] }, ...apart.slice(0, maximumProjects)] : [together],
    isWhether: opensWhether.test(text.trim()),
  }
}

/** A question about all projects: `What works on riscv64?` */
export interface ListQuestion {
  architecture: string
  /** A group of statuses, as the matrix takes it. */
  support: 'works' | 'no'
}

const workingWords = new Set(['run', 'running', 'runs', 'support', 'supported', 'supports', 'work', 'working', 'works'])
const brokenWords = new Set(['broken', 'fail', 'failing', 'fails', 'unsupported'])
/** They stand for projects. */
const allWords = new Set([
  'all',
  'everything',
  'package',
  'packages',
  'program',
  'programs',
  'project',
  'projects',
  'software',
])

/** @returns undefined where something else is asked about, or several architectures */
export function readListQuestion(text: string, vocabulary: ArchitectureVocabulary): ListQuestion | undefined {
  const words = wordsOf(text, readerOf(vocabulary))
  const [architecture, ...others] = words.flatMap(({ readings = [] }) => readings)
  if (!architecture || others.length > 0) return undefined
  const left = words.filter(({ readings, folded }) => !readings && !allWords.has(folded))
  const isBroken = left.some(({ folded }) => brokenWords.has(folded))
  if (!isBroken && !left.some(({ folded }) => workingWords.has(folded))) return undefined
  if (left.some((word) => isNaming(word) && !brokenWords.has(word.folded))) return undefined
  return { architecture: architecture.id, support: isBroken ? 'no' : 'works' }
}

/** What a word means that may mean several architectures, where nothing else is asked about; else nothing. */
export function readAmbiguousWord(text: string, { ambiguous }: ArchitectureVocabulary): readonly AskedArchitecture[] {
  const [word, ...others] = wordsOf(text, readerOf({ known: new Map(), ambiguous })).filter(isNaming)
  return (others.length === 0 && word?.readings) || []
}

function wordsOf(text: string, read: ReturnType<typeof readerOf>): Word[] {
  const wordOf = (word: string): Word => {
    const typed = withoutMarks(word)
    return { typed, folded: folded(typed), isLast: /[,;]$/.test(word), readings: read(folded(typed)) }
  }
  return asOneWord(text)
    .trim()
    .split(/[\s()]+/)
    .flatMap((word) => {
      const whole = wordOf(word)
      // Of an image, `node:22-alpine`; and `sqlite/arm64`.
      return whole.readings || !/[\p{L}\p{N}][:/@][\p{L}\p{N}]/u.test(word) ? [whole] : word.split(/[:/@]/).map(wordOf)
    })
    .filter((word) => word.folded !== '')
}

/** People write `ARM 64-bit`, `64-bit ARM` and `arm v8`. */
function asOneWord(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\b64[\s-]?bit\s+arm\b/gi, 'arm64')
    .replace(/\barm[\s-]+64(?:[\s-]?bits?)?\b/gi, 'arm64')
    .replace(/\barm[\s-]+(v[678][a-z]?)\b/gi, 'arm$1')
}

/** What a word means of architectures; several, each with the place where it does; undefined where it means none. */
function readerOf({ known, ambiguous }: ArchitectureVocabulary): (word: string) => AskedArchitecture[] | undefined {
  const plain = new Map([...known].map(([word, id]) => [withoutHyphens(word), id]))
  return (typed) => {
    const word = typed.replace(/^linux\//, '')
    const id = plain.get(withoutHyphens(word))
    if (id !== undefined) return [{ id }]
    return ambiguous.get(word)?.map(({ id, where }) => ({ id, reading: { word, where } }))
  }
}

function projectOf(words: readonly Word[]): AskedProject | undefined {
  const naming = words.filter(isNaming)
  const left = naming.map(({ folded }) => folded)
  const names = [words.map(({ folded }) => folded), left].filter((name) => name.length > 0)
  if (names.length === 0) return undefined
  const typed = words
    .slice(words.findIndex(isNaming), words.findLastIndex(isNaming) + 1)
    .map(({ typed }) => typed)
    .join(' ')
  return { typed, words: left, names, parts: left.length > maximumWords ? [] : partsOf(left) }
}

function isNaming({ folded }: Word): boolean {
  return !askingWords.has(folded)
}

/** Whether a word only asks, or stands between others. */
export function namesNothing(word: string): boolean {
  const typed = word.toLowerCase()
  return askingWords.has(typed) || joiningWords.has(typed)
}

/** Words between which nothing says that something else follows. Those that only ask are no project. */
function divided(words: readonly Word[]): Word[][] {
  const all: Word[][] = [[]]
  for (const word of words) {
    if (!joiningWords.has(word.folded)) all.at(-1)?.push(word)
    if (word.isLast || joiningWords.has(word.folded)) all.push([])
  }
  return all.filter((one) => one.some(isNaming))
}

/** `arm-64` is arm64. A slash stays: `arm/v8` may mean several, and `armv8` one. */
function withoutHyphens(word: string): string {
  return word.replace(/[-_]/g, '')
}

/** Words that stand beside each other, without all of them together. */
function partsOf(words: readonly string[]): string[][] {
  const lengths = words.map((_, index) => index).filter((length) => length > 0)
  return lengths
    .reverse()
    .flatMap((length) => words.slice(0, words.length - length + 1).map((_, from) => words.slice(from, from + length)))
}

/** Words with which a question begins. */
const openingWords = /^(?:are|can|do|does|has|have|how|is|what|where|which|will)\s/i

/** What is asked about, for whoever looks for words: of `Does SQLite work on riscv64?`, `SQLite riscv64`. What is no question stays as it is. */
export function withoutAskingWords(text: string): string {
  const typed = text.trim()
  if (!openingWords.test(typed) && !typed.endsWith('?')) return text
  const words = typed.split(/\s+/).map(withoutMarks)
  const left = words.filter((word) => word !== '' && !askingWords.has(word.toLowerCase()))
  return left.length === 0 ? text : left.join(' ')
}

/** Sites that have projects at `/owner/name`. */
const forges = /^(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)$/i

const address =
  /^(?:(?<scheme>https?:\/\/)|git@)?(?<host>(?:[\w-]+\.)+[a-z]{2,})(?::\d+)?(?:[/:](?<path>[^\s?#]*))?(?:[?#]\S*)?$/i

/**
 * The name of what stands at an address: of `https://github.com/nodejs/node.git`, `node`; of a home page without a path the name of the site.
 * What is no address stays as it is.
 */
export function withoutAddress(text: string): string {
  const { scheme, host = '', path = '' } = address.exec(text.trim())?.groups ?? {}
  const parts = path.split('/').filter((part) => part !== '')
  const isForge = forges.test(host)
  const name = isForge ? (parts[1] ?? parts[0]) : parts.at(-1)
  if (name !== undefined) return name.replace(/\.git$/, '')
  return scheme !== undefined && !isForge ? (host.split('.').at(-2) ?? text) : text
}

/** `.net` begins with its full stop, and `c++` ends with its signs. */
function withoutMarks(word: string): string {
  return word.replace(/^["'“”‘’«»(¿¡]+|["'“”‘’«»)?!,;:.…]+$/gu, '')
}
