/** Reads CSV as RFC 4180 has it, by its grammar and not by our writer. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/gy
  while (cell.lastIndex < text.length) {
    const [, written, end] = cell.exec(text) ?? []
    if (written === undefined) throw new Error(`no CSV: ${text.slice(0, 100)}`)
    rows.at(-1)?.push(written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written)
    if (end !== ',') rows.push([])
  }
  return rows.filter((row) => row.length > 0)
}
