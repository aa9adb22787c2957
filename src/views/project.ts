/** A project's page: its data sheet. */
import type { Entry } from '#domain/catalog.ts'
import type { Claim, Scope } from '#domain/claim.ts'
import { newestFirst } from '#domain/derive.ts'
import type { Project } from '#domain/project.ts'
import { groupOfSupport, type Basis, type Support, type SupportGroup } from '#domain/status-words.ts'
import type { ViewContext } from './context.ts'
import { byLabel, linksTo, linkTo, mentionsOfProject, type LinkView, type Mentions } from './links.ts'
import { statusOf, viewColumns } from './matrix.ts'
import { viewSource } from './sources.ts'
import { dayInWords, labelOfBasis, labelOfSupport } from './words.ts'

export interface ClaimView {
  support: Support
  label: string
  group: SupportGroup
  /** The day as text for `<time>`, and for people. */
  date: string
  day: string
  link: string
  source: string
  /** Whether it is the one that decides the cell. */
  isCurrent: boolean
  /** `since 2.2 beta 3`, `until 1.9`, `limited to musl` */
  limits: string[]
  noteHtml: string | undefined
  by: string | undefined
}

export interface ArchitectureView {
  id: string
  name: string
  address: string
  isControl: boolean
  support: Support
  basis: Basis
  group: SupportGroup
  label: string
  basisLabel: string
  reasons: string[]
  claims: ClaimView[]
}

export interface ProjectView {
  id: string
  file: string
  name: string
  summary: string
  homepage: string
  repository: string | undefined
  categories: LinkView[]
  languages: string[]
  aliases: string[]
  identifiers: string[]
  /** Architectures of which something is said, then the names of the others. */
  known: ArchitectureView[]
  unknown: LinkView[]
  alternatives: LinkView[]
  blockedBy: LinkView[]
  blocks: LinkView[]
  mentions: Mentions
  description: string
}

export function viewProject(project: Entry<Project>, context: ViewContext): ProjectView {
  const { data, id } = project
  const { catalog } = context
  const all = viewColumns(context).map((column): ArchitectureView => {
    const status = statusOf(project, column.id, context)
    const claims = data.claims.filter((claim) => claim.architectures.includes(column.id))
    const current = newestFirst(claims).find((claim) => claim.scope === undefined && claim.date === status.observedAt)
    return {
      id: column.id,
      name: column.name,
      address: column.address,
      isControl: column.isControl,
      support: status.support,
      basis: status.basis,
      group: groupOfSupport[status.support],
      label: labelOfSupport[status.support],
      basisLabel: labelOfBasis[status.basis],
      reasons: status.reasons,
      claims: newestFirst(claims).map((claim) => viewClaim(claim, claim === current, context)),
    }
  })
  const known = all.filter((architecture) => architecture.claims.length > 0)
  return {
    id,
    file: project.file,
    name: data.name,
    summary: data.summary,
    homepage: data.homepage,
    repository: data.repository,
    categories: linksTo('category', data.categories, context),
    languages: data.languages,
    aliases: data.aliases,
    identifiers: data.identifiers,
    known,
    unknown: all
      .filter((architecture) => architecture.claims.length === 0)
      .map(({ id: label, address }) => ({ label, address })),
    alternatives: linksTo('project', data.alternatives, context),
    blockedBy: linksTo('project', data.blockedBy, context),
    blocks: byLabel(
      [...catalog.project.values()]
        .filter((other) => other.data.blockedBy.includes(id))
        .map((other) => linkTo('project', other.id, context)),
    ),
    mentions: mentionsOfProject(id, context),
    description: describe(data, known, catalog.site.title),
  }
}

function viewClaim(claim: Claim, isCurrent: boolean, context: ViewContext): ClaimView {
  const source = viewSource(claim.link, context)
  return {
    support: claim.support,
    label: labelOfSupport[claim.support],
    group: groupOfSupport[claim.support],
    date: claim.date,
    day: dayInWords(claim.date),
    link: source.address,
    source: source.label,
    isCurrent,
    limits: limitsOf(claim),
    noteHtml: claim.note === undefined ? undefined : context.inline(claim.note),
    by: claim.by === undefined ? undefined : (context.catalog.people.get(claim.by)?.name ?? claim.by),
  }
}

const scopeWords: Record<keyof Scope, string> = {
  os: 'on',
  libc: 'with',
  pageSize: 'with pages of',
  distribution: 'on',
}

function limitsOf({ since, until, version, scope }: Claim): string[] {
  const limits: string[] = []
  if (since !== undefined) limits.push(`since ${since}`)
  if (until !== undefined) limits.push(`until ${until}`)
  if (version !== undefined) limits.push(`version ${version}`)
  for (const key of ['os', 'distribution', 'libc', 'pageSize'] as const) {
    const value = scope?.[key]
    if (value !== undefined) limits.push(`only ${scopeWords[key]} ${value}`)
  }
  return limits
}

/** What a search engine or a preview shows: the answer first, as much of it as they show. */
function describe(data: Project, known: readonly ArchitectureView[], siteTitle: string): string {
  const states = known
    .slice(0, 4)
    .map(({ id, label, basisLabel }) => `${id}: ${label} (${basisLabel})`)
    .join('; ')
  const answer = states === '' ? `${siteTitle} knows of no statement about any architecture yet` : states
  return shortened(`${data.name}: ${shortened(data.summary, 140)}. ${answer}.`, 300)
}

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text
}
