/**
 * The fast way in. Nearly all records are plain: printable ASCII, usual links. They are told from
 * the others here, ten times as fast as by the schema, which judges all others. Whatever is called
 * plain the schema accepts too and leaves as it is; a property test holds that.
 */
import { provenanceWords, type Evidence } from './evidence.ts'
import { executionWords, levelWords, outcomeWords } from './status-words.ts'

/** A value with keys of which nothing is known yet. */
type Unknown<T> = { readonly [K in keyof T]?: unknown }

const printable = /^[\x20-\x7e]+$/
const id = /^[a-z0-9][a-z0-9-]{0,63}$/
const digest = /^[0-9a-f]{64}$/
// Days after the 28th do not exist in every month: the schema looks at them.
const instant = /^(19[7-9]\d|20\d\d)-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/
// No label ends with a hyphen, and Punycode may stand for no name at all: the schema looks at it.
const webLink =
  /^https:\/\/(?!.{0,180}xn--)(?:[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.){1,4}[a-z]{2,12}\/[A-Za-z0-9._~/?=&#:@+,-]{0,400}$/

export function isPlainText(value: unknown, maximum: number): boolean {
  return typeof value === 'string' && value.length <= maximum && printable.test(value)
}

export function isPlainId(value: unknown): boolean {
  return typeof value === 'string' && id.test(value)
}

export function isPlainInstant(value: unknown): boolean {
  return typeof value === 'string' && instant.test(value)
}

export function isPlainLink(value: unknown): boolean {
  return typeof value === 'string' && webLink.test(value)
}

export function isOneOf(value: unknown, words: readonly string[]): boolean {
  return words.includes(value as string)
}

export function isPlainCount(value: unknown, maximum = 100_000_000): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= maximum
}

/** A map, as JSON knows it. Undefined for everything else. */
export function mapOf<T>(value: unknown): Unknown<T> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
}

/** Whether a map has as many keys as were looked at: then it has no others. */
export function hasKeys(map: object, count: number): boolean {
  return Object.keys(map).length === count
}

/** Whether a value is a record without anything unusual. `false` decides nothing. */
export function isPlainEvidence(value: unknown): value is Evidence {
  const map = mapOf<Evidence>(value)
  if (!map) return false
  let keys = 11
  if (map.version !== undefined) {
    if (!isPlainText(map.version, 80)) return false
    keys += 1
  }
  if (map.commit !== undefined) {
    if (!isPlainText(map.commit, 64)) return false
    keys += 1
  }
  if (map.execution !== undefined) {
    if (!isOneOf(map.execution, executionWords)) return false
    keys += 1
  }
  if (map.group !== undefined) {
    if (!isPlainText(map.group, 250)) return false
    keys += 1
  }
  if (map.counts !== undefined) {
    if (!isPlainCounts(map.counts)) return false
    keys += 1
  }
  return (
    map.schema === 1 &&
    typeof map.id === 'string' &&
    digest.test(map.id) &&
    isPlainId(map.project) &&
    isPlainId(map.architecture) &&
    isOneOf(map.level, levelWords) &&
    isOneOf(map.outcome, outcomeWords) &&
    isPlainInstant(map.observedAt) &&
    isPlainLink(map.link) &&
    isPlainSource(map.source) &&
    isPlainRun(map.run) &&
    isPlainProvenance(map.provenance) &&
    hasKeys(map, keys)
  )
}

const sourceTexts = [
  ['repository', 200],
  ['repositoryId', 40],
  ['workflow', 200],
  ['job', 200],
  ['event', 60],
  ['ref', 250],
] as const

function isPlainSource(value: unknown): boolean {
  const map = mapOf<Evidence['source']>(value)
  if (!map || !isPlainId(map.provider)) return false
  let keys = 1
  for (const [key, maximum] of sourceTexts) {
    if (map[key] === undefined) continue
    if (!isPlainText(map[key], maximum)) return false
    keys += 1
  }
  return hasKeys(map, keys)
}

export function isPlainRun(value: unknown): boolean {
  const map = mapOf<Evidence['run']>(value)
  if (!map || !isPlainText(map.id, 200) || map.attempt === 0 || !isPlainCount(map.attempt, 10_000)) return false
  if (map.jobId === undefined) return hasKeys(map, 2)
  return isPlainText(map.jobId, 80) && hasKeys(map, 3)
}

export function isPlainCounts(value: unknown): boolean {
  const map = mapOf<NonNullable<Evidence['counts']>>(value)
  return (
    map !== undefined &&
    isPlainCount(map.passed) &&
    isPlainCount(map.failed) &&
    isPlainCount(map.skipped) &&
    hasKeys(map, 3)
  )
}

function isPlainProvenance(value: unknown): boolean {
  const map = mapOf<Evidence['provenance']>(value)
  if (!map || !isOneOf(map.how, provenanceWords)) return false
  return map.by === undefined ? hasKeys(map, 1) : isPlainId(map.by) && hasKeys(map, 2)
}
