/** Documents for the tests of adapters. */
import { readFileSync } from 'node:fs'
import type { Adapted, Adapter, CiResult } from '#ingest/adapter.ts'
import { parseDocument, type CiDocument } from '#ingest/document.ts'

/** What an adapter makes of a value, sent as JSON. */
export function adaptJson(adapter: Adapter, value: unknown): Adapted {
  return adapter.adapt(documentOf(value))
}

export function documentOf(value: unknown): CiDocument {
  return parseDocument(JSON.stringify(value))
}

/** A payload as a CI system wrote it. */
export function recorded(path: string): CiDocument {
  return parseDocument(readFileSync(new URL(`../fixtures/ingest/${path}`, import.meta.url), 'utf8'))
}

/** The only result of a document that has nothing else in it. */
export function onlyResult({ results, problems, ignored }: Adapted): CiResult {
  const [result] = results
  if (!result || results.length !== 1 || problems.length > 0 || ignored > 0) {
    throw new Error(`${results.length} results, ${problems.length} problems, ${ignored} ignored`)
  }
  return result
}

export function codesOf({ problems }: Adapted): string[] {
  return problems.map(({ code }) => code)
}
