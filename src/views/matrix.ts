/** The matrix: one row a project, one column an architecture. */
import type { Catalog, Entry } from '#domain/catalog.ts'
import { deriveCell } from '#domain/cell.ts'
import type { Status } from '#domain/derive.ts'
import { OfProjects } from '#domain/of-projects.ts'
import { compareText } from '#domain/problem.ts'
import type { Project } from '#domain/project.ts'
import {
  groupOfSupport,
  type Basis,
  type Execution,
  type Level,
  type Support,
  type SupportGroup,
} from '#domain/status-words.ts'
import type { ViewContext } from './context.ts'
import { labelOfBasis, labelOfGroup, labelOfSupport } from './words.ts'

export interface ColumnView {
  id: string
  /** Other words for it. */
  aliases: readonly string[]
  name: string
  address: string
  isControl: boolean
  /** Whether it is shown before a reader chooses. */
  isShown: boolean
}

export interface CellView {
  architecture: string
  support: Support
  basis: Basis
  group: SupportGroup
  /** The group, as a reader first sees it. */
  label: string
  /** How we know, and the year of the newest source: `stale`, `2017`. Both are empty where nothing is recorded. */
  basisLabel: string
  year: string
  /** Both, to be said beside the label. */
  detail: string
  /** What was proven, and how; empty where nothing is. */
  level: Level | ''
  execution: Execution | ''
  /** Month of the newest source: `2017-05`; empty where it names none. */
  month: string
  /** The whole status as a sentence. */
  sentence: string
  address: string
  isShown: boolean
}

export interface RowView {
  id: string
  name: string
  summary: string
  address: string
  categories: string[]
  /** Other names that it is found by. */
  aliases: string[]
  /** Package URLs that it is found by. */
  identifiers: string[]
  /** Whether something is recorded on any architecture. */
  isRecorded: boolean
  cells: CellView[]
}

export interface MatrixView {
  columns: readonly ColumnView[]
  rows: RowView[]
  categories: { id: string; name: string; count: number }[]
}

/** Every page of a long matrix and each of its indexes asks for it, so each build makes it once. */
export function viewMatrix(context: ViewContext): MatrixView {
  let view = matrixOfBuild.get(context)
  if (!view) matrixOfBuild.set(context, (view = makeMatrix(context)))
  return view
}

const matrixOfBuild = new WeakMap<ViewContext, MatrixView>()

function makeMatrix(context: ViewContext): MatrixView {
  const columns = viewColumns(context)
  const rows = viewRows(sortedProjects(context), columns, context)
  const categories = [...context.catalog.categories]
    .map(([id, { name }]) => ({ id, name, count: rows.filter((row) => row.categories.includes(id)).length }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => compareText(a.name.toLowerCase(), b.name.toLowerCase()))
  return { columns, rows, categories }
}

/** Architectures that are shown before a reader chooses, in their order. */
export function columnsShownFirst({ architectures, site }: Catalog): string[] {
  const marked = [...architectures].filter(([, data]) => data.default).map(([id]) => id)
  const first = site.columns.length > 0 ? site.columns : marked
  // A table without any mark shows everything.
  return [...new Set(first.length > 0 ? first : architectures.keys())]
}

/** Every architecture: those shown first in their order, then the others. Every page asks for them, so each build makes them once. */
export function viewColumns({ catalog, addressOf }: Pick<ViewContext, 'catalog' | 'addressOf'>): readonly ColumnView[] {
  let known = columnsOfBuild.get(catalog)
  if (known?.addressOf !== addressOf)
    columnsOfBuild.set(catalog, (known = { addressOf, columns: makeColumns(catalog, addressOf) }))
  return known.columns
}

const columnsOfBuild = new WeakMap<Catalog, { addressOf: ViewContext['addressOf']; columns: ColumnView[] }>()

function makeColumns(catalog: Catalog, addressOf: ViewContext['addressOf']): ColumnView[] {
  const { architectures } = catalog
  const shown = new Set(columnsShownFirst(catalog))
  const order = [...shown, ...[...architectures.keys()].filter((id) => !shown.has(id))]
  return order.flatMap((id) => {
    const data = architectures.get(id)
    if (!data) return []
    return [
      {
        id,
        aliases: data.aliases,
        name: data.name,
        address: addressOf(`/architectures/${id}/`),
        isControl: data.control,
        isShown: shown.has(id),
      },
    ]
  })
}

/** Projects by name. Nearly every view asks for them, so each build sorts them once. */
export function sortedProjects({ catalog }: Pick<ViewContext, 'catalog'>): readonly Entry<Project>[] {
  let projects = projectsOfBuild.get(catalog)
  if (!projects) {
    projects = [...catalog.project.values()].sort(
      (a, b) => compareText(a.data.name.toLowerCase(), b.data.name.toLowerCase()) || compareText(a.id, b.id),
    )
    projectsOfBuild.set(catalog, projects)
  }
  return projects
}

const projectsOfBuild = new WeakMap<Catalog, readonly Entry<Project>[]>()

/** The rows of some projects, those that say something first. */
export function viewRows(
  projects: readonly Entry<Project>[],
  columns: readonly ColumnView[],
  context: ViewContext,
): RowView[] {
  const surroundings = JSON.stringify([context.addressOf('/'), columns])
  return recordedFirst(
    projects.map((project) =>
      rowsOfProjects.get(project, context, surroundings, () => viewRow(project, columns, context)),
    ),
  )
}

const rowsOfProjects = new OfProjects<RowView>()

/** The rows that say something, then those that are waiting for a source; each in the order in which they come. */
function recordedFirst(rows: readonly RowView[]): RowView[] {
  return [...rows.filter(({ isRecorded }) => isRecorded), ...rows.filter(({ isRecorded }) => !isRecorded)]
}

function viewRow(project: Entry<Project>, columns: readonly ColumnView[], context: ViewContext): RowView {
  const { id, data } = project
  const cells = columns.map((column) => viewCell(project, column, context))
  return {
    id,
    name: data.name,
    summary: data.summary,
    address: context.addressOf(`/projects/${id}/`),
    categories: data.categories,
    aliases: data.aliases,
    identifiers: data.identifiers,
    isRecorded: cells.some(({ basis }) => basis !== 'none'),
    cells,
  }
}

/** The status of one cell. Several views ask for it, so each build derives it once. */
export function statusOf(
  project: Entry<Project>,
  architecture: string,
  context: Pick<ViewContext, 'catalog' | 'asOf'>,
): Status {
  const { catalog, asOf } = context
  let known = statusesOfBuild.get(catalog)
  if (known?.asOf !== asOf) statusesOfBuild.set(catalog, (known = { asOf, byArchitecture: new Map() }))
  let statuses = known.byArchitecture.get(architecture)
  if (!statuses) known.byArchitecture.set(architecture, (statuses = new Map()))
  let status = statuses.get(project.id)
  if (!status) statuses.set(project.id, (status = rememberedStatus(project, architecture, context)))
  return status
}

/** For each architecture, by the id of the project: asked very often, so keys need not be made for each of very many questions. */
const statusesOfBuild = new WeakMap<Catalog, { asOf: string; byArchitecture: Map<string, Map<string, Status>> }>()

function rememberedStatus(
  project: Entry<Project>,
  architecture: string,
  context: Pick<ViewContext, 'catalog' | 'asOf'>,
): Status {
  const ofProject = statusesOfProjects.get(project, context, '', () => new Map<string, Status>())
  let status = ofProject.get(architecture)
  if (!status)
    ofProject.set(architecture, (status = deriveCell(context.catalog, project.id, architecture, context.asOf)))
  return status
}

/** By architecture. */
const statusesOfProjects = new OfProjects<Map<string, Status>>()

/** The group in a word, but where that would say something else: what only ran under emulation has no known limit. */
function labelOfCell(support: Support): string {
  if (support === 'not-applicable') return 'n/a'
  return support === 'emulated' ? labelOfSupport.emulated : labelOfGroup[groupOfSupport[support]]
}

function viewCell(project: Entry<Project>, column: ColumnView, context: ViewContext): CellView {
  const status = statusOf(project, column.id, context)
  const group = groupOfSupport[status.support]
  const isRecorded = status.basis !== 'none'
  const basisLabel = isRecorded ? labelOfBasis[status.basis] : ''
  const year = isRecorded ? (status.observedAt?.slice(0, 4) ?? '') : ''
  return {
    architecture: column.id,
    support: status.support,
    basis: status.basis,
    group,
    label: labelOfCell(status.support),
    basisLabel,
    year,
    detail: status.basis === 'stale' ? `${basisLabel}, ${year}` : `${basisLabel} ${year}`.trim(),
    level: status.level ?? '',
    execution: status.execution ?? '',
    month: isRecorded ? monthOf(status.observedAt) : '',
    sentence: `${project.data.name} on ${column.id}: ${labelOfSupport[status.support]}, ${labelOfBasis[status.basis]}`,
    address: context.addressOf(`/projects/${project.id}/#${column.id}`),
    isShown: column.isShown,
  }
}

/** A source that names a year alone has spoken by its end. */
function monthOf(observed = ''): string {
  return observed.length === 4 ? `${observed}-12` : observed.slice(0, 7)
}
