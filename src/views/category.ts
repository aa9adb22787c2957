/** A category's page: its part of the matrix. */
import type { ViewContext } from './context.ts'
import { recordedFirst, sortedProjects, viewColumns, viewRow, type ColumnView, type RowView } from './matrix.ts'

export interface CategoryView {
  id: string
  name: string
  summary: string | undefined
  columns: ColumnView[]
  rows: RowView[]
}

export function viewCategory(id: string, context: ViewContext): CategoryView {
  const category = context.catalog.categories.get(id)
  const columns = viewColumns(context)
  return {
    id,
    name: category?.name ?? id,
    summary: category?.summary,
    columns,
    rows: recordedFirst(
      sortedProjects(context)
        .filter((project) => project.data.categories.includes(id))
        .map((project) => viewRow(project, columns, context)),
    ),
  }
}
