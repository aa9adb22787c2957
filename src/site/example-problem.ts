/** A problem to explain problems by: what the check really says about a file with a typing error. */
import { buildCatalog } from '#catalog/catalog.ts'
import type { Problem } from '#domain/problem.ts'

/** One letter is missing, in the third line. */
const mistaken = `---
name: Example
sumary: What it is, in one line
homepage: https://example.org/
categories: [tools]
---
`

export function exampleProblem(): Problem {
  const { problems } = buildCatalog({ files: [{ path: 'projects/example.md', text: mistaken }], problems: [] })
  const problem = problems.find(({ code }) => code === 'unknown-key')
  if (problem === undefined) throw new Error('The check finds nothing wrong with a misspelt key.')
  return { ...problem, place: { ...problem.place, file: `content/${problem.place.file}` } }
}
