/** An architecture's page, a category's page, and their lists: what is known there, in numbers and names. */
import type { Architecture } from '#domain/vocabulary.ts'
import { groupOfSupport, supportGroups, type SupportGroup } from '#domain/status-words.ts'
import type { ViewContext } from './context.ts'
import { linkTo, type LinkView } from './links.ts'
import { sortedProjects, statusOf, viewColumns, viewRow, type ColumnView, type RowView } from './matrix.ts'
import { labelOfGroup } from './words.ts'

export interface SupportCount {
  group: SupportGroup
  label: string
  count: number
  stale: number
}

export interface ArchitectureSummary {
  id: string
  name: string
  address: string
  isControl: boolean
  known: number
  total: number
  counts: SupportCount[]
}

/** How much is known on each architecture. */
export function viewArchitectures(context: ViewContext): ArchitectureSummary[] {
  return viewColumns(context).map((column) => summarize(column, context))
}

function summarize(column: ColumnView, context: ViewContext): ArchitectureSummary {
  const statuses = sortedProjects(context).map((project) => statusOf(project, column.id, context))
  const counts = supportGroups.map((group) => {
    const inGroup = statuses.filter((status) => groupOfSupport[status.support] === group)
    return {
      group,
      label: labelOfGroup[group],
      count: inGroup.length,
      stale: inGroup.filter((status) => status.basis === 'stale').length,
    }
  })
  return {
    id: column.id,
    name: column.name,
    address: column.address,
    isControl: column.isControl,
    known: statuses.filter((status) => status.basis !== 'none').length,
    total: statuses.length,
    counts,
  }
}

export interface ArchitectureView {
  summary: ArchitectureSummary
  facts: { name: string; value: string }[]
  /** Projects of which something is known there, by group. */
  groups: {
    group: SupportGroup
    label: string
    rows: { project: LinkView; summary: string; exact: string; cell: RowView['cells'][number] }[]
  }[]
  notes: LinkView[]
  recipes: LinkView[]
  hardware: LinkView[]
  aliases: string[]
}

export function viewArchitecture(id: string, data: Architecture, context: ViewContext): ArchitectureView {
  const { catalog } = context
  const columns = viewColumns(context).filter((column) => column.id === id)
  const rows = sortedProjects(context).map((project) => viewRow(project, columns, context))
  const [column] = columns
  if (!column) throw new Error(`no column for the architecture ${id}`)
  const summary = summarize(column, context)
  return {
    summary,
    facts: factsOf(data),
    aliases: data.aliases,
    groups: supportGroups
      .filter((group) => group !== 'not-known')
      .map((group) => ({
        group,
        label: labelOfGroup[group],
        rows: rows.flatMap((row) => {
          const cell = row.cells[0]
          return cell?.group === group && cell.basis !== 'none'
            ? [
                {
                  project: { label: row.name, address: cell.address },
                  summary: row.summary,
                  exact: cell.support.replaceAll('-', ' '),
                  cell,
                },
              ]
            : []
        }),
      }))
      .filter((group) => group.rows.length > 0),
    notes: naming('note'),
    recipes: naming('recipe'),
    hardware: naming('hardware'),
  }

  function naming(kind: 'note' | 'recipe' | 'hardware'): LinkView[] {
    return [...catalog[kind].values()]
      .filter((entry) => entry.data.architectures.includes(id))
      .map((entry) => linkTo(kind, entry.id, context))
  }
}

function factsOf(data: Architecture): { name: string; value: string }[] {
  const facts: [string, string | undefined][] = [
    ['Also called', data.aliases.join(', ')],
    ['Bits', data.bits],
    ['Byte order', data.endianness === undefined ? undefined : `${data.endianness}-endian`],
    ['Page sizes', data.pageSizes.join(', ')],
    ['OCI platform', data.oci],
    ['Debian port', data.debian],
    ['GNU triplet', data.gnu],
    ['uname -m', data.uname.join(', ')],
    ['Go', data.go],
    ['Rust target', data.rust],
    ['Node.js', data.node],
    ['Python wheel tag', data.wheel],
    ['Hosted CI runners', data.runner.join(', ')],
  ]
  return facts.flatMap(([name, value]) => (value ? [{ name, value }] : []))
}

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
    rows: sortedProjects(context)
      .filter((project) => project.data.categories.includes(id))
      .map((project) => viewRow(project, columns, context)),
  }
}
