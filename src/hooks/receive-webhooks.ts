/** What becomes of a webhook whose signature fits. */
import type { Evidence, Retraction } from '#domain/evidence.ts'
import type { Adapter, CiResult, DocumentProblem } from '#ingest/adapter.ts'
import type { Door } from '#ingest/attribute.ts'
import { buildkite } from '#ingest/buildkite.ts'
import { githubCheckRun } from '#ingest/github-check-run.ts'
import { githubWorkflowJob } from '#ingest/github-workflow-job.ts'
import { githubWorkflowRun } from '#ingest/github-workflow-run.ts'
import { gitlabJob } from '#ingest/gitlab-job.ts'
import { gitlabPipeline } from '#ingest/gitlab-pipeline.ts'
import { mapOf } from '#ingest/json-values.ts'
import type { ReceivingStore } from '#store/evidence-store.ts'
import type { Commit, GroupCommit } from './receive-commit.ts'
import { adaptWith, judge, parseBody, toldOf, type Judged, type Told } from './receive-deliveries.ts'
import type { HintedRun, HintQueue } from './receive-hints.ts'
import { githubRunOf, isOfRepository, retractionsOf, type GithubRun } from './receive-origins.ts'
import { contentMissing, refusals, refuse, type Refusal } from './receive-refusals.ts'
import { speaksFor, type Secret } from './receive-secrets.ts'

export const hookAdapters = {
  github: [githubWorkflowJob, githubWorkflowRun, githubCheckRun],
  gitlab: [gitlabJob, gitlabPipeline],
  buildkite: [buildkite],
} as const satisfies Record<string, readonly Adapter[]>

/** Runs that are looked up at their provider, because there is a token for it. */
export interface LookUp {
  /** `github-actions`, `gitlab`: their webhooks are no evidence then, but a reason to look. */
  providers: ReadonlySet<string>
  queue: HintQueue
}

export interface Desk {
  door: Door
  /** Then nobody knows what counts. */
  isContentGone: boolean
  commits: GroupCommit
  store: ReceivingStore
  lookUp: LookUp | undefined
}

export type Taken =
  | { told: Told; refusal?: undefined; problems?: undefined }
  /** With what was wrong with each part, where that is told. */
  | { refusal: Refusal; problems?: readonly DocumentProblem[]; told?: undefined }

/** Takes a webhook. It is answered when what it brought is kept. */
export async function takeWebhook(
  adapters: readonly Adapter[],
  body: Buffer,
  secret: Secret,
  desk: Desk,
): Promise<Taken> {
  if (desk.isContentGone) return { refusal: contentMissing() }
  const { document, refusal } = parseBody(body)
  if (refusal) return { refusal }
  const map = mapOf(document.json)
  if (!map) return { refusal: refuse(refusals.unreadable, 'Send one webhook: a JSON object.') }
  const { door, lookUp } = desk
  const judged = judge(adaptWith(adapters, document), door, (result, evidence) => objection(result, evidence, secret))
  const run = adapters === hookAdapters.github ? githubRunOf(map) : undefined
  if (run) return await takeRun(run, judged, secret, desk)
  const asked = lookUp && judged.evidence.filter(({ source }) => lookUp.providers.has(source.provider))
  if (asked && asked.length > 0) return ask(asked.map(hintOf), judged, lookUp.queue)
  return settled(judged, await desk.commits.add(judged.evidence))
}

/** Whether a commit has come to pass, in the words of an answer. */
export function settled(judged: Judged, { committed, refused }: Commit): Taken {
  if (committed) return { told: toldOf(judged, committed) }
  const again = 'Send it again: nothing of it was kept.'
  return { refusal: refuse(refused === 'busy' ? refusals.busy : refusals.storeFailed, again) }
}

function objection({ spot }: CiResult, { source }: Evidence, secret: Secret): DocumentProblem | undefined {
  if (!speaksFor(secret, source.repository)) {
    return {
      code: 'secret-elsewhere',
      severity: 'error',
      spot,
      reason: `Unexpected result of \`${source.repository ?? ''}\`, expected one of a repository that the secret is for.`,
      expected: secret.repositories.join(', '),
      actual: source.repository ?? '',
      fix: 'give the webhook of that repository a secret of its own, and name both in the settings of the receiver',
    }
  }
  return undefined
}

/** A webhook about a run of GitHub Actions: never evidence, but it says what started the run. */
async function takeRun(run: GithubRun, judged: Judged, secret: Secret, desk: Desk): Promise<Taken> {
  const { door, lookUp, store, commits } = desk
  const registered = [...door.registrations].filter(
    ([, source]) => isOfRepository(source, run) && speaksFor(secret, source.repository),
  )
  const [first] = registered
  const nothing = { told: toldOf(judged, { added: 0, known: 0, refused: [] }) }
  if (!first) return nothing
  if (run.isTrusted) {
    if (!run.isCompleted || lookUp?.providers.has('github-actions') !== true) return nothing
    return ask(
      [{ provider: 'github-actions', repository: first[1].repository, runId: run.runId }],
      judged,
      lookUp.queue,
    )
  }
  const ids = new Set(registered.map(([id]) => id))
  const repositories = new Set(registered.map(([, { repository }]) => repository))
  try {
    // First, so that whoever keeps a job of it from now on finds it (`GroupCommit`).
    await store.refuseRuns([...repositories].map((repository) => ({ repository, runId: run.runId, event: run.event })))
  } catch {
    return settled(judged, { refused: 'failed' })
  }
  // Now all of its jobs have ended.
  if (!run.isCompleted) return nothing
  const projects = new Set(registered.flatMap(([, { project }]) => door.projectOf(project) ?? []))
  const retractions: Retraction[] = []
  try {
    for (const project of projects) retractions.push(...retractionsOf(await store.read(project), run, ids))
  } catch {
    return settled(judged, { refused: 'failed' })
  }
  const { committed, refused } = await commits.add(retractions)
  return refused ? settled(judged, { refused }) : { told: { ...nothing.told, added: committed.added } }
}

function ask(runs: readonly HintedRun[], { read, ignored, problems }: Judged, queue: HintQueue): Taken {
  if (!runs.every((run) => queue.add(run))) {
    return { refusal: refuse(refusals.busy, 'Too many runs wait to be looked up. The next `pull` finds this one.') }
  }
  return { told: { became: 'asked', read, added: 0, known: 0, ignored, problems } }
}

function hintOf({ source, run }: Evidence): HintedRun {
  return { provider: source.provider, repository: source.repository ?? '', runId: run.id }
}
