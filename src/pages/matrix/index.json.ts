import { context } from '#site/data.ts'
import { viewMatrixIndex } from '#views/matrix-index.ts'
import { viewMatrix } from '#views/matrix.ts'

/** The whole matrix for the page's script, fetched where a page does not hold all rows. Not an interface for others. */
export function GET(): Response {
  return new Response(JSON.stringify(viewMatrixIndex(viewMatrix(context))))
}
