import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { buildCatalog, loadCatalog } from '#catalog/catalog.ts'
import { fileURLToPath } from 'node:url'
import { wordsOf } from '#import/words.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'
import { oldDocument, soup } from './old-documents.ts'
import { codesOf, importing, smallSite } from './importing.ts'

const content = fileURLToPath(new URL('../../content/', import.meta.url))

describe('an import', () => {
  test(
    'keeps each word of a document in the issue or in the report',
    () => {
      fc.assert(
        fc.property(oldDocument, ({ text, words }) => {
          const result = importing(text)
          expect(codesOf(result)).not.toContain('words-lost')
          expect(result.issues).toHaveLength(1)
          // Words that no two constructs share, so that none can stand for another.
          const kept = new Set([
            ...wordsOf(result.issues[0]?.text ?? ''),
            ...result.guesses.flatMap(({ removed }) => wordsOf(removed ?? '')),
          ])
          expect(words.filter((word) => !kept.has(word))).toEqual([])
        }),
        { numRuns: runsOf(150) },
      )
    },
    propertyTimeout,
  )

  test(
    'makes what a build accepts',
    () => {
      fc.assert(
        fc.property(oldDocument, ({ text }) => {
          const { issues } = importing(text)
          const files = issues.map((issue) => ({ path: issue.file, text: issue.text }))
          const catalog = smallSite()
          const { problems } = buildCatalog({
            files: [
              {
                path: 'site.yml',
                text: `title: Test\nsections: ${JSON.stringify(Object.fromEntries(catalog.sections))}\n`,
              },
              { path: 'people.yml', text: 'ann-example: {name: Ann Example}\n' },
              ...files,
            ],
            problems: [],
          })
          // A text of long ago may have what an editor should look at: that is a warning, and a build takes it.
          const errors = problems.filter(({ code, severity }) => severity === 'error' && code !== 'unknown-project')
          expect(errors).toEqual([])
        }),
        { numRuns: runsOf(100) },
      )
    },
    propertyTimeout,
  )

  test(
    'gives the same for the same',
    () => {
      fc.assert(
        fc.property(oldDocument, ({ text }) => {
          expect(importing(text)).toEqual(importing(text))
        }),
        { numRuns: runsOf(30) },
      )
    },
    propertyTimeout,
  )

  test(
    'of what it made changes nothing any more',
    () => {
      fc.assert(
        fc.property(oldDocument, ({ text }) => {
          const [first] = importing(text).issues
          const again = importing(first?.text ?? '')
          expect(codesOf(again)).not.toContain('words-lost')
          expect(again.issues[0]?.text).toBe(first?.text)
        }),
        { numRuns: runsOf(60) },
      )
    },
    propertyTimeout,
  )

  test(
    'of anything at all ends, and says what it lost',
    () => {
      fc.assert(
        fc.property(soup, ({ text, words }) => {
          const { issues, guesses, problems } = importing(text)
          const kept = new Set([
            ...issues.flatMap((issue) => wordsOf(issue.text)),
            ...guesses.flatMap(({ removed }) => wordsOf(removed ?? '')),
            ...problems.flatMap(({ actual }) => wordsOf(actual)),
          ])
          // A word within the marks of a tag is a part of the tag.
          const inTags = new Set([...text.matchAll(/<[^>]*>?/g)].flatMap(([tag]) => wordsOf(tag)))
          if (problems.some(({ code }) => code !== 'words-lost')) return
          expect(words.filter((word) => !kept.has(word) && !inTags.has(word))).toEqual([])
        }),
        { numRuns: runsOf(300) },
      )
    },
    propertyTimeout,
  )
})

test('an import of our own issues yields the same issues', () => {
  const { catalog } = loadCatalog(content)
  catalog.issue.clear()
  for (const name of readdirSync(`${content}issues`).filter((file) => file.endsWith('.md'))) {
    const text = readFileSync(`${content}issues/${name}`, 'utf8')
    const { issues, guesses, problems } = importing({ [name]: text }, { catalog, state: 'published', said: {} })
    expect(problems).toEqual([])
    expect(guesses).toEqual([])
    expect(wordsOf(issues[0]?.text ?? '').sort()).toEqual(wordsOf(text).sort())
  }
})
