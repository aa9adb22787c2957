/** What a page hands to its view, made from content files. Only valid content comes through. */
import { expect } from 'vitest'
import { renderMarkdown } from '#catalog/markdown.ts'
import { asOf, catalogOf } from '#tests/builders.ts'
import type { ViewContext } from '#views/context.ts'

export function pageContextOf(files: Record<string, string>, changes: Partial<ViewContext> = {}): ViewContext {
  const { catalog, problems } = catalogOf(files)
  expect(problems).toEqual([])
  const addressOf = (path: string) => `/base${path}`
  const markdown = (text: string, idPrefix = '') => renderMarkdown(text, { addressOf, idPrefix })
  return {
    catalog,
    asOf,
    addressOf,
    absoluteAddressOf: (path) => `https://example.org/base${path}`,
    inline: (text) => markdown(text).html,
    markdown,
    ...changes,
  }
}

/** One entry of a catalog, which the test has put there. */
export function entryOf<T>(entries: ReadonlyMap<string, T>, id: string): T {
  const entry = entries.get(id)
  if (entry === undefined) throw new Error(`no entry ${id}`)
  return entry
}
