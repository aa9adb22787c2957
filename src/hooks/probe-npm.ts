/**
 * Packages with native code, one for each platform: what a package lists as `optionalDependencies`,
 * and what each of these says of itself. What is missing says nothing: a registry may be behind.
 */
import type { Evidence } from '#domain/evidence.ts'
import type { Problem } from '#domain/problem.ts'
import type { AskNpm } from './npm-client.ts'
import { isExactVersion, isPackageName, mainFields, parseMain, parsePlatform, platformFields } from './npm-package.ts'
import { namesOtherSystem, platformOf } from './npm-platform.ts'
import {
  ambiguousPlatform,
  missingPackage,
  missingPlatforms,
  strangeAnswer,
  unreachableRegistry,
} from './probe-npm-problems.ts'
import { recordOfPackage, runIdOf, type NativeProject } from './probe-npm-record.ts'

export interface NpmProbe {
  ask: AskNpm
  /** Columns by Node.js's word for them. */
  words: ReadonlyMap<string, readonly string[]>
  /** When it is asked, UTC, in whole seconds. */
  now: string
  /** How many records there are of a version of a platform package. */
  knownOf: (runId: string, project: string) => number
  /** Is told of each package that was asked for. */
  progress?: (name: string) => void
}

export interface NpmObservation {
  /** Version of the package whose platforms these are; undefined where it was not seen. */
  version?: string
  records: Evidence[]
  /** Records that are there already. */
  known: number
  /** Packages that say nothing about a column: for other systems, or not a platform. */
  ignored: number
  /** Packages that nothing could be recorded from; problems tell why. */
  unseen: number
  problems: Problem[]
}

/** Packages that are asked for at a time. */
const concurrency = 4

/** @param version an exact one, or the tag `latest` */
export async function probePackage(native: NativeProject, version: string, probe: NpmProbe): Promise<NpmObservation> {
  const seen: NpmObservation = { records: [], known: 0, ignored: 0, unseen: 0, problems: [] }
  const asked = runIdOf(native.package, version)
  probe.progress?.(asked)
  const answer = await probe.ask(asked, mainFields)
  const main = answer.kind === 'found' ? parseMain(answer.json, native.package) : undefined
  if (!main) {
    if (answer.kind === 'found') seen.problems.push(strangeAnswer(asked))
    else if (answer.kind === 'missing') seen.problems.push(missingPackage(asked, native.project))
    else seen.problems.push(unreachableRegistry(asked, answer.code))
    seen.unseen += 1
    return seen
  }
  seen.version = main.version

  const platforms: string[] = []
  const missing: string[] = []
  for (const [name, wanted] of main.optional) {
    // A platform is published with the package and has its version; what has another one is a part of
    // its own, such as libvips in sharp, and shows nothing about the package.
    if (wanted !== main.version || !isPackageName(name) || !isExactVersion(wanted) || namesOtherSystem(name)) {
      seen.ignored += 1
      continue
    }
    const known = probe.knownOf(runIdOf(name, wanted), native.project)
    if (known > 0) seen.known += known
    else platforms.push(name)
  }
  for (let start = 0; start < platforms.length; start += concurrency) {
    const some = platforms.slice(start, start + concurrency)
    const observed = await Promise.all(some.map((name) => probePlatform(native, name, main.version, probe)))
    for (const { records, problem, isMissing } of observed) {
      seen.records.push(...records)
      if (problem) seen.problems.push(problem)
      if (isMissing || problem) seen.unseen += 1
      else if (records.length === 0) seen.ignored += 1
    }
    missing.push(...some.filter((_, index) => observed[index]?.isMissing))
  }
  if (missing.length > 0) seen.problems.push(missingPlatforms(runIdOf(main.name, main.version), missing))
  return seen
}

interface PlatformObservation {
  records: Evidence[]
  problem?: Problem
  isMissing?: boolean
}

async function probePlatform(
  native: NativeProject,
  name: string,
  version: string,
  probe: NpmProbe,
): Promise<PlatformObservation> {
  const asked = runIdOf(name, version)
  const problem = (found: Problem) => ({ records: [], problem: found })
  probe.progress?.(asked)
  const answer = await probe.ask(asked, platformFields)
  if (answer.kind === 'failed') return problem(unreachableRegistry(asked, answer.code))
  if (answer.kind === 'missing') return { records: [], isMissing: true }
  const found = parsePlatform(answer.json, name, version)
  if (!found) return problem(strangeAnswer(asked))
  const platform = platformOf(found, probe.words)
  switch (platform.kind) {
    case 'other':
      return { records: [] }
    case 'ambiguous':
      return problem(ambiguousPlatform(asked, platform.word, platform.architectures))
    case 'linux': {
      const libc = platform.libc === undefined ? {} : { libc: platform.libc }
      const records = platform.architectures.map((architecture) =>
        recordOfPackage(native, found, { architecture, ...libc }, probe.now),
      )
      return records.every((record) => record !== undefined) ? { records } : problem(strangeAnswer(asked))
    }
    default:
      return platform satisfies never
  }
}
