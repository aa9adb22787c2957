/** The parts of a JSON document that hold its packages: what stands in the place of one is a problem. */
import type { Findings } from './findings.ts'
import { kindOf } from './findings.ts'
import { isObject, lineOfKey, type Json, type JsonObject } from './json-text.ts'

/** The map at a key of a document; undefined where there is none, with a problem where something else stands there. */
export function mapAt(document: JsonObject, key: string, findings: Findings): JsonObject | undefined {
  const value = document[key]
  if (isObject(value)) return value
  if (!isNothing(value))
    findings.malformed({ at: key, line: lineOfKey(document, key), expected: 'a map', actual: kindOf(value) })
  return undefined
}

/** The objects of the list at a key of a document, under the same terms. */
export function listAt(document: JsonObject, key: string, findings: Findings): JsonObject[] {
  const value = document[key]
  const line = lineOfKey(document, key)
  if (Array.isArray(value)) return objectsOf(value, key, line, findings)
  if (!isNothing(value)) findings.malformed({ at: key, line, expected: 'a list', actual: kindOf(value) })
  return []
}

/** The objects of a list; anything else in it is refused. */
export function objectsOf(list: readonly Json[], key: string, line: number, findings: Findings): JsonObject[] {
  return list.filter((item): item is JsonObject => {
    if (isObject(item)) return true
    findings.refuseKind(item, `in \`${key}\``, line)
    return false
  })
}

/** Tools of some languages write `null` for what is empty. */
export function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null
}
