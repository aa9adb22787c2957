/** A question about one cell, as people ask it: `sqlite riscv64`, `Does SQLite work on riscv64?` */
import { folded } from './fold.ts'

export interface CellQuestion {
  /** Id of the architecture that it names. */
  architecture: string
  /** What it may call the project, the likeliest first: words, folded. */
  names: readonly (readonly string[])[]
}

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
  const words = folded(text)
    .split(' ')
    .map(withoutMarks)
    .filter((word) => word !== '')
  const named = words.find((word) => architectures.has(word))
  const architecture = architectures.get(named ?? '')
  if (architecture === undefined) return undefined
  const others = words.filter((word) => word !== named)
  const names = [others, others.filter((word) => !askingWords.has(word))].filter((name) => name.length > 0)
  return names.length === 0 ? undefined : { architecture, names }
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
