/**
 * Joins the indexes of a suite: a source is built on a port where a package made for that port comes
 * from the newest version of the source. A package for `all` says nothing about a port, and what is
 * missing says nothing either: an index gives no reasons.
 */
import { stanzasOf } from './deb822.ts'
import { compareDebianVersions } from './probe-debian-version.ts'

/** What an index shows: a source built on a port. */
export interface Build {
  source: string
  /** Version of the source: the same one on all ports, however often a port built it anew. */
  version: string
  package: string
  packageVersion: string
  /** SHA-256 of the package. */
  digest: string
  /** Line of the index on which the package begins. */
  line: number
}

// What Debian's policy allows, and no more: these words reach addresses and records.
const namePattern = /^[a-z0-9][a-z0-9+.-]{1,99}$/
const versionPattern = /^[0-9][A-Za-z0-9.+:~-]{0,79}$/
const digestPattern = /^[0-9a-f]{64}$/

/** Version of each source that is wanted, where the suite has it: the newest, if there are several. */
export function newestSources(sources: string, wanted: ReadonlySet<string>): Map<string, string> {
  const newest = new Map<string, string>()
  for (const { fields } of stanzasOf(sources, ['Package', 'Version', 'Extra-Source-Only'])) {
    const [name, version] = [fields.get('Package') ?? '', fields.get('Version') ?? '']
    // An old source is kept while other packages contain parts of it; it is no longer built.
    if (!wanted.has(name) || !versionPattern.test(version) || fields.get('Extra-Source-Only') === 'yes') continue
    const other = newest.get(name)
    if (other === undefined || compareDebianVersions(other, version) < 0) newest.set(name, version)
  }
  return newest
}

export interface PortIndex {
  /** How many packages the index has, those for `all` included. */
  packages: number
  /** One for each source that is built at its newest version. */
  builds: Build[]
}

/** Reads the packages of a port. */
export function buildsOf(packages: string, port: string, newest: ReadonlyMap<string, string>): PortIndex {
  const bySource = new Map<string, Found>()
  let count = 0
  for (const { line, fields } of stanzasOf(packages, packageFields)) {
    const name = fields.get('Package')
    if (name === undefined) continue
    count += 1
    const { source, version } = sourceOf(name, fields)
    if (fields.get('Architecture') !== port || version === undefined || newest.get(source) !== version) continue
    const [packageVersion, digest] = [fields.get('Version') ?? '', fields.get('SHA256') ?? '']
    if (!namePattern.test(name) || !versionPattern.test(packageVersion) || !digestPattern.test(digest)) continue
    const found: Found = {
      build: { source, version, package: name, packageVersion, digest, line },
      rank: rankOf(name, source, fields.get('Section')),
      size: Number(fields.get('Installed-Size') ?? 0) || 0,
    }
    const other = bySource.get(source)
    if (!other || found.rank < other.rank || (found.rank === other.rank && found.size > other.size)) {
      bySource.set(source, found)
    }
  }
  return { packages: count, builds: [...bySource.values()].map(({ build }) => build) }
}

const packageFields = ['Package', 'Source', 'Version', 'Architecture', 'Section', 'Installed-Size', 'SHA256']

interface Found {
  build: Build
  rank: number
  size: number
}

/** `Source: nginx (1.22.1-9)`; a package without one is named like its source and has its version. */
function sourceOf(name: string, fields: ReadonlyMap<string, string>): { source: string; version: string | undefined } {
  const [, source = name, said] = /^(\S+)(?:\s+\((\S+)\))?$/.exec(fields.get('Source') ?? '') ?? []
  // A port that builds the same source again adds `+b1` to the version of the package alone.
  return { source, version: said ?? fields.get('Version')?.replace(/\+b\d+$/, '') }
}

/**
 * Which package of a source to show: its namesake, else one that is called after it, and no debugging
 * symbols. Of several it is the largest, which is seldom an add-on.
 */
function rankOf(name: string, source: string, section = ''): number {
  if (name === source) return 0
  if (/(^|\/)debug$/.test(section) || name.endsWith('-dbg')) return 3
  return name.startsWith(source) ? 1 : 2
}
