/**
 * GitHub's webhook about a job does not tell what started its run, and the branch of a fork may be called
 * `main`. The webhook about the run tells it: then jobs of the run no longer count, and what
 * was kept of it before is taken back. Which runs these are stands beside the evidence (`refused-runs.ts`).
 */
import {
  isRetraction,
  isRun,
  retractionId,
  type Evidence,
  type Retraction,
  type StoredRecord,
} from '#domain/evidence.ts'
import type { Source } from '#domain/source.ts'
import type { JsonMap } from '#ingest/json-values.ts'
import { idOf, lineOf, mapOf } from '#ingest/json-values.ts'
import { repositoryOf, webhookKindOf } from '#ingest/github-common.ts'
import { isTrustedRun, trustedEvents } from '#ingest/github-workflow-run.ts'
import { shownValue } from '#ingest/problems.ts'
import type { RunOfRepository } from '#store/refused-runs.ts'

export interface GithubRun {
  repository: string | undefined
  repositoryId: string | undefined
  runId: string
  /** What started it: `push`, `push of a fork`. */
  event: string
  isTrusted: boolean
  isCompleted: boolean
}

/** The run that a webhook is about; undefined where it is about something else. */
export function githubRunOf(body: JsonMap): GithubRun | undefined {
  if (webhookKindOf(body) !== 'workflow_run') return undefined
  const run = mapOf(body.workflow_run)
  const runId = idOf(run?.id)
  if (!run || runId === undefined) return undefined
  const { repository, repositoryId } = repositoryOf(body)
  const isTrusted = isTrustedRun(run, mapOf(body.repository))
  const event = lineOf(run.event, 60) ?? 'unknown'
  return {
    repository,
    repositoryId,
    runId,
    event: !isTrusted && trustedEvents.includes(event) ? `${event} of a fork` : event,
    isTrusted,
    isCompleted: body.action === 'completed',
  }
}

export function isOfRepository(source: Source, { repository, repositoryId }: Partial<GithubRun>): boolean {
  if (source.provider !== 'github-actions') return false
  return source.repositoryId !== undefined && repositoryId !== undefined
    ? source.repositoryId === repositoryId
    : source.repository.toLowerCase() === repository?.toLowerCase()
}

/** The run of a record whose origin only the webhook about the run can tell; undefined for all others. */
export function doubtfulRunOf(record: StoredRecord): RunOfRepository | undefined {
  if (!isRun(record)) return undefined
  const { source, run, provenance } = record
  // A token tells the event, and an API is asked for it.
  if (source.provider !== 'github-actions' || source.event !== undefined || provenance.how !== 'received') {
    return undefined
  }
  return source.repository === undefined ? undefined : { repository: source.repository, runId: run.id }
}

/** Takes back what was received of a run through some registrations. */
export function retractionsOf(
  records: readonly StoredRecord[],
  { runId, event }: Pick<GithubRun, 'runId' | 'event'>,
  registrations: ReadonlySet<string>,
): Retraction[] {
  const retracted = new Set(records.filter(isRetraction).map(({ retracts }) => retracts))
  const wrong = records.filter(isRun).filter(({ source, run, provenance, id }) => {
    if (source.provider !== 'github-actions' || run.id !== runId || provenance.how !== 'received') return false
    return provenance.by !== undefined && registrations.has(provenance.by) && !retracted.has(id)
  })
  return wrong.map((record) => retractionOf(record, event))
}

/** @param event what started the run of the record */
export function retractionOf({ project, id: retracts }: Evidence, event: string): Retraction {
  const rest = {
    schema: 1 as const,
    project,
    retracts,
    why: `Its run was of \`${shownValue(event)}\`: anybody can start one, with any code.`,
    by: 'receive',
  }
  return { ...rest, id: retractionId(rest) }
}
