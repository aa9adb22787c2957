/** A difference for a terminal. */
import { shorten } from '#catalog/problems.ts'
import { listsOf, type ListOfDifference } from './diff-lists.ts'
import { linkOfCell, pageChanges, statusInWords, verbsOfPages, type Difference } from './difference.ts'
import { serializeProblems } from './report.ts'

/** A list longer than this is cut off: `--json` has all of it. */
const maximumLines = 200

export function textOfDifference(difference: Difference, colour: boolean): string {
  const { projects, pages, added, mended, addressOf } = difference
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
  return [
    cells.join(''),
    lines.join(''),
    ...listsOf(difference).map(textOfList),
    problems('Problems added:', added),
    problems('Problems mended:', mended),
  ]
    .filter((part) => part !== '')
    .join('\n')
}

function textOfList({ title, groups }: ListOfDifference): string {
  const lines = groups.flatMap(({ head, lines }) =>
    lines.map(({ text, link }) => ({ head, text: link === undefined ? text : `${text}\n    ${shorten(link, 300)}` })),
  )
  const shown = Map.groupBy(lines.slice(0, maximumLines), ({ head }) => head)
  const left = lines.length - maximumLines
  return [
    ...[...shown].flatMap(([head, of]) => [head ?? `${title}`, ...of.map(({ text }) => `  ${text}`)]),
    ...(left > 0 ? [`  and ${left} more`] : []),
  ]
    .map((line) => `${line}\n`)
    .join('')
}
