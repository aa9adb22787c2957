/** A question about cells of one project, as people ask it: `sqlite riscv64`, `Does SQLite work on riscv64?` */
import { folded } from './fold.ts'

export interface CellQuestion {
  /** Ids of the architectures that it names, in its order. */
  architectures: readonly string[]
  /** What it may call the project, the likeliest first: words, folded. The name of the project may begin so. */
  names: readonly (readonly string[])[]
  /** Some of these words, the most first: a project is meant that is called just that, whatever the rest says. */
  parts: readonly (readonly string[])[]
}

/** More would be no answer before all others. */
const maximumArchitectures = 3
/** More words are no name. */
const maximumWords = 8

/** Words that ask, and name nothing; a project that is called so is still found by them. */
const askingWords = new Set([
  ...['a', 'an', 'are', 'be', 'can', 'do', 'does', 'for', 'how', 'i', 'in', 'is', 'it', 'of', 'on', 'or', 'the'],
  ...['has', 'have', 'there', 'under', 'well', 'what', 'where', 'which', 'will', 'with', 'yet'],
  ...['available', 'build', 'builds', 'compile', 'compiles', 'run', 'running', 'runs', 'status', 'support'],
  ...['supported', 'supports', 'version', 'work', 'working', 'works'],
])

/**
 * @param architectures every word for an architecture, lower-case → its id
 * @returns undefined where no architecture is named, or nothing else
 */
export function readCellQuestion(text: string, architectures: ReadonlyMap<string, string>): CellQuestion | undefined {
  const plain = new Map([...architectures].map(([word, id]) => [withoutHyphens(word), id]))
  const architectureOf = (word: string) => plain.get(withoutHyphens(word.replace(/^linux\//, '')))
  const words = folded(text)
    .split(' ')
    .map(withoutMarks)
    .filter((word) => word !== '')
  const named = new Set(words.flatMap((word) => architectureOf(word) ?? []))
  const others = words.filter((word) => architectureOf(word) === undefined)
  const left = others.filter((word) => !askingWords.has(word))
  const names = [others, left].filter((name) => name.length > 0)
  if (named.size === 0 || names.length === 0) return undefined
  return {
    architectures: [...named].slice(0, maximumArchitectures),
    names,
    parts: partsOf(left.slice(0, maximumWords)),
  }
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

/** `.net` begins with its full stop, and `c++` ends with its signs. */
function withoutMarks(word: string): string {
  return word.replace(/^["'“”‘’«»(¿¡]+|["'“”‘’«»)?!,;:.…]+$/gu, '')
}
