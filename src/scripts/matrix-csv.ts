/** The rows that a reader sees, as a file. */
import type { MatrixRow } from './matrix-rows.ts'

/** A line for each project and column, like `/matrix.csv`, as far as the page knows it. */
export function csvOf(rows: readonly MatrixRow[], columns: readonly string[], shown: readonly string[]): string {
  const lines = rows.flatMap(({ id, cells, months }) =>
    shown.map((architecture) => {
      const place = columns.indexOf(architecture)
      const { support = 'unknown', basis = 'none', level = '', execution = '' } = cells[place] ?? {}
      return [id, architecture, support, basis, level, execution, months[place] ?? ''].join(',')
    }),
  )
  return ['project,architecture,support,basis,level,execution,observed', ...lines, ''].join('\r\n')
}

export function save(text: string, name: string, mediaType: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: mediaType }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
