/** What a reader sees of the matrix, as a file: a part of `/matrix.csv`, to the character. */

/** The head of a table, and its lines about these projects in these columns, in their order there. */
export function partOfTable(table: string, projects: ReadonlySet<string>, columns: ReadonlySet<string>): string {
  // A version may hold what ends a line elsewhere; it then stands in quotation marks.
  const [head = '', ...lines] = table.match(/(?:"[^"]*"|[^"\n])*\n/g) ?? []
  const part = lines.filter((line) => {
    // Ids need no quotation marks.
    const [project = '', architecture = ''] = line.split(',', 2)
    return projects.has(project) && columns.has(architecture)
  })
  return [head, ...part].join('')
}

/**
 * Saves what a table says about these projects in these columns.
 * @throws where the table cannot be fetched
 */
export async function savePart(
  address: string,
  projects: readonly string[],
  columns: readonly string[],
): Promise<void> {
  const table = await (await fetch(address)).text()
  // Some hosts answer a page of their own.
  if (!table.startsWith('project,architecture,')) throw new Error(`${address} is no table`)
  const part = new Blob([partOfTable(table, new Set(projects), new Set(columns))], { type: 'text/csv' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(part)
  link.download = 'matrix-selection.csv'
  link.click()
  URL.revokeObjectURL(link.href)
}
