/** Tables as CSV (RFC 4180), safe to open in a spreadsheet. */

/**
 * One line a row, the columns first. Lines end in LF alone: spreadsheets and CSV readers take it, and
 * so do `cut`, `awk` and `grep`, which would take a CR into the last cell.
 */
export function* serializeCsv(columns: readonly string[], rows: Iterable<readonly string[]>): Generator<string> {
  yield lineOf(columns)
  for (const row of rows) yield lineOf(row)
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(defused(cell))).join(',')}\n`
}

/**
 * What a spreadsheet would take for a formula: some also read the wide forms, and the character
 * after blanks at the beginning.
 */
const formula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/

/** An apostrophe makes a spreadsheet show the text as it is; other readers see the apostrophe. */
function defused(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell
}

/** Quoted where a reader would end the cell or trim it; a semicolon ends it where commas are decimal. */
function quoted(cell: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
