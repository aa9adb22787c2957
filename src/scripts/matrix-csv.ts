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

export function save(text: string, name: string, mediaType: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: mediaType }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
