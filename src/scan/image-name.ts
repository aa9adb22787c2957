/** Names of container images: which registry, which repository, for which platform. */

export interface ImageName {
  /** Registry and repository, with Docker Hub and its `library/` written out: `docker.io/library/nginx`. */
  repository: string
  tag?: string
  digest?: string
}

const dockerHub = 'docker.io'
const namesOfDockerHub = new Set([
  dockerHub,
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
  'hub.docker.com',
])

/** Registries that hand out what is on Docker Hub, and the path below which they do. */
const mirrors: readonly (readonly [prefix: string, meant: string])[] = [
  // Docker's own account in Amazon's public registry, where the official images are below `library/` too.
  ['public.ecr.aws/docker/', `${dockerHub}/`],
  // https://cloud.google.com/artifact-registry/docs/pull-cached-dockerhub-images
  ['mirror.gcr.io/', `${dockerHub}/`],
]

/**
 * Accounts of Docker Hub in which the official images stand for one platform each, and that platform.
 * https://github.com/docker-library/official-images#architectures-other-than-amd64
 */
const platformOfAccount = new Map([
  ['amd64', 'linux/amd64'],
  ['arm32v5', 'linux/arm/v5'],
  ['arm32v6', 'linux/arm/v6'],
  ['arm32v7', 'linux/arm/v7'],
  ['arm64v8', 'linux/arm64'],
  ['i386', 'linux/386'],
  ['mips64le', 'linux/mips64le'],
  ['ppc64le', 'linux/ppc64le'],
  ['riscv64', 'linux/riscv64'],
  ['s390x', 'linux/s390x'],
])

const registry = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d+)?$/i
const segment = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/

/** Reads `nginx`, `quay.io/prometheus/busybox:latest`, `debian@sha256:…`. Undefined where it is no name of an image. */
export function parseImageName(text: string): ImageName | undefined {
  if (text.length > 600) return undefined
  const [, name = '', tag, digest] =
    /^([^@]+?)(?::([\w][\w.-]{0,127}))?(?:@([a-z0-9+._-]+:[0-9a-f]+))?$/i.exec(text) ?? []
  const parts = name.split('/')
  const [first = ''] = parts
  // What Docker itself goes by: https://github.com/distribution/reference/blob/main/normalize.go
  const hasHost = parts.length > 1 && (/[.:]/.test(first) || first === 'localhost')
  const path = hasHost ? parts.slice(1) : parts
  if (path.length === 0 || (hasHost && !registry.test(first)) || !path.every((part) => segment.test(part)))
    return undefined
  return {
    repository: canonicalRepository(`${hasHost ? first : dockerHub}/${path.join('/')}`),
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  }
}

/** One way to write a repository: Docker Hub's other names, its mirrors, and `library/` are told apart no more. */
export function canonicalRepository(text: string): string {
  const bare = text
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/\/+$/, '')
  const [prefix, meant] = mirrors.find(([start]) => bare.startsWith(start)) ?? ['', '']
  const [host = '', ...path] = `${meant}${bare.slice(prefix.length)}`.split('/')
  if (!namesOfDockerHub.has(host)) return [host, ...path].join('/')
  return [dockerHub, ...(path.length === 1 ? ['library'] : []), ...path].join('/')
}

/** An official image for one platform: which image, and which platform. `arm64v8/nginx` is `nginx` for `linux/arm64`. */
export function platformImage(repository: string): { image: string; platform: string } | undefined {
  const [host, account = '', name, ...more] = repository.split('/')
  const platform = platformOfAccount.get(account)
  if (host !== dockerHub || name === undefined || more.length > 0 || platform === undefined) return undefined
  return { image: `${dockerHub}/library/${name}`, platform }
}
