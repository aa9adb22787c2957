/** What Debian built, as evidence. */
import { identified, isRetraction, type Evidence, type StoredRecord } from '#domain/evidence.ts'
import type { Build } from './probe-debian-join.ts'
import type { PortObservation } from './probe-debian.ts'

/** How long a record stands for the same version in newer publications of its suite. */
export const renewAfterDays = 30

/**
 * The record of a build. Everything in it comes from the signed suite, nothing from the time or the
 * mirror, so that whoever reads the same publication gets the same bytes.
 */
export function recordOfBuild(build: Build, seen: PortObservation, project: string, architecture: string): Evidence {
  return identified({
    schema: 1,
    project,
    architecture,
    version: build.version,
    level: 'builds',
    outcome: 'passed',
    // Debian builds every port on machines of that port: https://wiki.debian.org/Buildd
    execution: 'native',
    source: { provider: 'debian', repository: `${seen.suite}/${seen.component}`, job: build.source },
    run: { id: `${seen.suite} ${seen.date}`, attempt: 1, jobId: `${seen.index}:${build.line}` },
    observedAt: seen.date,
    link: `https://packages.debian.org/${seen.suite}/${build.package}`,
    artifact: { name: `${build.package}_${build.packageVersion}_${seen.port}`, digest: `sha256:${build.digest}` },
    provenance: { how: 'probed' },
  })
}

/**
 * Whether the records tell of a build already: the same version of the same source in the same suite
 * and port, from another publication less than 30 days apart. So a suite that is published daily
 * does not add a record a day, and what is still there stays fresh.
 */
export function isToldAlready(record: Evidence, stored: readonly StoredRecord[]): boolean {
  const retracted = new Set(stored.flatMap((other) => (isRetraction(other) ? [other.retracts] : [])))
  return stored.some(
    (other) =>
      !isRetraction(other) &&
      !retracted.has(other.id) &&
      other.id !== record.id &&
      other.source.provider === record.source.provider &&
      other.source.repository === record.source.repository &&
      other.source.job === record.source.job &&
      other.architecture === record.architecture &&
      other.version === record.version &&
      Math.abs(Date.parse(other.observedAt) - Date.parse(record.observedAt)) < renewAfterDays * 86_400_000,
  )
}

/** Whether a record tells of a build of this source, in any suite. */
export function isBuildOf(record: StoredRecord, source: string): boolean {
  return !isRetraction(record) && record.source.provider === 'debian' && record.source.job === source
}
