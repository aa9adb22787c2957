/**
 * From results to evidence: what counts, for which project, architecture and level. A registration
 * decides for the jobs of CI systems; a report in our own format speaks for itself where an operator
 * sends it.
 */
import type { ArchitectureReading, ArchitectureWords } from '#domain/architecture-words.ts'
import type { CiProvider } from '#domain/ci-provider.ts'
import { Evidence, identified, type Provenance } from '#domain/evidence.ts'
import { expectationOf } from '#domain/expectation.ts'
import { isOwnPath } from '#domain/link.ts'
import { matchesJob, type Source } from '#domain/source.ts'
import type { Execution, Level } from '#domain/status-words.ts'
import type { CiResult, DocumentProblem } from './adapter.ts'
import {
  architectureDiffers,
  expired,
  fromTheFuture,
  needs,
  projectDiffers,
  unfit,
  unknownPage,
  unknownProject,
  unknownSource,
  unreadableArchitecture,
} from './attribute-problems.ts'
import { shownValue } from './problems.ts'

/** What decides which results count. */
export interface Door {
  registrations: ReadonlyMap<string, Source>
  words: ArchitectureWords
  /** The project that an id means today; undefined where nobody knows it. */
  projectOf: (id: string) => string | undefined
  /** The word that somebody most likely meant by one that nobody knows. */
  nearest?: (word: string, kind: 'project' | 'architecture') => string | undefined
  /** Whether a path is one of a page of ours. Where nobody can tell, no result may name one as its page. */
  isOwnPage?: (path: string) => boolean
  /** How the results came here. Only an operator's word needs no registration. */
  how: Provenance['how']
  /** The instant of the ingest, UTC: what is later has not been observed. */
  now: string
  /** What the operator says about results that cannot say it themselves. */
  said: Said
}

export interface Said {
  /** Id of the registration that all results came through. */
  source?: string
  project?: string
  architecture?: string
  level?: Level
  execution?: Execution
  version?: string
  link?: string
  observedAt?: string
  /** Id of the run that test reports belong to. */
  run?: string
}

export type Attributed =
  | { evidence: Evidence; isTimeAssumed: boolean; problem?: undefined; unregistered?: undefined }
  | { problem: DocumentProblem; evidence?: undefined; unregistered?: undefined }
  | { unregistered: true; evidence?: undefined; problem?: undefined }

/** Ten minutes: clocks differ. */
const allowedSkewMilliseconds = 600_000

/** Makes one result evidence, or says why it is none. */
export function attribute(result: CiResult, door: Door): Attributed {
  const { said } = door
  const matched = registrationOf(result, door)
  if (matched.problem) return { problem: matched.problem }
  const registration = matched.source
  // What a test report lacks, the operator or the registration says.
  const speaksForItself = result.project !== undefined && door.how === 'imported'
  if (!registration && !speaksForItself && said.project === undefined) {
    return isFromCi(result) ? { unregistered: true } : { problem: needs('project', result) }
  }

  const projectWord = registration?.source.project ?? said.project ?? result.project ?? ''
  const project = door.projectOf(projectWord)
  if (project === undefined)
    return { problem: unknownProject(projectWord, result, door.nearest?.(projectWord, 'project')) }
  if (registration && result.project !== undefined && door.projectOf(result.project) !== project) {
    return { problem: projectDiffers(project, result) }
  }
  const contradicted = contradiction(result, door)
  if (contradicted) return contradicted
  const architecture = architectureOf(result, registration?.source, door)
  if (typeof architecture !== 'string') return { problem: architecture }
  const level = registration?.source.level ?? said.level ?? result.level
  if (level === undefined) return { problem: needs('level', result) }
  // A run that says it was emulated is never taken for a native one, however its job is registered.
  const emulated = result.execution === 'emulated' ? result.execution : undefined
  // As for reports and registrations: where nobody says another thing, it ran on the machine itself.
  const execution = said.execution ?? emulated ?? registration?.source.execution ?? result.execution ?? 'native'
  const link = said.link ?? result.link ?? registration?.source.link ?? pageOf(registration?.source)
  if (link === undefined) return { problem: needs('link', result) }
  // Evidence that leads nowhere would be an error of the content, which no build takes.
  if (link === result.link && isOwnPath(link) && door.isOwnPage?.(link) !== true) {
    return { problem: unknownPage(link, result) }
  }
  // Some test reports have no time. Who sends one right after the run need not tell.
  const isTimeAssumed = result.observedAt === undefined && said.observedAt === undefined
  const observedAt = said.observedAt ?? result.observedAt ?? door.now
  if (Date.parse(observedAt) > Date.parse(door.now) + allowedSkewMilliseconds) {
    return { problem: fromTheFuture(observedAt, door.now, result) }
  }
  if (registration?.source.expires !== undefined && registration.source.expires <= observedAt.slice(0, 10)) {
    return { problem: expired(registration.id, registration.source.expires, result) }
  }

  const provider = result.provider ?? registration?.source.provider ?? ('report' satisfies CiProvider)
  const version = said.version ?? result.version
  const job = result.job ?? registration?.source.job
  const workflow = registration?.source.workflow ?? result.workflows?.[0]
  // One document of a run names the id of its repository, another one does not: the registration makes them one.
  const { repository, repositoryId } = registration ? registration.source : result
  const record = identified({
    schema: 1,
    project,
    architecture,
    ...(result.os === undefined || result.os === 'linux' ? {} : { os: result.os }),
    ...(result.libc === undefined ? {} : { libc: result.libc }),
    ...(version === undefined ? {} : { version }),
    ...(result.commit === undefined ? {} : { commit: result.commit }),
    level,
    outcome: result.outcome,
    ...(level === 'available' ? {} : { execution }),
    source: {
      provider,
      ...(repository === undefined ? {} : { repository }),
      ...(repositoryId === undefined ? {} : { repositoryId }),
      ...(workflow === undefined ? {} : { workflow }),
      ...(job === undefined ? {} : { job }),
      ...(result.event === undefined ? {} : { event: result.event }),
      ...(result.ref === undefined ? {} : { ref: result.ref }),
    },
    run: {
      // Only what comes without its job can belong to a run that the operator names.
      id: (result.job === undefined ? said.run : undefined) ?? result.runId ?? `${observedAt} ${link}`.slice(0, 200),
      attempt: result.attempt ?? 1,
      ...(result.jobId === undefined ? {} : { jobId: result.jobId }),
    },
    ...(result.group === undefined ? {} : { group: result.group }),
    observedAt,
    link,
    ...(result.artifact ? { artifact: result.artifact } : {}),
    ...(result.counts ? { counts: result.counts } : {}),
    ...(result.flaky ? { flaky: true } : {}),
    ...(result.reason === undefined ? {} : { reason: result.reason }),
    ...(result.metrics ? { metrics: result.metrics } : {}),
    provenance: { how: door.how, ...(registration ? { by: registration.id } : {}) },
  })
  // Our own reports are validated already; what other systems wrote has met no limits yet.
  if (speaksForItself && Object.keys(said).length === 0) return { evidence: record, isTimeAssumed }
  const valid = Evidence.safeParse(record)
  if (valid.success) return { evidence: valid.data, isTimeAssumed }
  const [issue] = valid.error.issues
  const expected = issue ? expectationOf(issue) : 'a record'
  return { problem: unfit(issue?.path.map(String).join('.') ?? '', expected, result) }
}

interface Registration {
  id: string
  source: Source
}

/** The one registration that means a job. Where two do, neither is believed. */
function registrationOf(
  result: CiResult,
  { registrations, said, how }: Door,
): { source?: Registration; problem?: DocumentProblem } {
  if (said.source !== undefined) {
    const source = registrations.get(said.source)
    if (!source) return { problem: unknownSource(said.source, registrations, result) }
    // A file with many jobs still only counts for the job that is registered.
    if (result.job !== undefined && !matchesJob(source.job, result.job)) return {}
    return { source: { id: said.source, source } }
  }
  if (result.project !== undefined && how === 'imported') return {}
  const found = [...registrations].filter(([, source]) => matches(source, result))
  const [first, second] = found
  if (first && second) {
    return {
      problem: {
        code: 'registered-twice',
        severity: 'error',
        spot: result.spot,
        reason: `Unexpected job \`${shownValue(result.job ?? '')}\`, expected one registration that means it: ${found.map(([id]) => `\`${id}\``).join(', ')} do.`,
        expected: 'one registration',
        actual: found.map(([id]) => id).join(', '),
        fix: 'make the `job` of one of them exact',
      },
    }
  }
  return first ? { source: { id: first[0], source: first[1] } } : {}
}

/** Whether a registration means the job of a result. */
export function matches(source: Source, result: CiResult): boolean {
  if (result.provider !== source.provider || result.job === undefined) return false
  const sameRepository =
    source.repositoryId !== undefined && result.repositoryId !== undefined
      ? source.repositoryId === result.repositoryId
      : result.repository?.toLowerCase() === source.repository.toLowerCase()
  if (!sameRepository) return false
  if (source.workflow !== undefined && result.workflows?.includes(source.workflow) !== true) return false
  return matchesJob(source.job, result.job)
}

function isFromCi(result: CiResult): boolean {
  return result.provider !== undefined && result.job !== undefined
}

function architectureOf(result: CiResult, source: Source | undefined, door: Door): string | DocumentProblem {
  const { words, said } = door
  const unreadable = (word: string, reading: Exclude<ArchitectureReading, { kind: 'known' }>) =>
    unreadableArchitecture(word, reading, result, door.nearest?.(word, 'architecture'))
  const word = said.architecture ?? source?.architecture ?? result.architecture
  if (word === undefined) return needs('architecture', result)
  const reading = words.read(word)
  if (reading.kind !== 'known') return unreadable(word, reading)
  if (!source || result.architecture === undefined || said.architecture !== undefined) return reading.id
  // A report says what was tested, whatever ran it; of a job only its runner is known.
  const isReport = result.project !== undefined
  if (!isReport && source.execution !== 'native') return reading.id
  const found = words.read(result.architecture)
  if (found.kind !== 'known') {
    return isReport ? unreadable(result.architecture, found) : reading.id
  }
  if (found.id === reading.id) return reading.id
  // A registration may be wrong about the runner; the runner is not.
  const fix = isReport
    ? 'correct `architecture` in the report or in the registration'
    : 'correct `architecture` or `execution` in the registration'
  return architectureDiffers(result, found.id, reading.id, 'as the job is registered', fix)
}

/** What the operator says of the architecture chooses among what a document says; it cannot make it another one. */
function contradiction(result: CiResult, { words, said }: Door): Attributed | undefined {
  if (said.architecture === undefined || result.architecture === undefined) return undefined
  const [asked, found] = [words.read(said.architecture), words.read(result.architecture)]
  if (asked.kind !== 'known' || found.kind !== 'known' || asked.id === found.id) return undefined
  if (result.level === 'available') return { unregistered: true }
  return { problem: architectureDiffers(result, found.id, asked.id, 'as you say', 'leave `--architecture` out') }
}

/** Where the results of a repository can be seen, for readers. */
function pageOf(source: Source | undefined): string | undefined {
  if (source?.provider === 'github-actions') return `https://github.com/${encodeURI(source.repository)}/actions`
  if (source?.provider === 'gitlab') return `https://gitlab.com/${encodeURI(source.repository)}/-/pipelines`
  return undefined
}
