/** The page of problems: every code has its anchor, which messages are looked up by. */
import { describe, expect, test } from 'vitest'
import { documentedCodes } from '#tests/catalog/documented-codes.ts'
import { elementById, pageAt, readSite, textOf } from './html.ts'
import { sites } from './sites.ts'

describe.each(sites)('on $name', (description) => {
  const { document } = pageAt(readSite(description), '/problems/')

  test('every documented code has a heading whose anchor is the code', () => {
    const headings = documentedCodes().map((code) => elementById(document, code))
    expect(headings.map((heading) => heading?.name)).toEqual(documentedCodes().map(() => 'h3'))
    expect(headings.map((heading) => heading && textOf(heading))).toEqual(documentedCodes())
  })
})
