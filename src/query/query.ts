/**
 * The one grammar for asking the matrix, in the address of a page and on the command line alike:
 * `arch:riscv64 is:works basis:verified level>=tested stale:no category:databases -is:emulated "free words" -word`.
 *
 * A condition is a field, `:`, and words of which one has to fit, with commas between them. Whatever is no
 * condition is a word that the project is called by. A minus leaves out what the same without it finds.
 * What that means for projects and their cells is in `matches.ts`.
 */
import type { Reading } from '#domain/architecture-words.ts'
import { isMachine } from '#domain/other-machines.ts'
import { basisWords, executionWords, levelWords, supportGroups, supportWords } from '#domain/status-vocabulary.ts'
import { withoutAskingWords } from './cell-question.ts'
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
  /** Words and phrases of which none may occur, folded. */
  excluded: readonly string[]
  conditions: readonly Condition[]
  problems: readonly QueryProblem[]
}

/** A condition that means nothing. It is left out, and told. */
export interface QueryProblem {
  /** As it was typed. */
  token: string
  reason: string
  /** The word in it that nobody knows, where there is one: another one may be near, and be meant. */
  strange?: string
  /** What may be written instead; empty where it is only to be taken away. */
  expected: readonly string[]
}

/** What a site calls things. */
export interface QueryVocabulary {
  /** Every word for an architecture, lower-case → its id. */
  architectures: ReadonlyMap<string, string>
  /** Words that may mean several architectures, lower-case; where nobody says where they do, only their ids. */
  ambiguous: ReadonlyMap<string, readonly (Pick<Reading, 'id'> & Partial<Reading>)[]>
  categories: ReadonlySet<string>
}

/** More is no question, but somebody trying what happens. */
const maximumLength = 1_000

/** Reads a question. Whatever is typed is one; what means nothing is among its problems. */
export function parseQuery(text: string, vocabulary: QueryVocabulary): Query {
  const words: string[] = []
  const excluded: string[] = []
  const conditions: Condition[] = []
  const problems: QueryProblem[] = []
  for (const token of tokensOf(withoutAskingWords(text))) {
    const read = readCondition(token, vocabulary)
    if (read === undefined) {
      const isExcluded = /^-[^-]/.test(token)
      const word = folded((isExcluded ? token.slice(1) : token).replaceAll('"', ''))
      if (word !== '') (isExcluded ? excluded : words).push(word)
    } else if ('reason' in read) problems.push(read)
    else if (read.field !== 'arch' || !conditions.some(isArchitecture)) conditions.push(read)
    else if (read.values[0] !== architectureOf({ conditions })) {
      problems.push(problem(token, 'a question is about one architecture, or about all of them', []))
    }
  }
  // `sqlite aarch64` asks for a project on an architecture.
  const named = conditions.some(isArchitecture) ? undefined : words.find((word) => vocabulary.architectures.has(word))
  const architecture = named === undefined ? undefined : vocabulary.architectures.get(named)
  if (architecture === undefined) return { words, excluded, conditions, problems }
  return {
    words: words.filter((word) => word !== named),
    excluded,
    conditions: [{ field: 'arch', operator: ':', values: [architecture], isNegated: false }, ...conditions],
    problems,
  }
}

/**
 * What is typed, with the conditions that mean something taken out of it; the rest stays as it was typed.
 * So do architectures where there are several: which one is meant is for the reader to say.
 */
export function splitQuery(text: string, vocabulary: QueryVocabulary): { rest: string; conditions: Condition[] } {
  const tokens = tokensOf(text).map((token) => ({ token, read: readCondition(token, vocabulary) }))
  const understood = tokens.flatMap(({ read }) => (read === undefined || 'reason' in read ? [] : [read]))
  const isOnOne = new Set(understood.filter(isArchitecture).map(({ values }) => values[0])).size <= 1
  const conditions = understood.filter((condition) => isOnOne || !isArchitecture(condition))
  const rest = tokens.filter(({ read }) => !conditions.some((condition) => condition === read))
  return { rest: conditions.length === 0 ? text.trim() : rest.map(({ token }) => token).join(' '), conditions }
}

/** A condition as it is typed: `level>=tested`, `-is:no`. */
export function serializeCondition({ field, operator, values, isNegated }: Condition): string {
  return `${isNegated ? '-' : ''}${field}${operator}${values.join(',')}`
}

/** The architecture that a question is about, where it names one. */
export function architectureOf({ conditions }: Pick<Query, 'conditions'>): string | undefined {
  return conditions.find(isArchitecture)?.values[0]
}

function isArchitecture({ field }: Condition): boolean {
  return field === 'arch'
}

/** Words at spaces; what stands in quotation marks is one. */
function tokensOf(text: string): string[] {
  return text.slice(0, maximumLength).match(/-?[a-z]+(?:[<>]=?|[:=])"[^"]*"?|-?"[^"]*"?|[^\s"]+/gi) ?? []
}

/** The condition that a token is, what is wrong with it, or undefined where it is a word. */
function readCondition(token: string, vocabulary: QueryVocabulary): Condition | QueryProblem | undefined {
  const match = /^(-?)([a-z]+)(>=|<=|>|<|:|=)(.*)$/is.exec(token)
  const [, minus, name = '', written, rest = ''] = match ?? []
  const field = fields.find((known) => known === (synonyms.get(name.toLowerCase()) ?? name.toLowerCase()))
  const symbol = operators.find((known) => known === written)
  if (field === undefined || symbol === undefined) {
    // `pkg:npm/esbuild`, `https://…` and `std::sort` are words.
    if (symbol !== ':' || name.toLowerCase() === 'pkg' || /^(?:["/:]|$)/.test(rest)) return undefined
    return problem(
      token,
      `\`${name}\` is no field`,
      fields.map((known) => `${known}:`),
      name,
    )
  }
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
  const readings = field === 'arch' && strange !== undefined ? vocabulary.ambiguous.get(strange) : undefined
  if (strange !== undefined && readings) {
    const meanings = readings.flatMap(({ id, where }) => (where === undefined ? [] : [`\`${id}\` (${where})`]))
    return problem(
      token,
      `\`${strange}\` could mean several architectures${meanings.length === 0 ? '' : `: ${meanings.join(' or ')}`}`,
      readings.map(({ id }) => id),
    )
  }
  if (strange !== undefined) {
    const isOther = field === 'arch' && isMachine(strange)
    return problem(token, `\`${strange}\` is no ${nouns[field]}`, known, isOther ? undefined : strange)
  }
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

function problem(token: string, reason: string, expected: readonly string[], strange?: string): QueryProblem {
  return { token, reason, expected, ...(strange === undefined ? {} : { strange }) }
}
