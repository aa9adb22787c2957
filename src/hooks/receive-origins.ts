/**
 * GitHub's webhook about a job does not tell what started its run, and the branch of a fork may be called
 * `main`. The webhook about the run tells it: then jobs of the run no longer count, and what
 * was kept of it before is taken back.
 */
import { isRetraction, isRun, retractionId, type Retraction, type StoredRecord } from '#domain/evidence.ts'
import type { Source } from '#domain/source.ts'
import type { JsonMap } from '#ingest/json-values.ts'
import { idOf, lineOf, mapOf } from '#ingest/json-values.ts'
import { repositoryOf, webhookKindOf } from '#ingest/github-common.ts'
import { isTrustedRun } from '#ingest/github-workflow-run.ts'
import { shownValue } from '#ingest/problems.ts'

export interface GithubRun {
  repository: string | undefined
  repositoryId: string | undefined
  runId: string
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
  return {
    repository,
    repositoryId,
    runId,
    event: lineOf(run.event, 60) ?? '',
    isTrusted: isTrustedRun(run, mapOf(body.repository)),
    isCompleted: body.action === 'completed',
  }
}

export function isOfRepository(source: Source, { repository, repositoryId }: Partial<GithubRun>): boolean {
  if (source.provider !== 'github-actions') return false
  return source.repositoryId !== undefined && repositoryId !== undefined
    ? source.repositoryId === repositoryId
    : source.repository.toLowerCase() === repository?.toLowerCase()
}

/** Runs that do not count, as many as may still bring jobs. */
export class UntrustedRuns {
  private readonly maximum: number
  private readonly keys = new Set<string>()

  constructor(maximum = 10_000) {
    this.maximum = maximum
  }

  add(registration: string, runId: string): void {
    const key = JSON.stringify([registration, runId])
    this.keys.delete(key)
    this.keys.add(key)
    const [oldest] = this.keys
    if (this.keys.size > this.maximum && oldest !== undefined) this.keys.delete(oldest)
  }

  has(registration: string | undefined, runId: string): boolean {
    return registration !== undefined && this.keys.has(JSON.stringify([registration, runId]))
  }
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
  return wrong.map(({ project, id: retracts }) => {
    const rest = {
      schema: 1 as const,
      project,
      retracts,
      why: `Its run was of ${shownValue(event) === '' ? 'a fork' : `\`${shownValue(event)}\``}: anybody can start one, with any code.`,
      by: 'receive',
    }
    return { ...rest, id: retractionId(rest) }
  })
}
