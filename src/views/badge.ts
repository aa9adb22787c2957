/** Badges: a status in a few words, for somebody else's page. */
import type { Entry } from '#domain/catalog.ts'
import type { Status } from '#domain/derive.ts'
import type { Project } from '#domain/project.ts'
import { groupOfSupport, supportWords, type Basis, type Support, type SupportGroup } from '#domain/status-words.ts'
import type { ViewContext } from './context.ts'
import { statusOf, viewColumns } from './matrix.ts'
import { labelOfSupport, monthInWords } from './words.ts'

export interface BadgeView {
  label: string
  message: string
  /** What the colour says again; the message says all of it in words. */
  group: SupportGroup
  isStale: boolean
}

/** What fits beside other badges in a README. */
const longestLabel = 30
const longestMessage = 64

/** The badge of one cell; none where nothing is known. */
export function viewCellBadge(
  project: Entry<Project>,
  architecture: string,
  context: ViewContext,
): BadgeView | undefined {
  const status = statusOf(project, architecture, context)
  if (status.basis === 'none') return undefined
  return {
    label: architecture,
    message: `${labelOfSupport[status.support]}, ${basisInWords(status)}`,
    group: groupOfSupport[status.support],
    isStale: status.basis === 'stale',
  }
}

/** `verified Nov 2026`, `claimed 2017`, `stale (May 2017)`, `disputed` */
function basisInWords({ basis, observedAt }: Status): string {
  const when = observedAt === undefined ? '' : monthInWords(observedAt)
  if (when === '' || basis === 'disputed') return basis
  return basis === 'stale' ? `stale (${when})` : `${basis} ${when}`
}

/**
 * The badge of a project: what is known on the columns that the site shows, in the words of each
 * architecture. The control column is left out: it is what the others are compared with. None where nothing is known.
 */
export function viewProjectBadge(project: Entry<Project>, context: ViewContext): BadgeView | undefined {
  const known = viewColumns(context)
    .map((column) => ({ ...column, ...wordsOf(statusOf(project, column.id, context)) }))
    .filter(({ basis }) => basis !== 'none')
  const others = known.filter(({ isControl }) => !isControl)
  const shown = others.filter(({ isShown }) => isShown)
  const [told = []] = [shown, others, known].filter(({ length }) => length > 0)
  const alike = [...Map.groupBy(told, ({ words }) => words).values()].sort(([a], [b]) => placeOf(a) - placeOf(b))
  const [first] = alike[0] ?? []
  if (!first) return undefined
  return {
    label: shortened(context.catalog.site.title, longestLabel),
    message: joined(alike.map((group) => ({ words: group[0]?.words ?? '', ids: group.map(({ id }) => id) }))),
    group: groupOfSupport[first.support],
    isStale: first.basis === 'stale',
  }
}

interface Words {
  support: Support
  basis: Basis
  words: string
}

/** `works`, `works (stale)`: whether it was verified or claimed is on the page. */
function wordsOf({ support, basis }: Status): Words {
  const doubt = basis === 'stale' || basis === 'disputed' ? ` (${basis})` : ''
  return { support, basis, words: `${labelOfSupport[support]}${doubt}` }
}

/** What is fresh comes first, then the better news. */
function placeOf(words: Words | undefined): number {
  if (!words) return 0
  return supportWords.indexOf(words.support) + (words.basis === 'stale' ? supportWords.length : 0)
}

/** `works: arm64, armv7 · emulated: riscv64`, and how many more where it would be too long. */
function joined(groups: readonly { words: string; ids: readonly string[] }[]): string {
  let message = ''
  let left = groups.reduce((sum, { ids }) => sum + ids.length, 0)
  for (const { words, ids } of groups) {
    for (const [index, id] of ids.entries()) {
      const before = index > 0 ? ', ' : `${message === '' ? '' : ' · '}${words}: `
      if (message !== '' && message.length + before.length + id.length > longestMessage)
        return `${message} +${left} more`
      message += `${before}${id}`
      left -= 1
    }
  }
  return message
}

function shortened(text: string, length: number): string {
  const characters = [...text]
  return characters.length > length
    ? `${characters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`
    : text
}
