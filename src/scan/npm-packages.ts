/** Packages of npm as three package managers lock them; what a lockfile says of their platforms is the same in all. */
import type { Build, Component } from './component.ts'
import type { Findings } from './findings.ts'

export interface NpmPackage {
  /** `@scope/name` or `name` */
  name: string
  version: string | undefined
  line: number
  scope?: Component['scope']
  os: readonly string[]
  cpu: readonly string[]
  /** Names of the packages that it asks for without needing them. */
  optional: readonly string[]
  hasInstallScript: boolean
}

/** Adds packages; one that holds another one's native code for a platform is added as a build of that one. */
export function addNpmPackages(packages: readonly NpmPackage[], findings: Findings): void {
  // Only what is for certain processors holds native code: `fsevents` is for a system, and a package of its own.
  const builds = new Set(packages.filter(({ cpu }) => cpu.length > 0).map(({ name }) => name))
  const ownerOf = ownersOf(packages, builds)
  for (const one of packages) {
    const { name, version, line, scope, hasInstallScript } = one
    const made = buildsOf(one)
    const buildOf = builds.has(name) ? ownerOf.get(name) : undefined
    const signs = {
      ...(made.length > 0 ? { builds: made } : {}),
      ...(buildOf === undefined ? {} : { buildOf }),
      ...(hasInstallScript ? { hasInstallScript } : {}),
    }
    const [, namespace, last = ''] = /^(?:(@[^/]+)\/)?(.*)$/s.exec(name) ?? []
    findings.add(
      { type: 'npm', name: last, ...(namespace ? { namespace } : {}), ...(version === undefined ? {} : { version }) },
      line,
      { ...(scope === undefined ? {} : { scope }), ...(Object.keys(signs).length > 0 ? { signs } : {}) },
    )
  }
}

/** Of each build, what asks for it: not another build, which may ask for its own parts (`@img/sharp-linux-x64`). */
function ownersOf(packages: readonly NpmPackage[], builds: ReadonlySet<string>): Map<string, string> {
  const ownerOf = new Map<string, string>()
  for (const { name, optional } of packages) {
    if (builds.has(name)) continue
    for (const part of optional) if (builds.has(part) && !ownerOf.has(part)) ownerOf.set(part, name)
  }
  for (const { name, optional } of packages) {
    const owner = ownerOf.get(name)
    if (owner === undefined) continue
    for (const part of optional) if (builds.has(part) && !ownerOf.has(part)) ownerOf.set(part, owner)
  }
  return ownerOf
}

/** Words of `os` and of `cpu`: there are not more systems and processors. */
const maximumWords = 30

/** The platforms of `os` and `cpu`, of which either may be missing: then it is for all of them. */
function buildsOf({ name, os, cpu }: NpmPackage): Build[] {
  const systems = os.filter((word) => !word.startsWith('!')).slice(0, maximumWords)
  const machines = cpu.filter((word) => !word.startsWith('!')).slice(0, maximumWords)
  if (systems.length === 0 && machines.length === 0) return []
  return (systems.length === 0 ? [undefined] : systems).flatMap((system) =>
    (machines.length === 0 ? [''] : machines).map((machine): Build => ({
      ecosystem: 'node',
      machine,
      label: name,
      ...(system === undefined ? {} : { system }),
    })),
  )
}
