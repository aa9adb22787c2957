/**
 * Reports that a job sends itself. It may tell what it saw: outcome, level, version, counts. Which
 * run it was says its token, and a report that says otherwise is refused.
 */
import type { Evidence } from '#domain/evidence.ts'
import type { CiResult, DocumentProblem } from '#ingest/adapter.ts'
import type { Door } from '#ingest/attribute.ts'
import { shownValue } from '#ingest/problems.ts'
import { ownReport, reportSchema } from '#ingest/report.ts'
import { judge, parseBody } from './receive-deliveries.ts'
import type { TokenRun } from './receive-oidc.ts'
import { isOfRepository } from './receive-origins.ts'
import { contentMissing, refusals, refuse, type Refusal } from './receive-refusals.ts'
import { settled, type Desk, type Taken } from './receive-webhooks.ts'

/** More than any matrix of jobs brings at once. */
export const maximumReports = 500

/** A run takes at most 35 days: https://docs.github.com/actions/reference/limits. */
const maximumRunMilliseconds = 35 * 86_400_000

export type OfRun = { result: CiResult; problem?: undefined } | { problem: DocumentProblem; result?: undefined }

/** What a report says, with everything about its run from the token. */
export function asResultOf(run: TokenRun, report: CiResult, now: number): OfRun {
  const problem = contradiction(run, report) ?? lacking(report) ?? tooOld(report, now)
  if (problem) return { problem }
  // An id of a job is the sender's word too, and the job that sends may speak for others.
  const { jobId: _, group: __, ...seen } = report
  return {
    result: {
      ...seen,
      provider: 'github-actions',
      repository: run.repository,
      repositoryId: run.repositoryId,
      workflows: run.workflows,
      event: run.event,
      ref: run.ref,
      runId: run.runId,
      attempt: run.attempt,
      link: run.page,
    },
  }
}

/** A registration that makes more of a report than it says: then one of them is wrong. */
export function overstated(report: CiResult, evidence: Evidence): DocumentProblem | undefined {
  if (report.level !== undefined && report.level !== evidence.level) {
    return differs('level', report.level, evidence.level, report)
  }
  if (evidence.execution === 'native' && report.execution !== undefined && report.execution !== 'native') {
    return differs('execution', report.execution, evidence.execution, report)
  }
  return undefined
}

function contradiction(run: TokenRun, report: CiResult): DocumentProblem | undefined {
  const { repository, repositoryId, provider, runId } = report
  const wrong = (what: string, actual: string, expected: string): DocumentProblem => ({
    code: 'run-differs',
    severity: 'error',
    spot: report.spot,
    reason: `Unexpected \`run.${what}\` \`${shownValue(actual)}\`, expected \`${expected}\`, as the token says.`,
    expected,
    actual: shownValue(actual),
    fix: `leave \`run.${what}\` out, or send the report from the run that it is about`,
  })
  // The adapter's word for a report that names no provider.
  if (provider !== undefined && provider !== 'report' && provider !== 'github-actions') {
    return wrong('provider', provider, 'github-actions')
  }
  if (repository !== undefined && repository.toLowerCase() !== run.repository.toLowerCase()) {
    return wrong('repository', repository, run.repository)
  }
  if (repositoryId !== undefined && repositoryId !== run.repositoryId) {
    return wrong('repositoryId', repositoryId, run.repositoryId)
  }
  const isNamed = runId !== `${report.observedAt ?? ''} ${report.link ?? ''}`.slice(0, 200)
  return isNamed && runId !== undefined && runId !== run.runId ? wrong('id', runId, run.runId) : undefined
}

function lacking({ job, spot }: CiResult): DocumentProblem | undefined {
  if (job !== undefined) return undefined
  return {
    code: 'missing-job',
    severity: 'error',
    spot,
    reason: 'Missing `run.job`, expected the name of the job that the report is about.',
    expected: 'the name by which the job is registered',
    actual: '',
    fix: 'write `run.job` as the registration has it',
  }
}

function tooOld({ observedAt, spot }: CiResult, now: number): DocumentProblem | undefined {
  if (observedAt === undefined || now - Date.parse(observedAt) <= maximumRunMilliseconds) return undefined
  return {
    code: 'observed-before-run',
    severity: 'error',
    spot,
    reason: `Unexpected end of the run \`${observedAt}\`, expected one that a run which still reports can have had.`,
    expected: 'an instant of the last 35 days',
    actual: observedAt,
    fix: 'write the instant at which the tests ended',
  }
}

function differs(what: string, actual: string, expected: string, { spot }: CiResult): DocumentProblem {
  return {
    code: 'report-differs',
    severity: 'error',
    spot,
    reason: `Unexpected ${what} \`${actual}\`, expected \`${expected}\`, as the job is registered.`,
    expected,
    actual,
    fix: `correct \`${what}\` in the report or in the registration`,
  }
}

/** Takes the reports of a job. They are answered when they are kept. */
export async function takeReports(body: Buffer, run: TokenRun, now: number, desk: Desk): Promise<Taken> {
  if (desk.isContentGone) return { refusal: contentMissing() }
  const { document, refusal } = parseBody(body)
  if (refusal) return { refusal }
  const count = Array.isArray(document.json) ? document.json.length : (document.lines?.length ?? 1)
  if (count > maximumReports) {
    return { refusal: refuse(refusals.tooManyReports, `Send at most ${maximumReports} reports in one request.`) }
  }
  if (!ownReport.recognises(document)) {
    return { refusal: refuse(refusals.noReport, `Send reports whose \`schema\` is \`${reportSchema}\`.`) }
  }
  const adapted = ownReport.adapt(document)
  const ofRun = adapted.results.map((report) => asResultOf(run, report, now))
  const judged = judge(
    {
      results: ofRun.flatMap(({ result }) => result ?? []),
      problems: [...adapted.problems, ...ofRun.flatMap(({ problem }) => problem ?? [])],
      ignored: adapted.ignored,
    },
    desk.door,
    overstated,
  )
  if (judged.evidence.length === 0) {
    const [first] = judged.problems
    if (first) return { refusal: refuse(refusals.noReport, first.reason), problems: judged.problems }
    return { refusal: notRegistered(run) }
  }
  return settled(judged, await desk.commits.add(judged.evidence))
}

/** Whether any registration is of the repository of a run: if not, its reports need not be read. */
export function isKnownRepository({ registrations }: Door, run: TokenRun): boolean {
  return [...registrations.values()].some((source) => isOfRepository(source, run))
}

export function notRegistered({ repository }: TokenRun): Refusal {
  const detail = `No file in \`sources/\` names this job of \`${repository}\`: its workflow, and \`run.job\` of the report as \`job\`.`
  return refuse(refusals.notRegistered, detail)
}
