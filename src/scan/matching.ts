/**
 * Which package means which project. Packages are compared by what identifies them, never by a bare
 * name; a version and most qualifiers say nothing about that. docs/scan.md has the rules in words.
 */
import { canonicalRepository, platformImage } from './image-name.ts'
import { ownersOf, parsePlatformName } from './npm-platform-name.ts'
import type { Purl } from './purl.ts'

/** Why a package means a project. */
export type Way = 'same' | 'source' | 'derivative' | 'part' | 'repository' | 'platform'

export const meaningOfWay: Record<Way, string> = {
  same: 'by its package URL',
  source: 'by its source package',
  derivative: 'as in Debian',
  part: 'as a part of the module',
  repository: 'by its repository',
  platform: 'as a build for one platform',
}

export interface Candidate {
  key: string
  way: Way
}

/** What two package URLs have in common if they mean one package. */
export function keyOf(purl: Purl): string {
  const { type, namespace, name } = purl
  switch (type) {
    case 'docker':
    case 'oci':
      return imageKey(purl)
    case 'deb':
      return `deb/${namespace ?? 'debian'}/${name}`
    case 'pypi':
      // https://packaging.python.org/en/latest/specifications/name-normalization/
      return `pypi/${name.toLowerCase().replace(/[-_.]+/g, '-')}`
    case 'golang':
      return `golang/${[namespace, name].filter(Boolean).join('/').toLowerCase()}`
    default:
      return [type, namespace, name].filter(Boolean).join('/')
  }
}

/** Every key under which a project may be known that this package means, the surest first. */
export function candidatesOf(purl: Purl): Candidate[] {
  const same: Candidate = { key: keyOf(purl), way: 'same' }
  switch (purl.type) {
    case 'npm':
      return [same, ...ownersOfPlatformPackage(purl)]
    case 'deb':
      return [same, ...otherDebianPackages(purl)]
    case 'golang':
      return [same, ...enclosingModules(purl)]
    case 'github':
    case 'gitlab':
    case 'bitbucket':
      return [same, { key: `golang/${hostOfForge[purl.type]}/${pathOf(purl).toLowerCase()}`, way: 'repository' }]
    case 'docker':
    case 'oci': {
      const found = platformImage(same.key.slice('image/'.length))
      return found ? [same, { key: `image/${found.image}`, way: 'platform' }] : [same]
    }
    default:
      return [same]
  }
}

function imageKey(purl: Purl): string {
  const { type, namespace, name, qualifiers } = purl
  const path = [namespace, name].filter(Boolean).join('/')
  const url = qualifiers?.repository_url
  if (url !== undefined) {
    const base = canonicalRepository(url)
    // Some write the whole repository here, as the type `oci` wants it, and some the registry alone.
    const isWhole = base.endsWith(`/${path}`) || base.endsWith(`/${name}`)
    return `image/${isWhole ? base : canonicalRepository(`${base}/${path}`)}`
  }
  // An OCI artifact without a repository could be anywhere.
  if (type === 'oci') return `oci/${path}`
  const hasHost = /[.:]/.test(namespace?.split('/')[0] ?? '')
  return `image/${canonicalRepository(hasHost ? path : `docker.io/${path}`)}`
}

function ownersOfPlatformPackage(purl: Purl): Candidate[] {
  const platform = parsePlatformName(pathOf(purl))
  return platform ? ownersOf(platform).map((owner) => ({ key: `npm/${owner}`, way: 'platform' })) : []
}

/** Distributions whose packages of one name are built from Debian's sources of that name. */
const derivativesOfDebian = new Set([
  'ubuntu',
  'raspbian',
  'raspberrypi',
  'devuan',
  'kali',
  'linuxmint',
  'elementary',
  'pop',
  'proxmox',
  'armbian',
])

function otherDebianPackages({ namespace = 'debian', name, qualifiers }: Purl): Candidate[] {
  const source = qualifiers?.upstream?.replace(/[@ (].*$/s, '')
  const vendors = derivativesOfDebian.has(namespace) ? [namespace, 'debian'] : [namespace]
  return [
    ...(source === undefined || source === '' || source === name
      ? []
      : vendors.map((vendor): Candidate => ({ key: `deb/${vendor}/${source}`, way: 'source' }))),
    ...(vendors.length > 1 ? [{ key: `deb/debian/${name}`, way: 'derivative' } as const] : []),
  ]
}

const hostOfForge = { github: 'github.com', gitlab: 'gitlab.com', bitbucket: 'bitbucket.org' } as const

/** Segments of the longest path that is taken for a module's. */
const deepestModule = 8

/** A package of Go belongs to the module whose path its own begins with, and that one to its repository. */
function enclosingModules(purl: Purl): Candidate[] {
  const segments = pathOf(purl).toLowerCase().split('/')
  const forge = Object.entries(hostOfForge).find(([, host]) => segments[0] === host)?.[0]
  const shortest = forge === undefined ? 2 : 3
  const found: Candidate[] = []
  for (let length = Math.min(segments.length - 1, deepestModule); length >= shortest; length -= 1) {
    found.push({ key: `golang/${segments.slice(0, length).join('/')}`, way: 'part' })
  }
  if (forge !== undefined && segments.length >= 3) {
    found.push({ key: `${forge}/${segments.slice(1, 3).join('/')}`, way: 'repository' })
  }
  return found
}

function pathOf({ namespace, name }: Purl): string {
  return [namespace, name].filter(Boolean).join('/')
}

/** The one platform that an image is for by its name, and an OCI artifact by what its package URL says. */
export function platformOfPurl(purl: Purl): string | undefined {
  if (purl.type !== 'docker' && purl.type !== 'oci') return undefined
  const { arch } = purl.qualifiers ?? {}
  return arch ?? platformImage(keyOf(purl).slice('image/'.length))?.platform
}
