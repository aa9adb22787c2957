/**
 * Addresses of images: `https://ghcr.io/example/example:1.2.3`, or that of the manifest itself,
 * `https://ghcr.io/v2/example/example/manifests/1.2.3`.
 * Grammar: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 */
import { Link } from '#domain/link.ts'

export interface ImageAddress {
  /** Where the manifest is: `https://registry-1.docker.io/v2/library/redis/manifests/8.2.1`. */
  manifest: URL
  /** How people write the repository: `docker.io/library/redis`. */
  repository: string
  /** Name within the registry: `library/redis`. */
  name: string
  /** Tag or digest. */
  reference: string
  isDigest: boolean
  /** Page for a reader; undefined for a registry that is only here. */
  page: string | undefined
}

const namePattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
const tagPattern = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/
export const digestPattern = /^(?:sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})$/

/** Whether a word on the command line is an address and not a file. */
export function isAddress(word: string): boolean {
  return /^https?:\/\//i.test(word)
}

/** Undefined where it is not the address of an image, or one that must not be asked. */
export function parseImageAddress(text: string): ImageAddress | undefined {
  const url = text.length <= 600 ? URL.parse(text) : null
  if (!url || !mayBeAsked(url, isLoopback(url)) || url.search !== '' || url.hash !== '') return undefined
  const parts = /^\/v2\/(.+)\/manifests\/([^/]+)$/.exec(url.pathname) ?? partsOf(url.pathname)
  const [, path = '', reference = ''] = parts ?? []
  const isHub = /^(?:registry-1\.|index\.)?docker\.io$/.test(url.host)
  const name = isHub && !path.includes('/') ? `library/${path}` : path
  const isDigest = digestPattern.test(reference)
  if (name.length > 180 || !namePattern.test(name) || !(isDigest || tagPattern.test(reference))) return undefined
  const manifest = new URL(`/v2/${name}/manifests/${reference}`, isHub ? 'https://registry-1.docker.io' : url.origin)
  const repository = `${isHub ? 'docker.io' : url.host}/${name}`
  return {
    manifest,
    repository,
    name,
    reference,
    isDigest,
    page: pageOf(repository) ?? Link.safeParse(manifest.href).data,
  }
}

/** `/example/example:1.2.3`, `/example/example@sha256:…`; the tag of nothing said is `latest`. */
function partsOf(path: string): [string, string, string] | undefined {
  const match = /^\/([^:@]+)(?::([^:@]+))?(?:@([^@]+))?$/.exec(path)
  const [all, name, tag, digest] = match ?? []
  return all === undefined || name === undefined ? undefined : [all, name, digest ?? tag ?? 'latest']
}

function pageOf(repository: string): string | undefined {
  const [, host = '', name = ''] = /^([^/]+)\/(.+)$/.exec(repository) ?? []
  if (host === 'docker.io') {
    return name.startsWith('library/')
      ? `https://hub.docker.com/_/${name.slice('library/'.length)}`
      : `https://hub.docker.com/r/${name}`
  }
  return host === 'quay.io' ? `https://quay.io/repository/${name}` : undefined
}

/**
 * Whether an address may be asked: over TLS, or on this machine where the registry itself is here.
 * A registry elsewhere sends nobody to services of this machine.
 */
export function mayBeAsked(url: URL, isRegistryHere: boolean): boolean {
  if (url.username !== '' || url.password !== '') return false
  return isLoopback(url) ? isRegistryHere && /^https?:$/.test(url.protocol) : url.protocol === 'https:'
}

export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}
