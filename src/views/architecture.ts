/** An architecture's page and the list of them: what is known there, in numbers and names. */
import type { Entry } from '#domain/catalog.ts'
import { compareText } from '#domain/problem.ts'
import type { Project } from '#domain/project.ts'
import { groupOfSupport, supportGroups, type Basis, type SupportGroup } from '#domain/status-words.ts'
import type { Architecture } from '#domain/vocabulary.ts'
import { viewDay, type DayView } from './age.ts'
import type { ViewContext } from './context.ts'
import { codeFact, textFact, type Fact } from './fact.ts'
import { linkTo, type LinkView } from './links.ts'
import { sortedProjects, statusOf, viewColumns, type ColumnView } from './matrix.ts'
import { labelOfBasis, labelOfGroup, labelOfSupport } from './words.ts'

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
  /** Of the known ones, those that are not too old to rely on. */
  fresh: number
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
    fresh: statuses.filter(({ basis }) => basis !== 'none' && basis !== 'stale').length,
    total: statuses.length,
    counts,
  }
}

/** What an architecture is called, for whoever knows it by another word. */
export interface ArchitectureNames {
  id: string
  name: string
  address: string
  uname: string[]
  aliases: string[]
}

export function viewArchitectureNames(context: ViewContext): ArchitectureNames[] {
  return viewColumns(context).map(({ id, name, address }) => {
    const { uname = [], aliases = [] } = context.catalog.architectures.get(id) ?? {}
    return { id, name, address, uname, aliases }
  })
}

/** A project of which something is known on the architecture. */
export interface KnownProjectView {
  project: LinkView
  summary: string
  label: string
  group: SupportGroup
  basis: Basis
  basisLabel: string
  version: string | undefined
  day: DayView | undefined
}

export interface ArchitectureView {
  summary: ArchitectureSummary
  /** The numbers above the table: each group that has projects, and whether all it knows is stale. */
  counts: (SupportCount & { basis: Basis; address: string | undefined })[]
  /** Projects of which something is known there, by group. */
  groups: { id: string; rows: KnownProjectView[] }[]
  hasVersion: boolean
  facts: Fact[]
  notes: { link: LinkView; summary: string }[]
  recipes: { link: LinkView; summary: string }[]
  hardware: { link: LinkView; summary: string }[]
  aliases: string[]
}

export function viewArchitecture(id: string, data: Architecture, context: ViewContext): ArchitectureView {
  const { catalog } = context
  const column = viewColumns(context).find((one) => one.id === id)
  if (!column) throw new Error(`no column for the architecture ${id}`)
  const summary = summarize(column, context)
  const rows = sortedProjects(context).flatMap((project) => viewKnownProject(project, id, context))
  const groups = supportGroups
    .map((group) => ({ id: group, rows: rows.filter((row) => row.group === group) }))
    .filter((group) => group.rows.length > 0)
  return {
    summary,
    counts: summary.counts
      .filter(({ count }) => count > 0)
      .map((count) => ({
        ...count,
        basis: count.group === 'not-known' ? 'none' : count.stale === count.count ? 'stale' : 'claimed',
        address: groups.some((group) => group.id === count.group) ? `#${count.group}` : undefined,
      })),
    groups,
    hasVersion: rows.some(({ version }) => version !== undefined),
    facts: factsOf(data),
    aliases: data.aliases,
    notes: naming('note'),
    recipes: naming('recipe'),
    hardware: naming('hardware'),
  }

  function naming(kind: 'note' | 'recipe' | 'hardware'): { link: LinkView; summary: string }[] {
    return [...catalog[kind].values()]
      .filter((entry) => entry.data.architectures.includes(id))
      .map((entry) => ({ link: linkTo(kind, entry.id, context), summary: entry.data.summary }))
      .sort((a, b) => compareText(a.link.label.toLowerCase(), b.link.label.toLowerCase()))
  }
}

function viewKnownProject(project: Entry<Project>, architecture: string, context: ViewContext): KnownProjectView[] {
  const { support, basis, version, observedAt } = statusOf(project, architecture, context)
  if (basis === 'none') return []
  return [
    {
      project: { label: project.data.name, address: context.addressOf(`/projects/${project.id}/#${architecture}`) },
      summary: project.data.summary,
      label: labelOfSupport[support],
      group: groupOfSupport[support],
      basis,
      basisLabel: labelOfBasis[basis],
      version,
      day: observedAt === undefined ? undefined : viewDay(observedAt, context.asOf),
    },
  ]
}

/** What it is called elsewhere: words to be typed, and what the machines are like. */
function factsOf(data: Architecture): Fact[] {
  return [
    ...codeFact('Also called', ...data.aliases),
    ...textFact('Bits', data.bits),
    ...textFact('Byte order', data.endianness && `${data.endianness}-endian`),
    ...textFact('Page sizes', ...data.pageSizes),
    ...codeFact('uname -m', ...data.uname),
    ...codeFact('OCI platform', data.oci),
    ...codeFact('Debian port', data.debian),
    ...codeFact('GNU triplet', data.gnu),
    ...codeFact('Go', data.go),
    ...codeFact('Rust target', data.rust),
    ...codeFact('Node.js', data.node),
    ...codeFact('Python wheel tag', data.wheel),
    ...codeFact('Hosted CI runners', ...data.runner),
  ]
}
