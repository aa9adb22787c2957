/** The front page: the state of the world at a glance. */
import { compareText } from '#domain/problem.ts'
import type { ViewContext } from './context.ts'
import { viewAdoption, type AdoptionView } from './adoption.ts'
import { viewArchitectures } from './architecture.ts'
import { viewSupportTable, type BarTableView } from './bar-table.ts'
import { viewChanges, type ChangesOfDay } from './changes.ts'
import { viewFreshness } from './freshness.ts'
import { linkTo, publicIssues, type LinkView } from './links.ts'
import { viewColumns } from './matrix.ts'
import { cellsToVerify } from './to-verify.ts'
import { dayInWords } from './words.ts'

export interface HomeView {
  projects: number
  /** On the columns that are shown first. */
  support: BarTableView
  adoption: AdoptionView
  freshness: BarTableView
  /** How many cells need a check. */
  toVerify: number
  latestIssue: { title: string; address: string; date: string; day: string; summary: string } | undefined
  /** The newest days, each cut short, with how many lines are left out. */
  latestChanges: (ChangesOfDay & { more: number })[]
  /** The largest categories, by name. */
  categories: { link: LinkView; count: number }[]
  counts: { name: string; count: number; address: string; what: string }[]
}

const shownDays = 3
const shownChangesOfDay = 5
const shownCategories = 12

export function viewHome(context: ViewContext): HomeView {
  const { catalog, addressOf } = context
  const [issue] = publicIssues(context)
  const shown = new Set(viewColumns(context).flatMap(({ id, isShown }) => (isShown ? [id] : [])))
  return {
    projects: catalog.project.size,
    support: viewSupportTable(
      'Architecture',
      viewArchitectures(context).filter(({ id }) => shown.has(id)),
    ),
    adoption: viewAdoption(context),
    freshness: viewFreshness(context),
    toVerify: cellsToVerify(context).length,
    latestIssue: issue && {
      title: issue.data.title,
      address: addressOf(`/issues/${issue.id}/`),
      date: issue.data.date,
      day: dayInWords(issue.data.date),
      summary: issue.data.summary,
    },
    latestChanges: viewChanges(context)
      .days.slice(0, shownDays)
      .map((day) => ({
        ...day,
        groups: day.groups.slice(0, shownChangesOfDay),
        more: Math.max(0, day.groups.length - shownChangesOfDay),
      })),
    categories: largestCategories(context),
    counts: knowledgeOf(context),
  }
}

function largestCategories(context: ViewContext): HomeView['categories'] {
  const counts = new Map<string, number>()
  for (const { data } of context.catalog.project.values()) {
    for (const category of data.categories) counts.set(category, (counts.get(category) ?? 0) + 1)
  }
  return [...counts]
    .sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || compareText(a, b))
    .slice(0, shownCategories)
    .map(([id, count]) => ({ link: linkTo('category', id, context), count }))
    .sort((a, b) => compareText(a.link.label.toLowerCase(), b.link.label.toLowerCase()))
}

/** Everything that there is a list of, with how many of each there are. */
export function viewNumbers(context: ViewContext): { name: string; count: number; address: string }[] {
  const { catalog, addressOf } = context
  return [
    { name: 'Projects', count: catalog.project.size, address: addressOf('/matrix/') },
    { name: 'Architectures', count: catalog.architectures.size, address: addressOf('/architectures/') },
    { name: 'Categories', count: catalog.categories.size, address: addressOf('/categories/') },
    { name: 'Issues', count: publicIssues(context).length, address: addressOf('/issues/') },
    ...knowledgeOf(context),
  ].filter(({ count }) => count > 0)
}

function knowledgeOf({ catalog, addressOf }: ViewContext): HomeView['counts'] {
  return [
    {
      name: 'Recipes',
      count: catalog.recipe.size,
      address: addressOf('/recipes/'),
      what: 'how somebody built or ran it there, step by step',
    },
    {
      name: 'Portability notes',
      count: catalog.note.size,
      address: addressOf('/notes/'),
      what: 'what breaks on another architecture: symptom, cause, fix',
    },
    {
      name: 'Hardware',
      count: catalog.hardware.size,
      address: addressOf('/hardware/'),
      what: 'the machines that things were tried on',
    },
    {
      name: 'Events',
      count: catalog.event.size,
      address: addressOf('/events/'),
      what: 'talks, workshops and deadlines',
    },
  ].filter(({ count }) => count > 0)
}
