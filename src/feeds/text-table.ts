/** A table in plain text: columns where they fit, else each row as a list of its cells with their headings. */
import type { AlignType, Table } from 'mdast'
import { flowOfWords, lineOfFlow, wrapFlow, type Flow } from './text-flow.ts'
import { flowOf } from './text-inline.ts'
import type { References } from './text-references.ts'
import { displayWidth } from './text-width.ts'

export function linesOfTable(table: Table, width: number, references: References): string[] {
  const rows = table.children.map((row) => row.children.map((cell) => flowOf(cell.children, references)))
  return columns(rows, table.align ?? [], width) ?? records(rows, width)
}

const gap = '  '

function columns(rows: readonly Flow[][], align: readonly AlignType[], width: number): string[] | undefined {
  const cells = rows.map((row) => row.map(lineOfFlow))
  const widths: number[] = []
  for (const row of cells) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, displayWidth(cell))
  }
  const total = widths.reduce((sum, column) => sum + column, 0) + gap.length * (widths.length - 1)
  if (total > width) return undefined
  const lines = cells.map((row) =>
    widths
      .map((column, index) => padded(row[index] ?? '', column, align[index]))
      .join(gap)
      .trimEnd(),
  )
  const rule = widths.map((column) => '-'.repeat(column)).join(gap)
  return [...lines.slice(0, 1), rule, ...lines.slice(1)]
}

function padded(cell: string, width: number, align: AlignType | undefined): string {
  const missing = width - displayWidth(cell)
  const before = align === 'right' ? missing : align === 'center' ? Math.floor(missing / 2) : 0
  return `${' '.repeat(before)}${cell}${' '.repeat(missing - before)}`
}

function records([head = [], ...rows]: readonly Flow[][], width: number): string[] {
  if (rows.length === 0) return wrapFlow(head.flat(), width)
  const labels = head.map((name) => (name.length === 0 ? [] : flowOfWords(`${lineOfFlow(name)}:`)))
  return rows.flatMap((row, index) => [
    ...(index > 0 ? [''] : []),
    ...row
      .flatMap((cell, column) => (cell.length === 0 ? [] : wrapFlow([...(labels[column] ?? []), ...cell], width - 2)))
      .map((line, number) => `${number === 0 ? '- ' : '  '}${line}`),
  ])
}
