/** A package that the registry has, as evidence. */
import { Evidence, identified } from '#domain/evidence.ts'
import type { PlatformPackage } from './npm-package.ts'

/** Whose package it is. */
export interface NativeProject {
  /** Id of the project. */
  project: string
  /** Its package: `esbuild`. */
  package: string
}

/** The one name of a version: `@esbuild/linux-arm64@0.28.2`. */
export function runIdOf(name: string, version: string): string {
  return `${name}@${version}`
}

/** Ten minutes: clocks differ. */
const allowedSkewMilliseconds = 600_000

/**
 * @param now when the registry was asked; taken where it does not say when the version was published
 * @returns undefined where a value is longer than a record may hold
 */
export function recordOfPackage(
  { project, package: repository }: NativeProject,
  found: PlatformPackage,
  { architecture, libc }: { architecture: string; libc?: string },
  now: string,
): Evidence | undefined {
  const { name, version, integrity, publishedAt } = found
  const isPast = publishedAt !== undefined && Date.parse(publishedAt) <= Date.parse(now) + allowedSkewMilliseconds
  const record = identified({
    schema: 1,
    project,
    architecture,
    ...(libc === undefined ? {} : { libc }),
    version,
    level: 'available',
    outcome: 'passed',
    source: { provider: 'npm', repository, job: name },
    run: { id: runIdOf(name, version), attempt: 1 },
    observedAt: isPast ? publishedAt : now,
    link: `https://www.npmjs.com/package/${name}/v/${version}`,
    artifact: { name: runIdOf(name, version), ...(integrity === undefined ? {} : { digest: integrity }) },
    provenance: { how: 'probed' },
  })
  return Evidence.safeParse(record).data
}
