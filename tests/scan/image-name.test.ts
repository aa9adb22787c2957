import { describe, expect, test } from 'vitest'
import { canonicalRepository, parseImageName, platformImage } from '#scan/image-name.ts'

describe('the name of an image', () => {
  test.each([
    ['nginx', 'docker.io/library/nginx'],
    ['nginx:1.27-alpine', 'docker.io/library/nginx'],
    ['library/nginx', 'docker.io/library/nginx'],
    ['docker.io/nginx', 'docker.io/library/nginx'],
    ['docker.io/library/nginx:latest', 'docker.io/library/nginx'],
    ['index.docker.io/library/nginx', 'docker.io/library/nginx'],
    ['registry-1.docker.io/library/nginx', 'docker.io/library/nginx'],
    ['public.ecr.aws/docker/library/nginx', 'docker.io/library/nginx'],
    ['mirror.gcr.io/library/nginx', 'docker.io/library/nginx'],
    ['mirror.gcr.io/nginx', 'docker.io/library/nginx'],
    ['prom/prometheus', 'docker.io/prom/prometheus'],
    ['quay.io/prometheus/busybox:latest', 'quay.io/prometheus/busybox'],
    ['localhost:5000/mine/nginx:1', 'localhost:5000/mine/nginx'],
    ['localhost/nginx', 'localhost/nginx'],
    [`debian@sha256:${'a'.repeat(64)}`, 'docker.io/library/debian'],
  ])('%s is of the repository %s', (name, repository) => {
    expect(parseImageName(name)?.repository).toBe(repository)
  })

  test('has a tag, a digest, or both', () => {
    expect(parseImageName('quay.io:443/a/b:1.2@sha256:abcd')).toEqual({
      repository: 'quay.io:443/a/b',
      tag: '1.2',
      digest: 'sha256:abcd',
    })
  })

  test.each(['', ':1', 'UPPER', 'a b', 'a//b', '../etc', 'a'.repeat(700), 'nginx:', '@sha256:ab', '-x'])(
    'is none: %j',
    (name) => {
      expect(parseImageName(name)).toBeUndefined()
    },
  )

  test('is the same with the protocol of its registry in front', () => {
    expect(canonicalRepository('https://index.docker.io/library/nginx/')).toBe('docker.io/library/nginx')
  })
})

test('the accounts of single platforms stand for the official images', () => {
  expect(platformImage('docker.io/arm64v8/nginx')).toEqual({
    image: 'docker.io/library/nginx',
    platform: 'linux/arm64',
  })
  expect(platformImage('docker.io/arm64v8/nginx/more')).toBeUndefined()
  expect(platformImage('quay.io/arm64v8/nginx')).toBeUndefined()
  expect(platformImage('docker.io/library/nginx')).toBeUndefined()
})
