/**
 * A difference as the comment on a pull request. Names, notes and links are strangers' text: all of it stands in code,
 * where nothing is a link, a picture or a mention, and links lead to http(s) alone and say to which host.
 */
import { shorten } from '#catalog/problems.ts'
import type { Problem } from '#domain/problem.ts'
import { listsOf, type ListOfDifference } from './diff-lists.ts'
import { countOfCells, isNoDifference, linkOfCell, pageChanges, statusInWords, type Difference } from './difference.ts'
import { count } from './report.ts'

/** GitHub takes 65,536 characters; what the workflow adds has to fit too. */
const limits = {
  cells: { lines: 120, characters: 22_000 },
  pages: { lines: 60, characters: 8_000 },
  problems: { lines: 40, characters: 16_000 },
  mended: { lines: 20, characters: 3_000 },
  lists: { lines: 40, characters: 2_500 },
}

const titles = {
  appear: 'Pages that appear',
  change: 'Pages that change',
  move: 'Pages that move',
  go: 'Pages that go',
} as const

export function markdownOfDifference(difference: Difference): string {
  const { added, mended, pages } = difference
  if (isNoDifference(difference)) return 'Nothing of what the content says changes.\n'
  const errors = added.filter(({ severity }) => severity === 'error').length
  const parts = [
    errors === 0
      ? ''
      : `This adds **${count(errors, 'error')}**, which ${errors === 1 ? 'has' : 'have'} to be mended first.`,
    section(`Cells that change: ${countOfCells(difference)}`, linesOfCells(difference), limits.cells),
    ...listsOf(difference).map((list) => section(list.title, linesOfList(list, difference), limits.lists)),
    section(`Problems to mend: ${added.length}`, added.map(lineOfProblem), limits.problems),
    ...pageChanges.map((kind) =>
      section(
        `${titles[kind]}: ${pages[kind].length}`,
        pages[kind].map(
          ({ address, movedTo }) =>
            `- ${pageLink(address, difference)}${movedTo === undefined ? '' : ` → ${pageLink(movedTo, difference)}`}`,
        ),
        // Four lists share what one may take.
        { lines: limits.pages.lines, characters: limits.pages.characters / pageChanges.length },
      ),
    ),
    section(
      `Problems that are mended: ${mended.length}`,
      mended.map(({ code: word, place }) => `- ${code(`${place.file}:${place.line}`)} ${code(word)}`),
      limits.mended,
    ),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/** A list that ends in time; a line that stands below another one is indented. */
function section(title: string, lines: readonly string[], limit: { lines: number; characters: number }): string {
  if (lines.length === 0) return ''
  const shown: string[] = []
  let characters = 0
  for (const line of lines) {
    characters += line.length + 1
    if (shown.length === limit.lines || characters > limit.characters) break
    shown.push(line)
  }
  // A project whose cells are not shown says nothing.
  while (shown.length < lines.length && shown.at(-1)?.startsWith('- **') === true) shown.pop()
  const left = lines.slice(shown.length).filter((line) => !line.startsWith('- **')).length
  return [`### ${title}`, '', ...shown, ...(left > 0 ? [`- and ${left} more`] : [])].join('\n')
}

function linesOfCells(difference: Difference): string[] {
  return difference.projects.flatMap(({ id, name, cells }) => [
    `- **${code(name)}** ${isPublished(`/projects/${id}/`, difference) ? linkTo('page', difference.addressOf(`/projects/${id}/`)) : ''}`.trimEnd(),
    ...cells.map((cell) => {
      const link = linkOfCell(cell)
      const source = link === undefined ? '' : ` ${sourceLink(link, difference)}`
      const control = cell.isControl ? ' (control)' : ''
      return `  - ${code(cell.architecture)}${control}: ${statusInWords(cell.from)} → **${statusInWords(cell.to)}**${source}`
    }),
  ])
}

function linesOfList({ groups }: ListOfDifference, difference: Difference): string[] {
  return groups.flatMap(({ head, lines }) => [
    ...(head === undefined ? [] : [`- **${prose(head)}**`]),
    ...lines.map(
      ({ text, link }) =>
        `${head === undefined ? '' : '  '}- ${prose(text)}${link === undefined ? '' : ` ${sourceLink(link, difference)}`}`,
    ),
  ])
}

function lineOfProblem({ code: word, severity, place, reason, fix }: Problem): string {
  return `- ${code(`${place.file}:${place.line}`)} ${severity} ${code(word)}: ${prose(reason)} Fix: ${prose(fix)}`
}

/** What the change brings is on the site when it is merged. */
function isPublished(address: string, { pages }: Difference): boolean {
  return !pages.appear.some((page) => page.address === address)
}

function pageLink(address: string, difference: Difference): string {
  const link = isPublished(address, difference) ? linkTo(code(address), difference.addressOf(address)) : ''
  return link === '' ? code(address) : link
}

function sourceLink(link: string, { addressOf }: Difference): string {
  const address = link.startsWith('/') ? addressOf(link) : link
  const host = URL.parse(address)?.host ?? ''
  const shown = linkTo(code(link.startsWith('/') ? link : host), address)
  return shown === '' ? code(link) : shown
}

/** @returns nothing where the address is none that anybody may be led to */
function linkTo(label: string, address: string): string {
  const url = URL.parse(address)
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === 'localhost' || url.username !== '') return ''
  const href = url.href.replace(
    /[^A-Za-z0-9\-._~:/?#&+,;=%@]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
  return href.length > 400 ? '' : `[${label}](${href})`
}

/** In code nothing means anything; it holds no backtick and is one line. */
function code(text: string): string {
  return `\`${shorten(text, 120).trim() || ' '}\``
}

/** Our sentences quote strangers between backticks; what stands outside of them means nothing either. */
function prose(text: string): string {
  return shortenSentence(text)
    .split('`')
    .map((part, index) => (index % 2 === 1 ? code(part) : plain(part)))
    .join('')
}

function shortenSentence(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 600 ? `${line.slice(0, 599)}…` : line
}

function plain(text: string): string {
  return (
    text
      .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g, ' ')
      .replace(/[\\*_[\]<>|~!]/g, '\\$&')
      .replaceAll('&', '&amp;')
      // What GitHub makes of plain words: mentions, numbers of tickets, addresses.
      .replace(/@|#|:(?=\/\/)|www(?=\.)|GH(?=-\d)/gi, '$&\u200b')
  )
}
