/** What is known of a project on each architecture: the rows of its data sheet. */
import type { Entry } from '#domain/catalog.ts'
import type { Claim, Scope } from '#domain/claim.ts'
import { explainCell } from '#domain/cell.ts'
import type { Evidence } from '#domain/evidence.ts'
import { knownClaims } from '#domain/derive.ts'
import type { Project } from '#domain/project.ts'
import { groupOfSupport, type Basis, type Support, type SupportGroup } from '#domain/status-words.ts'
import { basisByAge, viewDay, type DayView } from './age.ts'
import type { ViewContext } from './context.ts'
import { waysToCorrectCell, type WaysToCorrect } from './ways-to-correct.ts'
import type { LinkView } from './links.ts'
import type { ColumnView } from './matrix.ts'
import { reasonInWords } from './reasons.ts'
import { provenInWords, viewRuns, type RunView } from './runs.ts'
import { viewSource } from './sources.ts'
import { dayInWords, labelOfBasis, labelOfSupport } from './words.ts'

/** What one source says. */
export interface ClaimView {
  label: string
  group: SupportGroup
  /** `stale` where the claim is older than its time. */
  basis: Basis
  day: DayView
  source: LinkView
  by: string | undefined
  /** `since 2.2 beta 3`, `until 1.9`, `only with musl` */
  limits: string[]
  noteHtml: string | undefined
}

/** A row of the data sheet: the status, what it rests on, and whatever else was said. */
export interface KnownView {
  id: string
  name: string
  address: string
  isControl: boolean
  support: Support
  basis: Basis
  group: SupportGroup
  label: string
  basisLabel: string
  /** Since when what is known is too old to rely on. */
  staleSince: string | undefined
  /** What was proven, and how it ran. */
  level: string | undefined
  /** `17.05`, `since 2.2 beta 3`, `until 1.9` */
  version: string | undefined
  observed: DayView | undefined
  /** Why the status is what it is, as sentences. */
  reasons: string[]
  /** Who says so, and where: of the run or the claim that decides. */
  by: string | undefined
  source: LinkView | undefined
  /** What the deciding claim adds. */
  noteHtml: string | undefined
  /** Other claims, the newest first; all of them where a run decides. */
  others: ClaimView[]
  /** Every run, the newest first. */
  runs: RunView[]
  ways: WaysToCorrect
}

export function viewKnown(project: Entry<Project>, column: ColumnView, context: ViewContext): KnownView {
  const { asOf } = context
  const { status, claim: counting, verdict } = explainCell(context.catalog, project.id, column.id, asOf)
  const claims = knownClaims(
    project.data.claims.filter((claim) => claim.architectures.includes(column.id)),
    asOf,
  )
  const [witness] = status.witnesses.length > 0 ? verdict.witnesses : []
  const current = witness ? undefined : counting
  const said = current && viewClaim(current, context)
  const runs = viewRuns(project.id, column.id, context)
  const { id, name, address, isControl } = column
  return {
    id,
    name,
    address,
    isControl,
    support: status.support,
    basis: status.basis,
    group: groupOfSupport[status.support],
    label: labelOfSupport[status.support],
    // Runs that decided nothing are recorded all the same.
    basisLabel: status.basis === 'none' && runs.length > 0 ? 'nothing known' : labelOfBasis[status.basis],
    staleSince: status.basis === 'stale' && status.staleOn !== undefined ? dayInWords(status.staleOn) : undefined,
    // Beside a claim that decides, what a run showed is told among the reasons: it has another day and source.
    level: witness ? provenInWords(status.level, status.execution) : undefined,
    version: versionsOf({ version: status.version, since: current?.since, until: current?.until }),
    observed: status.observedAt === undefined ? undefined : viewDay(status.observedAt.slice(0, 10), asOf),
    reasons: status.reasons.map(reasonInWords),
    by: witness ? speakerOf(witness) : said?.by,
    source: witness ? viewSource(witness.link, context) : said?.source,
    noteHtml: said?.noteHtml,
    others: claims.filter((claim) => claim !== current).map((claim) => viewClaim(claim, context)),
    runs,
    ways: waysToCorrectCell(project.id, id, context),
  }
}

/** Who ran it, in a word. */
function speakerOf({ source, provenance }: Evidence): string {
  if (source.provider === 'recipe' || provenance.how === 'ran') return 'our own run'
  return source.repository ?? source.provider
}

function viewClaim(claim: Claim, context: ViewContext): ClaimView {
  return {
    label: labelOfSupport[claim.support],
    group: groupOfSupport[claim.support],
    basis: basisByAge(claim.date, claim.support, context.asOf),
    day: viewDay(claim.date, context.asOf),
    source: viewSource(claim.link, context),
    by: claim.by === undefined ? undefined : (context.catalog.people.get(claim.by)?.name ?? claim.by),
    limits: limitsOf(claim),
    noteHtml: claim.note === undefined ? undefined : context.inline(claim.note),
  }
}

const scopeWords: Record<keyof Scope, string> = {
  os: 'on',
  libc: 'with',
  pageSize: 'with pages of',
  distribution: 'on',
}

/** What a claim is limited to: `since 2.2 beta 3`, `only with musl`. */
export function limitsOf({ since, until, version, scope }: Claim): string[] {
  const versions = versionsOf({ version: version === undefined ? undefined : `version ${version}`, since, until })
  const scopes = (['os', 'distribution', 'libc', 'pageSize'] as const).flatMap((key) => {
    const value = scope?.[key]
    return value === undefined ? [] : [`only ${scopeWords[key]} ${value}`]
  })
  return [...(versions === undefined ? [] : [versions]), ...scopes]
}

function versionsOf({ version, since, until }: Record<'version' | 'since' | 'until', string | undefined>) {
  const words = [version, since && `since ${since}`, until && `until ${until}`].filter(Boolean)
  return words.length === 0 ? undefined : words.join(', ')
}
