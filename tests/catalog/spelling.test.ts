import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test, vi } from 'vitest'
import { buildCatalog, loadCatalog } from '#catalog/catalog.ts'
import { englishDictionary, type Dictionary } from '#catalog/dictionary.ts'
import { checkSpelling } from '#catalog/spelling.ts'
import { wordsOfLine, wordsOfMarkdown } from '#catalog/words.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'
import { anyText, pieces, yamlText } from './arbitraries.ts'

vi.setConfig({ testTimeout: propertyTimeout })

const words = (text: string) => wordsOfMarkdown(text).map(({ word }) => word)

describe('the words of a text', () => {
  test.each([
    ['prose, with marks: (here) “there”, *so*!', ['prose', 'with', 'marks', 'here', 'there', 'so']],
    ['half-built and/or read–write—now', ['half', 'built', 'and', 'or', 'read', 'write', 'now']],
    ["don't, Lovelace’s", ["don't", 'Lovelace’s']],
    [
      '[the label][x] of [a page](https://a.example/wrng "wrng")\n\n[x]: https://a.example/',
      ['the', 'label', 'of', 'page'],
    ],
    ['`cde` and <https://a.example/wrng> and https://a.example/wrng', ['and', 'and']],
    ['at name@wrng.example, www.wrng.example, wrng.c, /usr/wrng, ~/wrng, ./wrng', ['at']],
    ['--wrng, $WRNGG, wr_ng, wrng(), a::wrng, x=wrng, @wrng, #wrng', []],
    ['v1.2rc, 0xdeadbeef, 64bit, arm64, 3rd', []],
    ['CPU, VMs, GitHub, a', []],
    ['## Title {#wrng}', ['Title']],
    ['&nbsp;word&#8221;', ['word']],
    ['```\nwrng\n```\n\n    wrng\n', []],
    ['`x`s and un**done**', ['and']],
    ['ключ word', ['word']],
    ['![alt](/a.png)', []],
    ['x'.repeat(50), []],
  ])('%j', (text, expected) => {
    expect(words(text)).toEqual(expected)
  })
})

const english = englishDictionary('en')

describe('the dictionary', () => {
  test.each(['avaiable', 'newletter', 'recieve', 'Pavillion'])('does not know %s', (word) => {
    expect(english.knows(word)).toBe(false)
  })

  test.each([
    ['avaiable', 'available'],
    ['recieve', 'receive'],
    ['frok', 'fork'],
  ])('is asked what is near to %s', (word, near) => {
    expect(english.near(word)).toContain(near)
  })

  test('takes the spelling of a country where the language names one', () => {
    const known = ['en', 'en-GB', 'en-US', 'en-NZ'].map((language) =>
      ['colour', 'color'].filter((word) => englishDictionary(language).knows(word)),
    )
    expect(known).toEqual([['colour', 'color'], ['colour'], ['color'], ['colour', 'color']])
  })
})

const site = { path: 'site.yml', text: 'title: Test\n' }
const project = (fields: string, body = '') => ({
  path: 'projects/keydb.md',
  text: `---\nname: KeyDB\nsummary: Data store\nhomepage: https://example.org/\ncategories: [x]\n${fields}---\n${body}`,
})

function misspelt(files: { path: string; text: string }[], dictionary: Dictionary = english) {
  return checkSpelling(buildCatalog({ files: [site, ...files], problems: [] }).catalog, dictionary)
}

test('every place of a wrong word is a problem of its own', () => {
  const found = misspelt([project('', 'One frok.\nTwo frok, frok.\n')])
  expect(found.map(({ place }) => [place.line, place.column])).toEqual([
    [7, 5],
    [8, 5],
    [8, 11],
  ])
})

test('a word of the list may be written as it stands there, in capitals, and in the plural', () => {
  const list = { path: 'words.txt', text: 'frok\nWrngg\n' }
  const body = 'frok FROKS Frok frok’s Wrngg WRNGGS wrngg'
  expect(misspelt([list, project('', body)]).map(({ actual }) => actual)).toEqual(['wrngg'])
})

test('names of the catalog are words in every case and with their endings', () => {
  const body = 'Snowstore, snowstores, snowstore’s, keydb and KEYDBS'
  expect(misspelt([project('aliases: [SnowStore]\n', body)])).toEqual([])
})

test('so many wrong words that looking for near ones would take minutes are reported all the same', () => {
  const letters = 'abcdefghij'
  const wrong = Array.from(
    { length: 3000 },
    (_, index) => `zq${[...String(index)].map((digit) => letters[Number(digit)]).join('')}x`,
  )
  const asked = new Set<string>()
  const dictionary = { knows: () => false, near: (word: string) => (asked.add(word), []) }
  const found = misspelt([project('', wrong.join(' '))], dictionary)
  expect(found.filter(({ actual }) => wrong.includes(actual))).toHaveLength(wrong.length)
  expect(asked.size).toBeLessThanOrEqual(1000)
})

test('the content of this repository is spelt right, and its list has no word twice', () => {
  const folder = fileURLToPath(new URL('../../content/', import.meta.url))
  const { catalog } = loadCatalog(folder)
  expect(checkSpelling(catalog, english).map(({ place, actual }) => `${place.file}:${place.line} ${actual}`)).toEqual(
    [],
  )
  const lines = readFileSync(`${folder}words.txt`, 'utf8').split('\n')
  expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toHaveLength(catalog.ownWords.size)
})

const nothing: Dictionary = { knows: () => false, near: () => [] }

test('words stand in their text where they are said to', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, pieces), (text) => {
      for (const { word, offset } of [...wordsOfMarkdown(text), ...wordsOfLine(text)]) {
        expect(text.slice(offset, offset + word.length)).toBe(word)
      }
    }),
    { numRuns: runsOf(300) },
  )
})

test('any content has its problems inside of its files, and never an exception', () => {
  const escaped = (text: string) =>
    JSON.stringify(
      text
        .replace(/[\p{C}]/gu, ' ')
        .slice(0, 150)
        .trim() || 'text',
    )
  fc.assert(
    fc.property(anyText, pieces, yamlText, (summary, body, list) => {
      const files = [project(`claims:\n  - {architectures: [], note: ${escaped(list)}}\n`, body)]
      const valid = [project('', body), { path: 'words.txt', text: list }]
      const note = {
        path: 'notes/a.md',
        text: `---\ntitle: ${escaped(summary)}\nsummary: ${escaped(body)}\n---\n${summary}\n`,
      }
      for (const its of [files, valid, [note]]) {
        for (const { place, actual } of misspelt(its, nothing)) {
          const lines = [site, ...its].find(({ path }) => path === place.file)?.text.split('\n') ?? []
          const line = lines[place.line - 1]
          expect(line, `${place.file}:${place.line}`).toBeDefined()
          expect(place.column).toBeLessThanOrEqual((line?.length ?? 0) + 1)
          expect(actual).not.toBe('')
        }
      }
    }),
    { numRuns: runsOf(150) },
  )
})
