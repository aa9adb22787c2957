/** Builds of Jenkins. A server is a repository, the path of a job in it is the job: `Core/jenkins/master`. */
import type { CiProvider } from '#domain/ci-provider.ts'
import type { Counts } from '#domain/evidence.ts'
import type { Outcome } from '#domain/status-words.ts'
import type { Adapted, Adapter, Spot } from './adapter.ts'
import { toUtcSeconds } from './instant.ts'
import {
  adaptEach,
  commitOf,
  countOf,
  idOf,
  lineOf,
  linkOf,
  listOf,
  mapOf,
  resultOf,
  spotWithin,
  startsWith,
  textOf,
  type JsonMap,
} from './json-values.ts'
import { badDocument, unknownOutcome, untrustedEvent } from './problems.ts'
import { outcomeBesideCounts } from './test-counts.ts'

export const jenkins: Adapter = {
  name: 'jenkins',
  title: 'Jenkins: a build (`api/json`), or a job with its builds',
  recognises: (document) => startsWith(document, (map) => isBuild(map) || isJob(map)),
  adapt: (document) =>
    adaptEach(document, 'build', (map, spot, adapted) => {
      if (isJob(map)) adaptJob(map, spot, adapted)
      else adaptBuild(map, undefined, spot, adapted)
    }),
}

function isBuild(map: JsonMap): boolean {
  const isOfJenkins = '_class' in map || typeof map.building === 'boolean' || typeof map.timestamp === 'number'
  return 'result' in map && 'number' in map && isOfJenkins
}

function isJob(map: JsonMap): boolean {
  const isOfJenkins = '_class' in map || 'lastCompletedBuild' in map || 'buildable' in map
  return isOfJenkins && !('result' in map) && (Array.isArray(map.builds) || mapOf(map.lastCompletedBuild) !== undefined)
}

/** A job lists its builds by number alone, unless it was asked for more. */
function adaptJob(job: JsonMap, spot: Spot, adapted: Adapted): void {
  const builds = listOf(job.builds).map((build, index) => ({ build, at: spotWithin(spot, 'builds', index) }))
  builds.push({ build: job.lastCompletedBuild, at: spotWithin(spot, 'lastCompletedBuild') })
  const seen = new Set<string>()
  let told = 0
  for (const { build, at } of builds) {
    const map = mapOf(build)
    const number = idOf(map?.number)
    if (!map || number === undefined || !('result' in map) || seen.has(number)) continue
    seen.add(number)
    told += 1
    adaptBuild(map, textOf(job.url), at, adapted)
  }
  if (told > 0) return
  adapted.problems.push({
    ...badDocument(spot, 'job', lineOf(job.fullName) ?? lineOf(job.name) ?? '', 'builds with their `result`'),
    fix: 'send `lastCompletedBuild/api/json` of the job, or its `api/json?depth=1`',
  })
}

function adaptBuild(build: JsonMap, jobAddress: string | undefined, spot: Spot, adapted: Adapted): void {
  const { results, problems } = adapted
  const number = idOf(build.number)
  const address =
    textOf(build.url) ?? (jobAddress !== undefined && number !== undefined ? `${jobAddress}${number}/` : '')
  const job = address === '' ? readName(build.fullDisplayName) : readAddress(address)
  if (!job || number === undefined) {
    problems.push(badDocument(spot, 'build', '', 'a build with `number`, and `url` or `fullDisplayName`'))
    return
  }
  // A pipeline may set its result long before it ends.
  if (build.building === true || build.inProgress === true || build.result === null || build.result === undefined) {
    adapted.ignored += 1
    return
  }
  const ended = typeof build.result === 'string' ? outcomes.get(build.result) : undefined
  if (!ended) {
    problems.push(unknownOutcome(spotWithin(spot, 'result'), 'result', build.result, [...outcomes.keys()]))
    return
  }
  const actions = listOf(build.actions)
    .map(mapOf)
    .filter((action) => action !== undefined)
  const untrusted = untrustedOrigin(job.name, actions)
  if (untrusted !== undefined) {
    problems.push(untrustedEvent(spot, untrusted))
    return
  }
  const counts = countsOf(actions)
  const { outcome, reason } = outcomeBesideCounts(ended, counts)
  const started = typeof build.timestamp === 'number' ? build.timestamp : undefined
  results.push(
    resultOf(outcome, spot, {
      provider: 'jenkins' satisfies CiProvider,
      repository: job.server,
      workflows: [job.name],
      job: job.name,
      // A job that was made anew counts its builds from 1 again.
      runId: started === undefined ? number : `${number}-${started}`,
      attempt: 1,
      commit: commitOfBuild(actions),
      reason: reason ?? (wasTimedOut(actions) ? 'timeout' : undefined),
      counts,
      observedAt:
        started !== undefined && typeof build.duration === 'number'
          ? toUtcSeconds(started + build.duration)
          : undefined,
      link: linkOf(address),
    }),
  )
}

const outcomes = new Map<string, Outcome>([
  ['SUCCESS', 'passed'],
  ['FAILURE', 'failed'],
  // It was built, and its tests failed.
  ['UNSTABLE', 'failed'],
  ['ABORTED', 'cancelled'],
  ['NOT_BUILT', 'skipped'],
])

interface Job {
  /** Host and path; missing where a build was asked for without its address. */
  server?: string
  name: string
}

/** `Core » main #12`: the names that people see, which are mostly those of the path. */
function readName(fullDisplayName: unknown): Job | undefined {
  const title = /^(.+) #\d+$/.exec(lineOf(fullDisplayName, 400) ?? '')?.[1]
  const name = lineOf(title?.split(' » ').join('/'))
  return name === undefined ? undefined : { name }
}

/** `https://ci.example.org/job/Core/job/main/ARCH=arm64/12/`: server `ci.example.org`, job `Core/main/ARCH=arm64`. */
function readAddress(address: string): Job | undefined {
  const [, server, path] = /^https?:\/\/([^?#@]{1,200}?)\/((?:job|view)\/[^?#]{1,800}?)\/\d+\/?$/.exec(address) ?? []
  if (server === undefined || path === undefined) return undefined
  const names: string[] = []
  const parts = path.split('/')
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index] ?? ''
    // A view is only a way to get to the job.
    if (part === 'view') index += 1
    else if (part === 'job') names.push(decoded(parts[(index += 1)] ?? ''))
    else if (part.includes('=')) names.push(decoded(part))
    else return undefined
  }
  const name = lineOf(names.join('/'))
  return name === undefined || lineOf(server) === undefined ? undefined : { server, name }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/**
 * Builds of pull requests: multibranch projects call their jobs so, and the plugins that build them
 * in one job leave a parameter or a cause.
 */
function untrustedOrigin(job: string, actions: readonly JsonMap[]): string | undefined {
  const branch = job.split('/').findLast((part) => !part.includes('=')) ?? ''
  if (/^(?:PR|MR)-\d+(?:-(?:head|merge))?$/.test(branch)) return branch
  const within = actions.flatMap((action) => [...listOf(action.parameters), ...listOf(action.causes)])
  for (const one of within.map((value) => mapOf(value))) {
    const name = textOf(one?.name) ?? textOf(one?._class) ?? ''
    if (pullRequestParameters.includes(name) && hasValue(one?.value)) return name
    if (/\.ghprb\.\w*Cause$/.test(name)) return 'GhprbCause'
    const cause = /^(?:pull|merge) request [#!]?\d+/i.exec(textOf(one?.shortDescription) ?? '')?.[0]
    if (cause !== undefined) return cause
  }
  return undefined
}

const pullRequestParameters = ['ghprbPullId', 'CHANGE_ID', 'gitlabMergeRequestIid', 'GERRIT_CHANGE_NUMBER']

function hasValue(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number'
}

/** Somebody may stop a build, and a clock may. */
function wasTimedOut(actions: readonly JsonMap[]): boolean {
  const causes = actions.flatMap((action) => listOf(action.causes)).map(mapOf)
  return causes.some((cause) => textOf(cause?._class)?.endsWith('.TimeoutStepExecution$ExceededTimeout') ?? false)
}

/** What the JUnit plugin counted. */
function countsOf(actions: readonly JsonMap[]): Counts | undefined {
  const action = actions.find(({ totalCount }) => typeof totalCount === 'number')
  const total = countOf(action?.totalCount)
  const failed = countOf(action?.failCount)
  const skipped = countOf(action?.skipCount)
  if (total === undefined || failed === undefined || skipped === undefined || total < failed + skipped) return undefined
  return { passed: total - failed - skipped, failed, skipped }
}

/** Shared libraries leave revisions too: where there are several, none is known to be the project's. */
function commitOfBuild(actions: readonly JsonMap[]): string | undefined {
  const revisions = actions.flatMap(({ lastBuiltRevision }) => commitOf(mapOf(lastBuiltRevision)?.SHA1) ?? [])
  return new Set(revisions).size === 1 ? revisions[0] : undefined
}
