/** How ready an architecture is, and how ready a category: a sentence, and the same in parts. */
import type { Entry } from '#domain/catalog.ts'
import type { Status } from '#domain/derive.ts'
import { compareText } from '#domain/problem.ts'
import type { Project } from '#domain/project.ts'
import { freshForDays } from '#domain/verdict.ts'
import type { CountedRow, RowName } from './bar-table.ts'
import type { ViewContext } from './context.ts'
import { linkTo } from './links.ts'
import { sortedProjects, statusOf, viewColumns, type ColumnView } from './matrix.ts'
import { countOf, tally } from './tally.ts'
import { counted } from './words.ts'

/**
 * How many projects work there, and how surely, in a sentence or two. Empty where there are no projects.
 * @param there where the cells are: `on arm64`
 */
export function readinessInWords(statuses: readonly Status[], there: string): string {
  const total = statuses.length
  if (total === 0) return ''
  const working = statuses.filter(({ support }) => support === 'works')
  const emulated = statuses.filter(({ support }) => support === 'emulated').length
  const limited = countOf('limited', tally(statuses)) - emulated
  const verified = working.filter(({ basis }) => basis === 'verified').length
  const more = working.length > 0 ? ' more' : ''
  const seen = [
    ...(limited > 0 ? [`${limited}${more} ${limited === 1 ? 'runs' : 'run'} with limits`] : []),
    ...(emulated > 0
      ? [limited > 0 ? `${emulated} only under emulation` : `${emulated}${more} ran only under emulation`]
      : []),
  ]
  return [
    working.length === 0
      ? `No project of ${total} is known to work ${there}.`
      : `${working.length} of ${counted(total, 'project')} ${working.length === 1 ? 'works' : 'work'} ${there}, ${verifiedInWords(verified, working.length)} in the last ${freshForDays} days.`,
    ...(seen.length > 0 ? [`${seen.join(', ')}.`] : []),
  ].join(' ')
}

function verifiedInWords(part: number, whole: number): string {
  if (whole === 1) return part === 1 ? 'verified' : 'not verified'
  return `${part === 0 ? 'none' : part === whole ? 'all' : part} of them verified`
}

/** How ready an architecture is for each category that has projects, by name. */
export function readinessByCategory(architecture: string, context: ViewContext): CountedRow[] {
  const byCategory = new Map<string, Status[]>()
  for (const project of sortedProjects(context)) {
    const status = statusOf(project, architecture, context)
    for (const category of project.data.categories) {
      const statuses = byCategory.get(category)
      if (statuses) statuses.push(status)
      else byCategory.set(category, [status])
    }
  }
  return [...byCategory]
    .map(([category, statuses]) => ({ ...nameOfCategory(category, context), ...tally(statuses) }))
    .sort((a, b) => compareText(a.link.label.toLowerCase(), b.link.label.toLowerCase()))
}

/** How ready each architecture is for some projects, in the order of columns. */
export function readinessByArchitecture(projects: readonly Entry<Project>[], context: ViewContext): CountedRow[] {
  return viewColumns(context).map((column) => ({
    ...nameOfColumn(column),
    ...tally(projects.map((project) => statusOf(project, column.id, context))),
  }))
}

function nameOfCategory(category: string, context: ViewContext): RowName {
  return { link: linkTo('category', category, context), architecture: undefined, remark: undefined }
}

/** What a row is called that is about an architecture. */
export function nameOfColumn({ id, address, isControl }: ColumnView): RowName {
  return { link: { label: id, address }, architecture: id, remark: isControl ? 'control' : undefined }
}

/** On which of the columns that are shown first how many projects work, and of how many that is stale, in a sentence. */
export function spreadInWords(projects: readonly Entry<Project>[], context: ViewContext): string {
  const total = projects.length
  const columns = viewColumns(context).filter(({ isShown }) => isShown)
  if (total === 0 || columns.length === 0) return ''
  const counts = columns.map(({ id }) => {
    const working = projects
      .map((project) => statusOf(project, id, context))
      .filter(({ support }) => support === 'works')
    return { id, works: working.length, stale: working.filter(({ basis }) => basis === 'stale').length }
  })
  const some = counts.filter(({ works }) => works > 0)
  const none = counts.filter(({ works }) => works === 0).map(({ id }) => id)
  const [first, ...others] = some
  if (!first) return `No project of ${total} is known to work on ${oneOf(none)}.`
  const sentence = [
    `${first.works} of ${counted(total, 'project')} ${first.works === 1 ? 'works' : 'work'} on ${first.id}${staleInWords(first)}`,
    ...others.map((count) => `${count.works} on ${count.id}${staleInWords(count)}`),
  ].join(', ')
  return none.length === 0 ? `${sentence}.` : `${sentence}; none is known to work on ${oneOf(none)}.`
}

/** What is too old to rely on is not told like what is fresh. */
function staleInWords({ works, stale }: { works: number; stale: number }): string {
  if (stale === 0) return ''
  return works === 1 ? ' (stale)' : ` (${stale === works ? 'all' : stale} stale)`
}

/** `a`, `a or b`, `a, b or c` */
function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`
}
