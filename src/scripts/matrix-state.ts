/** What a reader asks of the matrix, and how an address says it. */
import {
  parseQuery,
  serializeCondition,
  splitQuery,
  type Condition,
  type Query,
  type QueryVocabulary,
} from '#query/query.ts'
import { sortWords, type Sort } from '#query/select.ts'

/** Conditions that have a control of their own, and a parameter in the address. */
export const controlNames = ['arch', 'support', 'basis', 'category'] as const
export type ControlName = (typeof controlNames)[number]

export interface MatrixState extends Record<ControlName, string> {
  /** What stands in the field. */
  text: string
  /** Conditions that were typed and have no control. */
  conditions: readonly Condition[]
  sort: Sort
  /** Chosen columns, or undefined where the reader has not chosen. */
  columns: readonly string[] | undefined
  /** Ids of projects that are to stand side by side, as an address names them, in lower case. */
  compare: readonly string[]
  /** Number of the page, where the reader goes by pages instead of scrolling. */
  page: number | undefined
}

export const emptyState: MatrixState = {
  text: '',
  conditions: [],
  arch: '',
  support: '',
  basis: '',
  category: '',
  sort: 'name',
  columns: undefined,
  compare: [],
  page: undefined,
}

/** What the page offers: an address may say anything. */
export interface MatrixOffer {
  vocabulary: QueryVocabulary
  columns: readonly string[]
  /** Whether a control has a word. */
  has: (control: ControlName, word: string) => boolean
}

/** More would not stand side by side. */
export const mostCompared = 6

export function readState(search: string, offer: MatrixOffer): MatrixState {
  const parameters = new URLSearchParams(search)
  const text = (name: string) => (parameters.get(name) ?? '').trim()
  const list = (name: string) => parameters.getAll(name).join(',').split(',')
  // Other words for an architecture end here, as in a query.
  const columnOf = (word: string) => offer.vocabulary.architectures.get(word.toLowerCase()) ?? word
  const wordOf = (name: ControlName) => (name === 'arch' ? columnOf(text(name)) : text(name))
  const controls = Object.fromEntries(
    controlNames.map((name) => [name, offer.has(name, wordOf(name)) ? wordOf(name) : '']),
  ) as Record<ControlName, string>
  const named = new Set(list('columns').map((word) => columnOf(word.trim())))
  const columns = offer.columns.filter((id) => named.has(id))
  const page = Number(text('page'))
  return committed(
    {
      ...emptyState,
      ...controls,
      // What means nothing, or an architecture that means several, is told, as if it had been typed.
      text: [...controlNames.map((name) => unread(name, text(name), controls[name])), text('q')]
        .filter((part) => part !== '')
        .join(' '),
      sort: sortWords.find((word) => word === text('sort')) ?? 'name',
      columns: columns.length === 0 ? undefined : columns,
      compare: [...new Set(list('compare').map((id) => id.trim().toLowerCase()))].filter((id) => id !== ''),
      page: Number.isInteger(page) && page > 0 ? page : undefined,
    },
    offer,
  )
}

function unread(name: ControlName, word: string, read: string): string {
  const typed = word.replaceAll('"', '')
  const field = name === 'support' ? 'is' : name
  return typed === '' || read !== '' ? '' : `${field}:${/\s/.test(typed) ? `"${typed}"` : typed}`
}

/** What was typed as conditions becomes conditions: those that have a control go there. */
export function committed(state: MatrixState, offer: MatrixOffer): MatrixState {
  const { rest, conditions } = splitQuery(state.text, offer.vocabulary)
  const next = { ...state, text: rest, conditions: [...state.conditions] }
  for (const condition of conditions) {
    const control = controlOf(condition)
    const [word = ''] = condition.values
    if (control === 'arch' || (control && next[control] === '' && offer.has(control, word))) next[control] = word
    else if (!next.conditions.some((known) => serializeCondition(known) === serializeCondition(condition))) {
      next.conditions.push(condition)
    }
  }
  return next
}

function controlOf({ field, operator, values, isNegated }: Condition): ControlName | undefined {
  if (isNegated || operator !== ':' || values.length !== 1) return undefined
  if (field === 'is') return 'support'
  return field === 'arch' || field === 'basis' || field === 'category' ? field : undefined
}

/** The parameters of an address, without the question mark. */
export function serializeState(state: MatrixState): string {
  const parameters = new URLSearchParams()
  const question = [state.text, ...state.conditions.map(serializeCondition)].filter((part) => part !== '').join(' ')
  if (question !== '') parameters.set('q', question)
  for (const name of controlNames) {
    if (state[name] !== '') parameters.set(name, state[name])
  }
  if (state.sort !== 'name') parameters.set('sort', state.sort)
  if (state.columns) parameters.set('columns', state.columns.join(','))
  if (state.compare.length > 0) parameters.set('compare', state.compare.join(','))
  if (state.page !== undefined) parameters.set('page', String(state.page))
  return parameters.toString().replaceAll('%2C', ',').replaceAll('%3A', ':')
}

/** The whole question: what is chosen, and what is typed. An architecture that is typed is the one that is meant. */
export function questionOf(state: MatrixState, vocabulary: QueryVocabulary): Query {
  const isTyped = splitQuery(state.text, vocabulary).conditions.some(({ field }) => field === 'arch')
  return parseQuery(
    [
      ...(state.arch === '' || isTyped ? [] : [`arch:${state.arch}`]),
      ...(state.support === '' ? [] : [`is:${state.support}`]),
      ...(state.basis === '' ? [] : [`basis:${state.basis}`]),
      ...(state.category === '' ? [] : [`category:${state.category}`]),
      ...state.conditions.map(serializeCondition),
      state.text,
    ].join(' '),
    vocabulary,
  )
}

/** Whether anything narrows what is shown. */
export function isNarrowed(state: MatrixState): boolean {
  return (
    state.text !== '' ||
    state.conditions.length > 0 ||
    controlNames.some((name) => name !== 'arch' && state[name] !== '')
  )
}
