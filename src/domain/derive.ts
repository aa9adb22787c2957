/**
 * The rule: what a reader is told about a project on an architecture, from what people claim and
 * what runs showed. Pure and order-free; the clock is an argument, and the reasons are in the result.
 *
 * Runs are weighed without regard to time (`verdict.ts`), `rule-table.ts` sets them against the
 * newest unscoped claim, and time is put on the result: a run is fresh for 180 days, a claim holds
 * for 18 months, `in-progress` for 12.
 */
import type { Claim } from './claim.ts'
import { addMonths, firstDayOf } from './day.ts'
import { isRetraction, type Evidence, type StoredRecord } from './evidence.ts'
import { serializeRecord } from './evidence-text.ts'
import { compareText } from './problem.ts'
import { reasonsOf } from './reasons.ts'
import { claimKindOf, ruleTable } from './rule-table.ts'
import { supportWords, type Basis, type Execution, type Level, type Support } from './status-words.ts'
import { isDefinitive, type Fate } from './streams.ts'
import { weigh, type EvidenceVerdict } from './verdict.ts'

/** After how many months a claim no longer says anything certain. */
export function monthsUntilStale(support: Support): number {
  return support === 'in-progress' ? 12 : 18
}

export interface Status {
  support: Support
  basis: Basis
  /** What runs showed, at most, and how they ran. */
  level?: Level
  execution?: Execution
  /** Version that the status was shown or claimed for, as its author writes it. */
  version?: string
  /** When what decided was seen or said: an instant, or a possibly partial day. */
  observedAt?: string
  /** Where a reader can check it. */
  link?: string
  /** The first day on which the status loses its certainty, if nothing new is learnt. */
  staleOn?: string
  /** Ids of the records that decided, the most telling first. */
  witnesses: string[]
  /** Why, as sentences. Never empty. */
  reasons: string[]
}

/** The part of a status in which changes are told. */
export type Standing = Pick<Status, 'support' | 'basis' | 'staleOn'>

/** A status that does not say why. */
export type UnexplainedStatus = Omit<Status, 'reasons'>

/** What else the rule looks at. */
export interface Surroundings {
  /** Records of the project on the control column; none where the cell is the control itself. */
  control?: readonly StoredRecord[]
  /** The project's versions in release order, the oldest first. */
  releases?: readonly string[]
}

/** A status, and what led to it. */
export interface Derivation {
  status: Status
  verdict: EvidenceVerdict
  /** The claim that counts. */
  claim: Claim | undefined
  /** What became of every record. */
  fates: Map<StoredRecord, Fate>
}

/**
 * Derives the status of one cell.
 * @param evidence all records about the project on the architecture, in any order
 * @param claims   all claims about the project on the architecture, in any order
 * @param asOf     ISO instant, UTC; what was seen or said later is ignored
 */
export function derive(
  evidence: readonly StoredRecord[],
  claims: readonly Claim[],
  asOf: string,
  surroundings: Surroundings = {},
): Status {
  return deriveWithAccount(evidence, claims, asOf, surroundings).status
}

/** `derive`, without the reasons: they cost more than the decision. */
export function deriveUnexplained(
  evidence: readonly StoredRecord[],
  claims: readonly Claim[],
  asOf: string,
  surroundings: Surroundings = {},
): UnexplainedStatus {
  return decide(evidence, claims, asOf, surroundings).status
}

/** `derive`, with an account of every record. */
export function deriveWithAccount(
  evidence: readonly StoredRecord[],
  claims: readonly Claim[],
  asOf: string,
  surroundings: Surroundings = {},
): Derivation {
  const { status, verdict, claim, fates, ...others } = decide(evidence, claims, asOf, surroundings)
  status.reasons = reasonsOf({
    status,
    verdict,
    claim,
    ...others,
    claimHolds: claim && monthsUntilStale(claim.support),
    today: asOf.slice(0, 10),
  })
  return { status, verdict, claim, fates }
}

/** @returns the status, still without its reasons, and what they are made from */
function decide(
  evidence: readonly StoredRecord[],
  claims: readonly Claim[],
  asOf: string,
  { control = [], releases }: Surroundings,
) {
  const today = asOf.slice(0, 10)
  const fates = new Map<StoredRecord, Fate>()
  const verdict = weigh(countingRecords(evidence, asOf, fates), countingRecords(control, asOf), releases, today)
  for (const [record, fate] of verdict.fates) fates.set(record, fate)

  const known = knownClaims(claims, asOf)
  const claim = known.find(({ scope }) => scope === undefined)
  const believed = ruleTable[verdict.shown][claimKindOf(claim?.support)]
  const [witness] = verdict.witnesses

  const status: Status = { support: 'unknown', basis: 'none', witnesses: [], reasons: [] }
  if (verdict.level !== undefined) status.level = verdict.level
  if (verdict.execution !== undefined) status.execution = verdict.execution
  const claimStaleOn = claim && addMonths(firstDayOf(claim.date), monthsUntilStale(claim.support))

  if (believed === 'claim' || !witness) {
    if (claim && claimStaleOn !== undefined) {
      status.support = claim.support
      status.basis = claimStaleOn <= today ? 'stale' : 'claimed'
      status.staleOn = claimStaleOn
      setSource(status, claim.version, claim.date, claim.link)
    }
  } else {
    const saysClaim = believed === 'confirmed' || believed === 'claim-against-run'
    status.support = claim && saysClaim ? claim.support : supportOf(verdict.shown)
    const contradicted = believed === 'run-against-claim' || believed === 'claim-against-run'
    const staleOn = verdict.staleOn ?? today
    status.basis = staleOn <= today ? 'stale' : contradicted ? 'disputed' : 'verified'
    status.staleOn = staleOn
    status.witnesses = verdict.witnesses.map(({ id }) => id)
    setSource(status, witness.version, witness.observedAt, witness.link)
  }
  return { status, verdict, claim, fates, believed, claimStaleOn, scoped: known.length }
}

function supportOf(shown: EvidenceVerdict['shown']): Support {
  return shown === 'nothing' ? 'unknown' : shown
}

function setSource(status: Status, version: string | undefined, observedAt: string, link: string): void {
  if (version !== undefined) status.version = version
  status.observedAt = observedAt
  status.link = link
}

/**
 * The records that count at an instant: one of each id, without what is retracted or seen later. Of
 * records that contradict each other about one run, the same one wins everywhere.
 */
function countingRecords(records: readonly StoredRecord[], asOf: string, fates?: Map<StoredRecord, Fate>): Evidence[] {
  if (records.length === 0) return []
  const retracted = new Set<string>()
  for (const record of records) if (isRetraction(record)) retracted.add(record.retracts)
  const byId = new Map<string, Evidence>()
  for (const record of records) {
    if (isRetraction(record)) continue
    if (retracted.has(record.id)) fates?.set(record, 'retracted')
    else if (record.observedAt > asOf) fates?.set(record, 'future')
    else {
      const other = byId.get(record.id)
      if (other && other !== record) {
        const keepOther = compareAccounts(other, record) <= 0
        fates?.set(keepOther ? record : other, 'superseded')
        if (keepOther) continue
      }
      byId.set(record.id, record)
    }
  }
  return [...byId.values()]
}

/** Two accounts of one run: what says how it ended goes first, then what is written first. */
function compareAccounts(a: Evidence, b: Evidence): number {
  return Number(isDefinitive(b)) - Number(isDefinitive(a)) || compareText(serializeRecord(a), serializeRecord(b))
}

/**
 * Claims that were made up to the clock, from the newest to the oldest. A partial day counts from its first day, the
 * earliest it can mean; of two claims of one day the more exact one is newer, then the more cautious one.
 */
export function knownClaims(claims: readonly Claim[], asOf: string): Claim[] {
  const today = asOf.slice(0, 10)
  return claims
    .filter((claim) => firstDayOf(claim.date) <= today)
    .sort(
      (a, b) =>
        compareText(firstDayOf(b.date), firstDayOf(a.date)) ||
        b.date.length - a.date.length ||
        supportWords.indexOf(b.support) - supportWords.indexOf(a.support) ||
        compareText(JSON.stringify(a), JSON.stringify(b)),
    )
}
