/** The front page: the state of the world at a glance. */
import type { ViewContext } from './context.ts'
import { viewArchitectures, type ArchitectureSummary } from './architecture.ts'
import { viewChanges, type ChangesOfDay } from './changes.ts'
import { publicIssues } from './links.ts'
import { dayInWords } from './words.ts'

export interface HomeView {
  projects: number
  /** The columns that are shown first. */
  architectures: ArchitectureSummary[]
  latestIssue: { title: string; address: string; date: string; day: string; summary: string } | undefined
  /** The newest days, each cut short, with how many lines are left out. */
  latestChanges: (ChangesOfDay & { more: number })[]
  counts: { name: string; count: number; address: string; what: string }[]
}

const shownDays = 3
const shownChangesOfDay = 5

export function viewHome(context: ViewContext): HomeView {
  const { catalog, addressOf } = context
  const [issue] = publicIssues(context)
  const shown = new Set(catalog.site.columns)
  const architectures = viewArchitectures(context)
  return {
    projects: catalog.project.size,
    architectures: shown.size > 0 ? architectures.filter(({ id }) => shown.has(id)) : architectures,
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
    counts: knowledgeOf(context),
  }
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
