import fc from 'fast-check'
import { expect, test } from 'vitest'
import { basisWords, executionWords, levelWords, supportWords } from '#domain/status-vocabulary.ts'
import { decodeDates, decodeMatrix, encodeDates, encodeMatrix, type IndexedRow } from '#query/matrix-index.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'

const columns = ['amd64', 'arm64', 'riscv64']
const cell = fc
  .record({
    support: fc.constantFrom(...supportWords),
    basis: fc.constantFrom(...basisWords),
    level: fc.option(fc.constantFrom(...levelWords), { nil: undefined }),
    execution: fc.option(fc.constantFrom(...executionWords), { nil: undefined }),
  })
  .map(({ support, basis, level, execution }) => ({
    support,
    basis,
    ...(level ? { level } : {}),
    ...(execution ? { execution } : {}),
    label: support.toUpperCase(),
    basisLabel: basis === 'none' ? '' : basis,
  }))
const name = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter((text) => !/[\n\t]/.test(text))
const row: fc.Arbitrary<IndexedRow> = fc.record({
  id: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/),
  name,
  aliases: fc.array(name, { maxLength: 2 }),
  categories: fc.array(fc.constantFrom('databases', 'storage', 'kernels'), { maxLength: 3 }),
  cells: fc.array(cell, { minLength: columns.length, maxLength: columns.length }),
})

test(
  'the rows of an index are those that it was made of, past the JSON that it is sent as',
  () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 300 }), (rows) => {
        const sent = JSON.parse(JSON.stringify(encodeMatrix(columns, rows))) as ReturnType<typeof encodeMatrix>
        expect(decodeMatrix(sent)).toEqual(rows)
      }),
      { numRuns: runsOf(200) },
    )
  },
  propertyTimeout,
)

test('so are they where there are more distinct cells and rows than one character can say', () => {
  const cells = supportWords.flatMap((support) =>
    basisWords.flatMap((basis) => levelWords.map((level) => ({ support, basis, level, label: '', basisLabel: '' }))),
  )
  const rows = Array.from({ length: 9_000 }, (_, place): IndexedRow => ({
    id: `project-${place}`,
    name: `Project ${place}`,
    aliases: [],
    categories: [`category-${place % 120}`],
    cells: columns.map((_, column) => cells[(place + column * 7) % cells.length] ?? fail()),
  }))
  expect(decodeMatrix(encodeMatrix(columns, rows))).toEqual(rows)
  expect(encodeMatrix(columns, rows).ids.replaceAll('\n', '')).toBe('')
})

test('the months of cells come back for those of which something is known', () => {
  const known = { support: 'works', basis: 'claimed', label: 'works', basisLabel: 'claimed' } as const
  const unknown = { support: 'unknown', basis: 'none', label: '', basisLabel: '' } as const
  const rows = [
    { cells: [known, unknown, known] },
    { cells: [unknown, unknown, unknown] },
    { cells: [known, known, known] },
  ]
  const months = [
    ['2026-11', '', '1999-12'],
    ['', '', ''],
    ['', '2017-01', '1970-01'],
  ]
  const sent = encodeDates([['2026-11', '1999-12'], [], ['', '2017-01', '1970-01']])
  expect(decodeDates(sent, rows)).toEqual(months)
})

function fail(): never {
  throw new Error('no cell')
}
