import { describe, expect, test } from 'vitest'
import type { Way } from '#scan/matching.ts'
import { parsePurl } from '#scan/purl.ts'
import { indexOf } from './stacks.ts'

/** What a package finds in an index that knows one project by one identifier. */
function wayTo(identifier: string, asked: string): Way | undefined {
  const purl = parsePurl(asked)
  return purl && indexOf({ it: { identifiers: [identifier] } }).find(purl)[0]?.way
}

describe('a package finds a project', () => {
  test.each<[Way, string, string]>([
    ['same', 'pkg:npm/esbuild', 'pkg:npm/esbuild@0.28.2'],
    ['same', 'pkg:npm/esbuild', 'pkg:npm/esbuild@0.28.2?vcs_url=x#lib'],
    ['same', 'pkg:npm/%40astrojs/compiler-binding', 'pkg:npm/@astrojs/compiler-binding@1'],
    ['same', 'pkg:pypi/python-dateutil', 'pkg:pypi/Python_dateutil@2'],
    ['same', 'pkg:pypi/zope-interface', 'pkg:pypi/zope.interface'],
    ['same', 'pkg:golang/github.com/Masterminds/semver', 'pkg:golang/github.com/masterminds/semver@v1.5.0'],
    ['part', 'pkg:golang/github.com/mattn/go-sqlite3', 'pkg:golang/github.com/mattn/go-sqlite3/upgrade'],
    ['part', 'pkg:golang/github.com/cockroachdb/cockroach', 'pkg:golang/github.com/cockroachdb/cockroach/v2@v2.0.0'],
    ['part', 'pkg:golang/k8s.io/kubernetes', 'pkg:golang/k8s.io/kubernetes/pkg/api'],
    ['repository', 'pkg:github/moby/moby', 'pkg:golang/github.com/moby/moby/client@v0.1.0'],
    ['repository', 'pkg:golang/github.com/moby/moby', 'pkg:github/Moby/Moby@v27'],
    ['same', 'pkg:docker/nginx', 'pkg:docker/library/nginx@latest'],
    ['same', 'pkg:docker/library/nginx', 'pkg:docker/nginx'],
    ['same', 'pkg:docker/nginx', 'pkg:docker/library/nginx?repository_url=index.docker.io'],
    ['same', 'pkg:docker/nginx', 'pkg:oci/nginx@sha256:ab?repository_url=docker.io/library/nginx'],
    ['same', 'pkg:docker/nginx', 'pkg:oci/nginx?repository_url=public.ecr.aws/docker/library/nginx'],
    ['same', 'pkg:docker/prometheus/busybox?repository_url=quay.io', 'pkg:docker/quay.io/prometheus/busybox@latest'],
    [
      'same',
      'pkg:docker/prometheus/busybox?repository_url=quay.io',
      'pkg:oci/busybox?repository_url=quay.io/prometheus',
    ],
    ['platform', 'pkg:docker/nginx', 'pkg:docker/arm64v8/nginx'],
    ['same', 'pkg:deb/debian/nginx', 'pkg:deb/debian/nginx@1.22.1-9?arch=amd64&distro=debian-12'],
    ['same', 'pkg:deb/debian/nginx', 'pkg:deb/debian/nginx?arch=source'],
    ['same', 'pkg:deb/debian/nginx', 'pkg:deb/nginx'],
    ['source', 'pkg:deb/debian/python3.11', 'pkg:deb/debian/libpython3.11-stdlib?upstream=python3.11'],
    ['source', 'pkg:deb/debian/gcc-12', 'pkg:deb/debian/libgcc-s1?upstream=gcc-12%4012.2.0-14'],
    ['source', 'pkg:deb/debian/nginx', 'pkg:deb/ubuntu/nginx-core?upstream=nginx'],
    ['derivative', 'pkg:deb/debian/nginx', 'pkg:deb/ubuntu/nginx@1.24.0-2ubuntu7'],
    ['platform', 'pkg:npm/esbuild', 'pkg:npm/%40esbuild/linux-arm64@0.28.2'],
    ['platform', 'pkg:npm/lightningcss', 'pkg:npm/lightningcss-linux-arm64-gnu'],
    ['platform', 'pkg:npm/%40img/sharp-linux-x64', 'pkg:npm/%40img/sharp-darwin-arm64'],
  ])('by the way `%s`: %s is meant by %s', (way, identifier, asked) => {
    expect(wayTo(identifier, asked)).toBe(way)
  })
})

describe('a package finds no project', () => {
  test.each([
    ['of another ecosystem', 'pkg:npm/redis', 'pkg:pypi/redis'],
    ['of another scope', 'pkg:npm/esbuild', 'pkg:npm/%40mine/esbuild'],
    ['whose name only begins like it', 'pkg:golang/github.com/minio/minio', 'pkg:golang/github.com/minio/minio-go/v7'],
    ['of the same owner', 'pkg:github/minio/minio', 'pkg:golang/github.com/minio/sha256-simd'],
    ['that is its parent', 'pkg:golang/github.com/a/b/c', 'pkg:golang/github.com/a/b'],
    ['of another account', 'pkg:docker/nginx', 'pkg:docker/bitnami/nginx'],
    ['of another registry', 'pkg:docker/nginx', 'pkg:docker/library/nginx?repository_url=registry.example.org'],
    ['without a registry', 'pkg:docker/nginx', 'pkg:oci/nginx'],
    ['of a distribution that does not derive from Debian', 'pkg:deb/debian/nginx', 'pkg:deb/example/nginx'],
    ['of another format of packages', 'pkg:deb/debian/nginx', 'pkg:rpm/fedora/nginx'],
    ['whose scope is only like the name', 'pkg:npm/esbuild', 'pkg:npm/%40esbuild/tools-linux-x64'],
  ])('%s: %s is not meant by %s', (_, identifier, asked) => {
    expect(wayTo(identifier, asked)).toBeUndefined()
  })
})

test('a package that two projects name means both', () => {
  const index = indexOf({ one: { identifiers: ['pkg:npm/shared'] }, two: { identifiers: ['pkg:npm/shared'] } })
  expect(index.find({ type: 'npm', name: 'shared' }).map(({ project }) => project.id)).toEqual(['one', 'two'])
})

test('the surest way counts: the same package before a part of a module', () => {
  const index = indexOf({
    whole: { identifiers: ['pkg:golang/github.com/a/b'] },
    part: { identifiers: ['pkg:golang/github.com/a/b/c'] },
  })
  expect(index.find({ type: 'golang', namespace: 'github.com/a/b', name: 'c' })[0]?.project.id).toBe('part')
})

test('the path of a module may be very long', () => {
  const namespace = `github.com/${'a/'.repeat(900)}b`
  expect(
    indexOf({ it: { identifiers: ['pkg:golang/github.com/a/a'] } }).find({ type: 'golang', namespace, name: 'c' }),
  ).toHaveLength(1)
})

describe('the words of a machine', () => {
  const index = indexOf({})

  test.each([
    ['node', 'arm64', 'arm64', 'yes'],
    ['node', 'x64', 'arm64', 'no'],
    ['node', 'arm', 'armv7', 'unclear'],
    ['node', 'arm', 'arm64', 'no'],
    ['wheel', 'aarch64', 'arm64', 'yes'],
    ['wheel', 'armv6l', 'armv6', 'yes'],
    ['wheel', 'x86_64', 'arm64', 'no'],
    ['wheel', 'constructor', 'arm64', 'no'],
  ] as const)('%s calls %s what %s is: %s', (ecosystem, machine, architecture, fit) => {
    expect(index.fits({ ecosystem, machine }, architecture)).toBe(fit)
  })

  test.each([
    ['linux/arm64', 'arm64', 'yes'],
    ['linux/arm64/v8', 'arm64', 'yes'],
    ['arm64', 'arm64', 'yes'],
    ['linux/amd64', 'arm64', 'no'],
    ['linux/arm/v7', 'armv7', 'yes'],
    ['linux/arm', 'armv7', 'unclear'],
    ['windows/arm64', 'arm64', 'no'],
  ] as const)('the platform %s is %s: %s', (platform, architecture, fit) => {
    expect(index.isPlatform(platform, architecture)).toBe(fit)
  })
})
