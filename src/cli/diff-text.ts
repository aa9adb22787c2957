/** A difference for a terminal. */
import { shorten } from '#catalog/problems.ts'
import { linkOfCell, pageChanges, statusInWords, verbsOfPages, type Difference } from './difference.ts'
import { serializeProblems } from './report.ts'

export function textOfDifference({ projects, pages, added, mended, addressOf }: Difference, colour: boolean): string {
  const cells = projects.flatMap(({ id, cells }) => [
    `${id}\n`,
    ...cells.map((cell) => {
      const link = linkOfCell(cell)
      const source = link === undefined ? '' : `\n    ${shorten(link.startsWith('/') ? addressOf(link) : link, 300)}`
      return `  ${cell.architecture}: ${statusInWords(cell.from)} → ${statusInWords(cell.to)}${source}\n`
    }),
  ])
  const lines = pageChanges.flatMap((kind) =>
    pages[kind].map(({ address, movedTo }) => {
      const to = movedTo === undefined ? '' : ` to ${movedTo}`
      return `page ${verbsOfPages[kind]}: ${shorten(`${address}${to}`, 200)}\n`
    }),
  )
  const problems = (title: string, found: typeof added) =>
    found.length === 0 ? '' : `${title}\n${serializeProblems(found, 'text', colour)}`
  return [cells.join(''), lines.join(''), problems('Problems added:', added), problems('Problems mended:', mended)]
    .filter((part) => part !== '')
    .join('\n')
}
