/** The whole matrix for programs: by columns, and as rows of a table. */
import type { Entry } from '#domain/catalog.ts'
import { compareText } from '#domain/problem.ts'
import type { Project } from '#domain/project.ts'
import type { ViewContext } from './context.ts'
import { fullLink, viewApiHead } from './api-cell.ts'
import type { ApiMatrix } from './api-schemas.ts'
import { statusOf, viewColumns } from './matrix.ts'

/** Projects by id: an order that no change of a name disturbs. */
export function projectsById({ catalog }: Pick<ViewContext, 'catalog'>): Entry<Project>[] {
  return [...catalog.project.values()].sort((a, b) => compareText(a.id, b.id))
}

export function viewApiMatrix(context: ViewContext): ApiMatrix {
  const projects = projectsById(context)
  const architectures = viewColumns(context).map(({ id }) => id)
  const statuses: ApiMatrix['statuses'] = []
  const places = new Map<string, number>()
  const cells = architectures.map((architecture) => {
    const column = projects.map((project) => {
      const { support, basis, level, execution } = statusOf(project, architecture, context)
      const key = [support, basis, level, execution].join(' ')
      let place = places.get(key)
      if (place === undefined) {
        place = statuses.push({ support, basis, ...(level && { level }), ...(execution && { execution }) }) - 1
        places.set(key, place)
      }
      return place
    })
    return [architecture, column] as const
  })
  return {
    ...viewApiHead('matrix', context),
    architectures,
    projects: projects.map(({ id }) => id),
    statuses,
    cells: Object.fromEntries(cells),
  }
}

/** The columns of `/matrix.csv`. They never change; a new one would come last. */
export const matrixTableColumns = [
  'project',
  'architecture',
  'support',
  'basis',
  'level',
  'execution',
  'version',
  'observedAt',
  'link',
] as const

/** One row a cell, by project and architecture; what is missing is empty. */
export function* viewMatrixTable(context: ViewContext): Generator<string[]> {
  const architectures = viewColumns(context).map(({ id }) => id)
  for (const project of projectsById(context)) {
    for (const architecture of architectures) {
      const status = statusOf(project, architecture, context)
      const { support, basis, level = '', execution = '', version = '', observedAt = '', link } = status
      yield [
        project.id,
        architecture,
        support,
        basis,
        level,
        execution,
        version,
        observedAt,
        link === undefined ? '' : fullLink(link, context),
      ]
    }
  }
}
