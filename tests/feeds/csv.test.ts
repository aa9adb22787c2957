import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { serializeCsv } from '#feeds/csv.ts'
import { runsOf } from '#tests/builders.ts'
import { isMissing } from '#tests/tools.ts'

const csvOf = (rows: string[][], columns = ['a', 'b']) => [...serializeCsv(columns, rows)].join('')

describe('a cell', () => {
  test.each([
    ['plain', 'plain'],
    ['', ''],
    ['a,b', '"a,b"'],
    ['a;b', '"a;b"'],
    ['say "yes"', '"say ""yes"""'],
    ['two\nlines', '"two\nlines"'],
    ['two\r\nlines', '"two\r\nlines"'],
    [' padded ', '" padded "'],
  ])('%j is written as %j', (cell, written) => {
    expect(csvOf([[cell, 'x']])).toBe(`a,b\n${written},x\n`)
  })

  test.each([
    ['=HYPERLINK("https://example.org")', `"'=HYPERLINK(""https://example.org"")"`],
    ['+1', "'+1"],
    ['-1.0', "'-1.0"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', `"'\t=1"`],
    ['\r=1', `"'\r=1"`],
    ['  =1', "'  =1"],
    ['\uff1d1', "'\uff1d1"],
  ])('%j is no formula: it is written as %j', (cell, written) => {
    expect(csvOf([[cell, 'x']])).toBe(`a,b\n${written},x\n`)
  })

  test('that looks like one only further on stays as it is', () => {
    expect(csvOf([['1.0-1+deb12=2@x', "'quoted"]])).toBe(`a,b\n1.0-1+deb12=2@x,'quoted\n`)
  })
})

test('a table without rows has its columns', () => {
  expect(csvOf([])).toBe('a,b\n')
})

const python = `import csv, io, json, sys
text = sys.stdin.buffer.read().decode('utf-8')
print(json.dumps(list(csv.reader(io.StringIO(text, newline='')))))`
const pythonIsMissing = isMissing(['python3', '-c', 'import csv'])

test.skipIf(pythonIsMissing)(
  'Python reads every cell as it was, with an apostrophe where it would be a formula',
  () => {
    const piece = fc.constantFrom(
      ...['=', '+', '-', '@', '\t', '\n', '\r', '"', "'", ',', ';', ' ', 'ä', '😀', 'א', 'x', '1'],
    )
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
    )
    const rows = fc
      .sample(fc.array(cell, { minLength: 2, maxLength: 2 }), runsOf(500))
      .filter(([a, b]) => `${a ?? ''}${b ?? ''}`.isWellFormed())
    const { stdout, stderr } = spawnSync('python3', ['-c', python], {
      input: csvOf(rows),
      encoding: 'utf8',
      maxBuffer: 1e8,
    })
    expect(stderr).toBe('')
    const read = JSON.parse(stdout) as string[][]
    expect(read.slice(1).map((cells) => cells.map(withoutApostrophe))).toEqual(
      rows.map((cells) => cells.map(withoutApostrophe)),
    )
    for (const text of read.slice(1).flat()) expect(text).not.toMatch(/^\s*[=+\-@]|^[\t\r\n]/)

    function withoutApostrophe(text: string): string {
      return text.replace(/^'/, '')
    }
  },
)
