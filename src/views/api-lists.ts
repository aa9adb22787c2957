/** Lists for programs: the changes of all statuses, and the issues of the newsletter. */
import { anchorOfItem } from '#domain/anchors.ts'
import { compareText } from '#domain/problem.ts'
import type { ViewContext } from './context.ts'
import { compareChanges, viewApiChanges, viewApiHead } from './api-cell.ts'
import { projectsById } from './api-matrix.ts'
import type { ApiChange } from './api-parts.ts'
import type { ApiChanges, ApiChangesOfYear, ApiIssues } from './api-schemas.ts'
import { itemsOfIssue, projectsOfIssue } from './issue-items.ts'
import { publishedAt, updatedAt } from './issue.ts'
import { publicIssues } from './links.ts'
import { viewPerson } from './person.ts'
import type { PublishingContext } from './publishing.ts'

/** How many changes `changes.json` holds, when it has begun its last day. */
export const newestApiChanges = 1000

/** Changes by their year, the newest year and the newest day first. */
export function viewChangesByYear(context: ViewContext): { year: string; changes: ApiChange[] }[] {
  const changes = projectsById(context).flatMap((project) => viewApiChanges(project, context))
  return [...Map.groupBy(changes, ({ on }) => on.slice(0, 4))]
    .map(([year, ofYear]) => ({ year, changes: ofYear.sort(compareChanges) }))
    .sort((a, b) => compareText(b.year, a.year))
}

export function viewApiNewestChanges(years: ReturnType<typeof viewChangesByYear>, context: ViewContext): ApiChanges {
  return {
    ...viewApiHead('changes', context),
    changes: newestOf(years.flatMap(({ changes }) => changes)),
    years: years.map(({ year, changes }) => ({
      year,
      count: changes.length,
      address: context.absoluteAddressOf(`/api/v1/changes/${year}.json`),
    })),
  }
}

export function viewApiChangesOfYear(year: string, changes: ApiChange[], context: ViewContext): ApiChangesOfYear {
  return { ...viewApiHead('changes-of-year', context), year, changes }
}

/** The newest changes, to the end of the day on which there are enough. */
function newestOf(changes: readonly ApiChange[]): ApiChange[] {
  const lastDay = changes[newestApiChanges - 1]?.on
  const end = changes.findIndex(({ on }, index) => index >= newestApiChanges && on !== lastDay)
  return changes.slice(0, end === -1 ? undefined : end)
}

export function viewApiIssues(context: PublishingContext): ApiIssues {
  return {
    ...viewApiHead('issues', context),
    issues: publicIssues(context).map(({ id, data }) => {
      const published = publishedAt(data)
      return {
        id,
        number: data.number,
        title: data.title,
        date: data.date,
        published,
        updated: updatedAt(published, data.errata),
        summary: data.summary,
        authors: data.authors.map((author) => viewPerson(author, context).name),
        sections: data.sections,
        projects: projectsOfIssue({ id, data }, context),
        events: data.events,
        hardware: data.hardware,
        items: itemsOfIssue(id, context).map((item) => ({
          id: item.id,
          title: item.data.title,
          link: item.data.link,
          date: item.data.date,
          section: item.data.section,
          projects: item.data.projects,
          architectures: item.data.architectures,
          page: context.absoluteAddressOf(`/issues/${id}/#${anchorOfItem(item.id)}`),
        })),
        page: context.absoluteAddressOf(`/issues/${id}/`),
      }
    }),
  }
}
