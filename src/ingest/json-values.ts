/** Reads unknown JSON: what has the expected type, or nothing. Never throws, never coerces. */
import type { Outcome } from '#domain/status-words.ts'
import { WebLink } from '#domain/link.ts'
import type { Adapted, CiResult, Spot } from './adapter.ts'
import type { CiDocument } from './document.ts'
import { badDocument } from './problems.ts'

/** A JSON object. Its keys are only ever read by names that stand in our code. */
export type JsonMap = Readonly<Record<string, unknown>>

export function mapOf(value: unknown): JsonMap | undefined {
  // An object that is no list has text keys; their values stay unknown.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonMap) : undefined
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Text that is not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

// What evidence refuses: see `CiText` of the domain.
const unfitForLine = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/

/** One short line, for what is nice to have: a longer one is left out, and the result stays. */
export function lineOf(value: unknown, maximum = 200): string | undefined {
  const text = textOf(value)
  return text !== undefined && text.length <= maximum && !unfitForLine.test(text) ? text : undefined
}

/** An id, as text: ids are compared, never counted. */
export function idOf(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? String(value) : undefined
  return lineOf(value, 80)
}

/** The names that a document gives to one thing; none where it gives none. */
export function namesOf(...values: unknown[]): string[] | undefined {
  const names = new Set(values.flatMap((value) => lineOf(value) ?? []))
  return names.size > 0 ? [...names] : undefined
}

/** A whole number from 0, below what evidence holds. */
export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 100_000_000 ? value : undefined
}

/** An attempt from 1. */
export function attemptOf(value: unknown): number | undefined {
  const attempt = countOf(value)
  return attempt !== undefined && attempt >= 1 && attempt <= 10_000 ? attempt : undefined
}

/** The attempt of something that was repeated so many times before. */
export function attemptAfter(retries: unknown): number {
  return attemptOf(typeof retries === 'number' ? retries + 1 : 1) ?? 1
}

/** The full name of a commit: `HEAD` and branches are none. */
export function commitOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(value) ? value : undefined
}

/** A page for readers: http or https, or nothing. */
export function linkOf(value: unknown): string | undefined {
  return typeof value === 'string' && WebLink.safeParse(value).success ? value : undefined
}

/** Whether the first object of a document is of a kind. The lines of JSON Lines may be of several: each is asked alone. */
export function startsWith({ json }: CiDocument, isOfKind: (map: JsonMap) => boolean): boolean {
  const first = mapOf(Array.isArray(json) ? json.find((value) => mapOf(value) !== undefined) : json)
  return first !== undefined && isOfKind(first)
}

/** Adapts a document that is one object, a list of them, or JSON Lines. */
export function adaptEach(
  document: CiDocument,
  thing: string,
  adapt: (map: JsonMap, spot: Spot, adapted: Adapted) => void,
): Adapted {
  const adapted: Adapted = { results: [], problems: [], ignored: 0 }
  const adaptOne = (value: unknown, spot: Spot) => {
    const map = mapOf(value)
    if (map) adapt(map, spot, adapted)
    else adapted.problems.push(badDocument(spot, thing, value ?? '', 'a JSON object'))
  }
  if (Array.isArray(document.json)) adaptList(document.json, [], adapted, adaptOne)
  else if (document.json !== undefined) adaptOne(document.json, [])
  else for (const { line, json } of document.lines ?? []) adaptOne(json, { line, column: 1 })
  return adapted
}

/** No run has as many jobs; a list of a million numbers would become a million problems. */
const maximumListLength = 10_000

/** Adapts the elements of a list. */
export function adaptList(
  list: readonly unknown[],
  spot: Spot,
  adapted: Adapted,
  adapt: (value: unknown, spot: Spot, adapted: Adapted) => void,
): void {
  for (const [index, value] of list.slice(0, maximumListLength).entries()) {
    adapt(value, spotWithin(spot, index), adapted)
  }
  if (list.length <= maximumListLength) return
  adapted.problems.push({
    ...badDocument(spot, 'list', `${list.length} elements`, `at most ${maximumListLength} elements`),
    fix: 'send the results in several files: the first of them were read',
  })
}

export function spotWithin(spot: Spot, ...path: (string | number)[]): Spot {
  return 'line' in spot ? spot : [...spot, ...path]
}

/** A result, without the keys that have no value. */
export function resultOf(outcome: Outcome, spot: Spot, said: Said): CiResult {
  const known = Object.entries(said).filter(([, value]) => value !== undefined)
  // The keys and types are those of `said`; only what is undefined has gone.
  return { ...(Object.fromEntries(known) as Partial<CiResult>), outcome, spot }
}

/** What a document says of a result, with `undefined` for what it does not say. */
export type Said = { [K in Exclude<keyof CiResult, 'outcome' | 'spot'>]?: CiResult[K] | undefined }
