/**
 * Outputs that show all projects at once. Pages do so as well, from the same views: whichever thread of a build is free makes them
 * (`scripts/beside-pages.ts`).
 */
import { serializeCsv } from '#feeds/csv.ts'
import { matrixTableColumns, viewMatrixTable } from '#views/api-matrix.ts'
import { viewMatrixDates, viewMatrixIndex, viewMatrixWords } from '#views/matrix-index.ts'
import { viewArchitectureWordsFile, viewSearchWords } from '#views/search.ts'
import { apiListOutputs } from './api-outputs.ts'
import { context } from './data.ts'
import type { Output } from './outputs.ts'

export function* listOutputs(): Generator<Output> {
  yield { path: '/matrix/index.json', content: () => JSON.stringify(viewMatrixIndex(context)) }
  yield { path: '/matrix/dates.json', content: () => JSON.stringify(viewMatrixDates(context)) }
  yield { path: '/matrix/words.json', content: () => JSON.stringify(viewMatrixWords(context)) }
  yield {
    path: '/matrix.csv',
    content: () => [...serializeCsv(matrixTableColumns, viewMatrixTable(context))].join(''),
  }
  yield { path: '/search/architectures.json', content: () => JSON.stringify(viewArchitectureWordsFile(context)) }
  yield { path: '/search/words.json', content: () => JSON.stringify(viewSearchWords(context)) }
  yield* apiListOutputs()
}
