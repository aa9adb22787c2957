import { expect, test } from 'vitest'
import { decodeDates, decodeMatrix } from '#query/matrix-index.ts'
import { projectFile } from '#tests/builders.ts'
import { viewMatrix } from '#views/matrix.ts'
import { viewMatrixDates, viewMatrixIndex, viewMatrixWords } from '#views/matrix-index.ts'
import { pageContextOf } from './page-context.ts'

const claims = (support: string, date: string, architecture = 'arm64') =>
  `[{architectures: [${architecture}], support: ${support}, date: ${date}, link: 'https://example.org/'}]`

const context = pageContextOf({
  'categories.yml': 'databases: {name: Databases}\n',
  'projects/alpha.md': projectFile({ name: 'Alpha' }),
  'projects/beta.md': projectFile({ name: 'beta', claims: claims('works', '2017-05-02') }),
  'projects/gamma.md': projectFile({ name: 'Gamma' }),
  'projects/zeta.md': projectFile({ name: 'Zeta', claims: claims('not-applicable', '2026-05', 'armv6') }),
})

test('projects of which something is recorded come first; each group is in the order of its names', () => {
  const { rows } = viewMatrix(context)
  expect(rows.map(({ name }) => name)).toEqual(['beta', 'Zeta', 'Alpha', 'Gamma'])
  expect(rows.map(({ isRecorded }) => isRecorded)).toEqual([true, true, false, false])
})

test('a cell says its group, how we know and of which year that is; an empty one says that nothing is known', () => {
  const { rows } = viewMatrix(context)
  const cells = rows.flatMap((row) =>
    row.cells.map(({ label, basisLabel, year, detail }) => [label, basisLabel, year, detail]),
  )
  expect(cells).toContainEqual(['works', 'stale', '2017', 'stale, 2017'])
  expect(cells).toContainEqual(['n/a', 'claimed', '2026', 'claimed 2026'])
  expect(cells).toContainEqual(['not known', '', '', ''])
})

test('the index of a long matrix holds the rows in the same order, and equal cells once', () => {
  const view = viewMatrix(context)
  const index = viewMatrixIndex(context)
  const rows = decodeMatrix(index)
  expect(rows.map(({ id, name, categories }) => ({ id, name, categories }))).toEqual(
    view.rows.map(({ id, name, categories }) => ({ id, name, categories })),
  )
  expect(rows.map(({ cells }) => cells.map(({ support, basis, label }) => [support, basis, label]))).toEqual(
    view.rows.map(({ cells }) => cells.map(({ support, basis, label }) => [support, basis, label])),
  )
  expect(index.cells).toHaveLength(3)
  expect(decodeDates(viewMatrixDates(context), rows)).toEqual(
    view.rows.map(({ cells }) => cells.map(({ month }) => month)),
  )
  expect(viewMatrixWords(context).summaries.split('\n')).toEqual(view.rows.map(({ summary }) => summary))
})
