/** An architecture's page and the list of them: what is known there, in numbers and names. */
import type { Status } from '#domain/derive.ts'
import { compareText } from '#domain/problem.ts'
import type { Basis, SupportGroup } from '#domain/status-words.ts'
import type { Architecture } from '#domain/vocabulary.ts'
import { viewSupportTable, type BarTableView, type CountedRow } from './bar-table.ts'
import { viewBlockers, type BlockerView } from './blockers.ts'
import type { ViewContext } from './context.ts'
import { codeFact, textFact, type Fact } from './fact.ts'
import { newsAbout } from './issue-mentions.ts'
import type { KnownProjectView } from './known-projects.ts'
import { linkTo, type LinkView } from './links.ts'
import { sortedProjects, statusOf, viewColumns, type ColumnView } from './matrix.ts'
import { pageOfRow, pagePath } from './paging.ts'
import { readinessByCategory, readinessInWords, nameOfColumn } from './readiness.ts'
import { viewRecentChanges, type RecentChanges } from './recent-changes.ts'
import { tally, type SupportCount } from './tally.ts'
import { viewOldestChecks, type ChecksView } from './verify.ts'

export interface ArchitectureSummary extends CountedRow {
  id: string
  name: string
  address: string
  isControl: boolean
}

/** How much is known on each architecture. */
export function viewArchitectures(context: ViewContext): ArchitectureSummary[] {
  return viewColumns(context).map((column) => summarize(column, context))
}

function summarize(column: ColumnView, context: ViewContext): ArchitectureSummary {
  const { id, name, address, isControl } = column
  return { id, name, address, isControl, ...nameOfColumn(column), ...tally(statusesOn(id, context)) }
}

function statusesOn(architecture: string, context: ViewContext): Status[] {
  return sortedProjects(context).map((project) => statusOf(project, architecture, context))
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

export interface ArchitectureView {
  summary: ArchitectureSummary
  /** How ready it is, in a sentence or two. */
  headline: string
  /** The numbers: each group that has projects, and whether all it knows is stale. */
  counts: (SupportCount & { basis: Basis; address: string | undefined })[]
  byCategory: BarTableView
  gained: RecentChanges
  lost: RecentChanges
  blockers: BlockerView[]
  /** Cells that need a check: too old or contradicted, and those at which nobody has looked. */
  stale: ChecksView
  unseen: ChecksView
  facts: Fact[]
  /** Where the newsletter speaks of it. */
  news: LinkView[]
  notes: { link: LinkView; summary: string }[]
  recipes: { link: LinkView; summary: string }[]
  hardware: { link: LinkView; summary: string }[]
  aliases: string[]
}

const shownStale = 8
const shownUnseen = 4

/** @param known everything that `viewKnownProjects` lists there */
export function viewArchitecture(
  id: string,
  data: Architecture,
  known: readonly KnownProjectView[],
  context: ViewContext,
): ArchitectureView {
  const { catalog } = context
  const column = viewColumns(context).find((one) => one.id === id)
  if (!column) throw new Error(`no column for the architecture ${id}`)
  const summary = summarize(column, context)
  return {
    summary,
    headline: readinessInWords(statusesOn(id, context), `on ${id}`),
    counts: summary.counts
      .filter(({ count }) => count > 0)
      .map((count) => ({
        ...count,
        basis: count.group === 'not-known' ? 'none' : count.stale === count.count ? 'stale' : 'claimed',
        address: addressOfGroup(count.group, id, known, context),
      })),
    byCategory: viewSupportTable('Category', readinessByCategory(id, context)),
    gained: viewRecentChanges(id, 'gained', context),
    lost: viewRecentChanges(id, 'lost', context),
    blockers: viewBlockers(id, context),
    stale: viewOldestChecks(id, ['disputed', 'stale'], shownStale, context),
    unseen: viewOldestChecks(id, ['unseen'], shownUnseen, context),
    facts: factsOf(data),
    news: newsAbout('architecture', id, context),
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

/** Where the list of known projects comes to a group; undefined where it has none of it. */
function addressOfGroup(
  group: SupportGroup,
  architecture: string,
  known: readonly KnownProjectView[],
  { addressOf }: ViewContext,
): string | undefined {
  const row = known.findIndex((one) => one.group === group)
  if (row < 0) return undefined
  const page = pageOfRow(row)
  return page === 1 ? `#${group}` : addressOf(`${pagePath(`/architectures/${architecture}/`, page)}#${group}`)
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
