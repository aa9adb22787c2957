/** Why a status is what it is, as sentences that name the records and the claim that decided. */
import type { Claim } from './claim.ts'
import type { Status } from './derive.ts'
import type { Evidence } from './evidence.ts'
import type { Believed } from './rule-table.ts'
import type { Execution } from './status-words.ts'
import { freshForDays, type EvidenceVerdict } from './verdict.ts'

interface Derived {
  status: Status
  verdict: EvidenceVerdict
  claim: Claim | undefined
  believed: Believed
  /** For how many months the claim holds. */
  claimHolds: number | undefined
  claimStaleOn: string | undefined
  /** How many claims are known. */
  scoped: number
  today: string
}

export function reasonsOf({
  status,
  verdict,
  claim,
  believed,
  claimHolds,
  claimStaleOn,
  scoped,
  today,
}: Derived): string[] {
  const { witnesses, shown } = verdict
  const reasons: string[] = []
  const decidedByRun = status.witnesses.length > 0

  if (decidedByRun || shown !== 'nothing') reasons.push(...witnesses.map(sentenceOfRecord))
  if (shown === 'broken') reasons.push('Two native runs in a row failed, and no later one answered them.')
  if (shown === 'partial') {
    const isAtMore = witnesses.find(({ outcome }) => outcome === 'failed')?.level !== verdict.level
    reasons.push(
      `It runs, but two native runs ${isAtMore ? 'in a row failed at more than that' : 'of another job failed in a row'}.`,
    )
  }
  if (claim) {
    const contradicts = believed === 'run-against-claim' || believed === 'claim-against-run'
    reasons.push(`${contradicts ? 'Against it stands a claim: ' : 'Claimed as '}${claim.support} ${dated(claim.date)}.`)
    if (believed === 'confirmed' && (claim.support === 'partial' || claim.support === 'experimental')) {
      reasons.push('A passing run does not clear the caveat of a person.')
    }
    if (believed === 'claim' && decidedLess(shown)) reasons.push(lessThanClaim[shown])
  } else if (!decidedByRun) {
    reasons.push(
      scoped > 0
        ? `${scoped === 1 ? 'One claim is' : `${scoped} claims are`} limited to a scope; none speaks for the architecture as a whole.`
        : verdict.pending.length > 0
          ? 'One failed run alone decides nothing.'
          : verdict.fates.size > 0
            ? 'No run decided anything, and no claim is recorded.'
            : 'No claim and no run is recorded.',
    )
  }
  if (decidedByRun && status.basis === 'stale') {
    reasons.push(`Stale since ${status.staleOn ?? today}: a run is fresh for ${freshForDays} days.`)
  } else if (!decidedByRun && status.basis === 'stale') {
    reasons.push(`Stale since ${claimStaleOn ?? today}: such a claim holds for ${claimHolds ?? 0} months.`)
  }
  for (const record of verdict.pending) {
    reasons.push(`Not yet a verdict, because it failed once: ${uncapitalized(sentenceOfRecord(record))}`)
  }
  for (const record of verdict.aside) {
    const why =
      record.level === 'available'
        ? 'That nothing was found twice does not show that nothing works'
        : 'Two failures in a row that were not native say nothing of the hardware'
    reasons.push(`${why}: ${uncapitalized(sentenceOfRecord(record))}`)
  }
  const neutralised = [...verdict.fates.values()].filter((fate) => fate === 'neutralised').length
  if (neutralised > 0) {
    reasons.push(
      `${neutralised === 1 ? 'One failure does' : `${neutralised} failures do`} not count, because the control column failed in the same run.`,
    )
  }
  if (verdict.flaky) reasons.push('Its results change without a visible cause: it is flaky.')
  return reasons
}

const doneAtLevel: Record<Evidence['level'], string> = {
  available: 'Found',
  builds: 'Built',
  starts: 'Started',
  tested: 'Tested',
}

const howExecuted: Record<Execution, string> = {
  native: 'natively',
  emulated: 'under emulation',
  cross: 'by a cross build',
}

/** `Tested natively on 2026-11-02, version 8.2.1: passed (github-actions, run 1234567, test (arm64); record 3fa9c1d2e4b5).` */
export function sentenceOfRecord(record: Evidence): string {
  const { level, execution, observedAt, version, outcome, source, run, id } = record
  const how = level === 'available' || execution === undefined ? '' : ` ${howExecuted[execution]}`
  const of = version === undefined ? '' : `, version ${version}`
  const attempt = run.attempt > 1 ? `, attempt ${run.attempt}` : ''
  const job = source.job === undefined ? '' : `, ${source.job}`
  return `${doneAtLevel[level]}${how} on ${observedAt.slice(0, 10)}${of}: ${outcome} (${source.provider}, run ${run.id}${attempt}${job}; record ${id.slice(0, 12)}).`
}

function decidedLess(shown: EvidenceVerdict['shown']): shown is keyof typeof lessThanClaim {
  return shown in lessThanClaim
}

const lessThanClaim = {
  emulated: 'The run shows less than the claim: it ran under emulation.',
  available: 'Nothing was started, so the run neither shows nor contradicts it.',
  broken: 'The question makes no sense there, so a failure says nothing.',
} as const

function dated(date: string): string {
  return `${date.length === 10 ? 'on' : 'in'} ${date}`
}

function uncapitalized(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1)
}
