/** A category's page: how ready each architecture is for it, its part of the matrix, what needs a check. */
import type { Entry } from '#domain/catalog.ts'
import type { Project } from '#domain/project.ts'
import { viewSupportTable, type BarTableView } from './bar-table.ts'
import type { ViewContext } from './context.ts'
import { sortedProjects, viewColumns, viewRows, type ColumnView, type RowView } from './matrix.ts'
import { readinessByArchitecture, spreadInWords } from './readiness.ts'
import { viewChecksOfProjects, type ChecksView } from './verify.ts'

export interface CategoryView {
  summary: string | undefined
  /** On which architectures how many of its projects work, in a sentence. */
  headline: string
  byArchitecture: BarTableView
  toVerify: ChecksView
}

const shownChecks = 6

export function viewCategory(id: string, context: ViewContext): CategoryView {
  const projects = projectsIn(id, context)
  return {
    summary: context.catalog.categories.get(id)?.summary,
    headline: spreadInWords(projects, context),
    byArchitecture: viewSupportTable('Architecture', readinessByArchitecture(projects, context)),
    toVerify: viewChecksOfProjects(new Set(projects.map((project) => project.id)), shownChecks, context),
  }
}

/** Its part of the matrix. */
export function viewCategoryRows(
  id: string,
  context: ViewContext,
): { columns: readonly ColumnView[]; rows: RowView[] } {
  const columns = viewColumns(context)
  return { columns, rows: viewRows(projectsIn(id, context), columns, context) }
}

function projectsIn(category: string, context: ViewContext): Entry<Project>[] {
  return sortedProjects(context).filter((project) => project.data.categories.includes(category))
}
