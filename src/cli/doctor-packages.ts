/** What npm has installed, held against the lockfile. Nothing here imports a package. */

/** The machine as npm's lockfile speaks of it. */
export interface Platform {
  os: string
  cpu: string
  /** Of Linux alone. */
  libc: 'glibc' | 'musl' | undefined
}

interface Locked {
  version?: unknown
  integrity?: unknown
  optional?: unknown
  os?: unknown
  cpu?: unknown
  libc?: unknown
}

export interface PackageReport {
  locked: number
  installed: number
  /** `node_modules/astro`: in the lockfile, not installed, and not optional. */
  missing: string[]
  /** Installed in another version than the lockfile has, or not in it. */
  other: string[]
  /** Native packages for this machine, and those of them that are not installed. */
  native: string[]
  nativeMissing: string[]
}

/**
 * @param lock      text of package-lock.json
 * @param installed text of node_modules/.package-lock.json, which npm writes; undefined where there is none
 * @param exists    whether there is a folder of that path: npm's own list does not notice what was deleted
 * @returns undefined where the lockfile cannot be read
 */
export function comparePackages(
  lock: string,
  installed: string | undefined,
  exists: (path: string) => boolean,
  platform: Platform,
): PackageReport | undefined {
  const locked = packagesOf(lock)
  if (!locked) return undefined
  const there = (installed === undefined ? undefined : packagesOf(installed)) ?? new Map<string, Locked>()
  const isThere = (path: string) => there.has(path) && exists(path)
  // What belongs to nothing else than one system, and is not WebAssembly, is native.
  const native = [...locked].flatMap(([path, entry]) => (isNativeFor(entry, platform) ? [path] : []))
  return {
    locked: [...locked.values()].filter(({ optional }) => optional !== true).length,
    installed: [...there.keys()].filter(exists).length,
    missing: [...locked].flatMap(([path, { optional }]) => (optional !== true && !isThere(path) ? [path] : [])),
    other: [...there].flatMap(([path, { version, integrity }]) => {
      const wanted = locked.get(path)
      return wanted?.version === version && wanted?.integrity === integrity ? [] : [path]
    }),
    native,
    nativeMissing: native.filter((path) => !isThere(path)),
  }
}

function packagesOf(text: string): Map<string, Locked> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (!isRecord(value) || !isRecord(value.packages)) return undefined
    return new Map(
      Object.entries(value.packages).flatMap(([path, entry]) =>
        path !== '' && isRecord(entry) ? [[path, entry]] : [],
      ),
    )
  } catch {
    return undefined
  }
}

function isNativeFor({ os, cpu, libc }: Locked, platform: Platform): boolean {
  return Array.isArray(os) && fits(os, platform.os) && fits(cpu, platform.cpu) && fits(libc, platform.libc)
}

/** As npm reads its lists: `!win32` is anything else; no list is everything. */
function fits(list: unknown, word: string | undefined): boolean {
  if (!Array.isArray(list)) return true
  if (word === undefined) return false
  if (list.includes(`!${word}`)) return false
  return list.includes(word) || list.some((one) => typeof one === 'string' && one.startsWith('!'))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
