/** What the registry says of a package, as far as it matters here. Everything in it is a stranger's word. */
import { z } from 'zod'
import { CiText } from '#domain/evidence.ts'
import { toUtcSeconds } from '#ingest/instant.ts'

const namePattern = /^(?:@[a-z0-9][a-z0-9._~-]*\/)?[a-z0-9][a-z0-9._~-]*$/i
const versionPattern = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/

/** Whether npm could be given this name: no option, no path, no address. */
export function isPackageName(name: string): boolean {
  return name.length <= 214 && namePattern.test(name)
}

/** One version, not a range, a tag or an address. */
export function isExactVersion(version: string): boolean {
  return version.length <= 60 && versionPattern.test(version)
}

/** The package that an identifier means: `pkg:npm/%40astrojs/compiler-binding` is `@astrojs/compiler-binding`. */
export function npmNameOf(identifier: string): string | undefined {
  const [, path] = /^pkg:npm\/((?:%40|@)?[^@?#]+)/i.exec(identifier) ?? []
  const name = path?.replace(/^%40/i, '@')
  return name !== undefined && isPackageName(name) ? name : undefined
}

/** Fields to ask for, as `npm view` names them. */
export const mainFields = ['name', 'version', 'optionalDependencies'] as const
export const platformFields = ['name', 'version', 'description', 'os', 'cpu', 'libc', 'dist.integrity', 'time'] as const

export interface MainPackage {
  name: string
  version: string
  /** Packages that it asks for without needing them, and the version of each, as written. */
  optional: [name: string, version: string][]
}

/** More than this is no list of platforms. */
const maximumOptional = 300

const Main = z.object({ name: z.string(), version: z.string(), optionalDependencies: z.unknown().optional() })

/** Undefined where the answer is not about the package that was asked for. */
export function parseMain(json: unknown, asked: string): MainPackage | undefined {
  const main = Main.safeParse(json)
  if (!main.success || main.data.name !== asked || !isExactVersion(main.data.version)) return undefined
  const { name, version, optionalDependencies: optional } = main.data
  if (optional === undefined) return { name, version, optional: [] }
  if (typeof optional !== 'object' || optional === null || Array.isArray(optional)) return undefined
  const entries = Object.entries(optional).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return { name, version, optional: entries.slice(0, maximumOptional) }
}

// npm takes a word where it expects a list.
const Words = z
  .union([z.string(), z.array(z.string().max(60)).max(60)])
  .transform((words) => (typeof words === 'string' ? [words] : words))

const Platform = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string().optional().catch(undefined),
  os: Words.optional(),
  cpu: Words.optional(),
  libc: Words.optional(),
  'dist.integrity': CiText(150).optional().catch(undefined),
  time: z.unknown().optional(),
})

export interface PlatformPackage {
  name: string
  version: string
  description: string
  os: readonly string[]
  cpu: readonly string[]
  libc: readonly string[]
  integrity?: string
  /** When this version was published, as the registry says. A mirror may say when it took the version over. */
  publishedAt?: string
}

/** Undefined where the answer is not about the version that was asked for. */
export function parsePlatform(json: unknown, name: string, version: string): PlatformPackage | undefined {
  const platform = Platform.safeParse(json)
  if (!platform.success || platform.data.name !== name || platform.data.version !== version) return undefined
  const { description = '', os = [], cpu = [], libc = [], time, 'dist.integrity': integrity } = platform.data
  const publishedAt = toUtcSeconds(ownValue(time, version))
  return {
    name,
    version,
    description: description.slice(0, 300),
    os,
    cpu,
    libc,
    ...(integrity === undefined ? {} : { integrity }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
  }
}

function ownValue(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([name]) => name === key)?.[1]
}
