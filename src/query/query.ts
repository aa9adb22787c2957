/**
 * The one grammar for asking the matrix, in the address of a page and on the command line alike:
 * `arch:riscv64 is:works basis:verified level>=tested stale:no category:databases -is:emulated "free words"`.
 *
 * A condition is a field, `:`, and words of which one has to fit, with commas between them. A minus
 * turns it around. Whatever is no condition is a word that the project is called by.
 */
import { basisWords, executionWords, levelWords, supportGroups, supportWords } from '#domain/status-vocabulary.ts'
import { folded } from './fold.ts'

export const fields = ['arch', 'is', 'basis', 'level', 'execution', 'stale', 'category'] as const
export type Field = (typeof fields)[number]

const operators = ['>=', '<=', '>', '<', ':', '='] as const
export type Operator = ':' | '>=' | '<=' | '>' | '<'

export interface Condition {
  field: Field
  operator: Operator
  /** Of these one has to fit. */
  values: readonly string[]
  isNegated: boolean
}

export interface Query {
  /** Words and phrases of which each has to occur, folded. */
  words: readonly string[]
  conditions: readonly Condition[]
  problems: readonly QueryProblem[]
}

/** A condition that means nothing. It is left out, and told. */
export interface QueryProblem {
  /** As it was typed. */
  token: string
  reason: string
  /** What may be written instead. */
  expected: readonly string[]
}

/** What a site calls things. */
export interface QueryVocabulary {
  /** Every word for an architecture, lower-case → its id. */
  architectures: ReadonlyMap<string, string>
  categories: ReadonlySet<string>
}

/** More is no question, but somebody trying what happens. */
const maximumLength = 1_000

/** Reads a question. Whatever is typed is one; what means nothing is among its problems. */
export function parseQuery(text: string, vocabulary: QueryVocabulary): Query {
  const tokens = tokensOf(text.slice(0, maximumLength))
  const words: string[] = []
  const conditions: Condition[] = []
  const problems: QueryProblem[] = []
  for (const token of tokens) {
    const read = readCondition(token, vocabulary)
    if (read === undefined) words.push(token)
    else if ('reason' in read) problems.push(read)
    else conditions.push(read)
  }
  const names = words.map((word) => folded(word.replaceAll('"', ''))).filter((word) => word !== '')
  // `sqlite aarch64` asks for a project on an architecture.
  const isArchitectureNamed = conditions.some(({ field }) => field === 'arch')
  const named = isArchitectureNamed ? undefined : names.find((word) => vocabulary.architectures.has(word))
  const architecture = named === undefined ? undefined : vocabulary.architectures.get(named)
  if (architecture === undefined) return { words: names, conditions, problems }
  return {
    words: names.filter((word) => word !== named),
    conditions: [{ field: 'arch', operator: ':', values: [architecture], isNegated: false }, ...conditions],
    problems,
  }
}

/** What is typed, with the conditions that mean something taken out of it; the rest stays as it was typed. */
export function splitQuery(text: string, vocabulary: QueryVocabulary): { rest: string; conditions: Condition[] } {
  const conditions: Condition[] = []
  const rest = tokensOf(text.slice(0, maximumLength)).filter((token) => {
    const read = readCondition(token, vocabulary)
    if (read === undefined || 'reason' in read) return true
    conditions.push(read)
    return false
  })
  return { rest: conditions.length === 0 ? text.trim() : rest.join(' '), conditions }
}

/** A condition as it is typed: `level>=tested`, `-is:no`. */
export function serializeCondition({ field, operator, values, isNegated }: Condition): string {
  return `${isNegated ? '-' : ''}${field}${operator}${values.join(',')}`
}

/** The architecture that a question is about, where it names one. */
export function architectureOf({ conditions }: Query): string | undefined {
  return conditions.find(({ field }) => field === 'arch')?.values[0]
}

/** Words at spaces; what stands in quotation marks is one. */
function tokensOf(text: string): string[] {
  return text.match(/-?[a-z]+(?:[<>]=?|[:=])"[^"]*"?|"[^"]*"?|[^\s"]+/gi) ?? []
}

/** The condition that a token is, what is wrong with it, or undefined where it is a word. */
function readCondition(token: string, vocabulary: QueryVocabulary): Condition | QueryProblem | undefined {
  const match = /^(-?)([a-z]+)(>=|<=|>|<|:|=)(.*)$/is.exec(token)
  const [, minus, name = '', written, rest = ''] = match ?? []
  const field = fields.find((known) => known === (synonyms.get(name.toLowerCase()) ?? name.toLowerCase()))
  const symbol = operators.find((known) => known === written)
  // `pkg:npm/esbuild` and `https://…` are words.
  if (field === undefined || symbol === undefined) return undefined
  const operator = symbol === '=' ? ':' : symbol
  const values = rest
    .replaceAll('"', '')
    .toLowerCase()
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '')
  const known = wordsOfField(field, vocabulary)
  if (operator !== ':' && field !== 'level') {
    return problem(token, `\`${field}\` has no order`, [`${field}:${known[0] ?? ''}`])
  }
  if (values.length === 0) return problem(token, `\`${field}\` says nothing yet`, known)
  if (minus === '-' && field === 'arch') {
    return problem(token, 'a question is about an architecture, or about all of them', known)
  }
  const read = field === 'arch' ? values.map((value) => vocabulary.architectures.get(value) ?? value) : values
  const strange = read.find((value) => !isKnown(field, value, vocabulary))
  if (strange !== undefined) return problem(token, `\`${strange}\` is no ${nouns[field]}`, known)
  const isOne = field === 'arch' || field === 'stale' || operator !== ':'
  if (isOne && read.length > 1) return problem(token, `\`${field}\` takes one word`, known)
  return { field, operator, values: read, isNegated: minus === '-' }
}

const synonyms = new Map([
  ['architecture', 'arch'],
  ['support', 'is'],
  ['cat', 'category'],
  ['evidence', 'level'],
])

const nouns: Record<Field, string> = {
  arch: 'architecture here',
  is: 'support, basis or group of them',
  basis: 'basis',
  level: 'level',
  execution: 'execution',
  stale: '`yes` or `no`',
  category: 'category here',
}

const wordsOfIs = [...new Set([...supportGroups, ...supportWords, ...basisWords.filter((word) => word !== 'none')])]

/** The words that a condition may have. */
export function wordsOfField(field: Field, vocabulary: QueryVocabulary): readonly string[] {
  switch (field) {
    case 'arch':
      return [...new Set(vocabulary.architectures.values())]
    case 'is':
      return wordsOfIs
    case 'basis':
      return basisWords
    case 'level':
      return levelWords
    case 'execution':
      return executionWords
    case 'stale':
      return ['yes', 'no']
    case 'category':
      return [...vocabulary.categories]
  }
}

function isKnown(field: Field, value: string, vocabulary: QueryVocabulary): boolean {
  return field === 'category' ? vocabulary.categories.has(value) : wordsOfField(field, vocabulary).includes(value)
}

function problem(token: string, reason: string, expected: readonly string[]): QueryProblem {
  return { token, reason, expected }
}
