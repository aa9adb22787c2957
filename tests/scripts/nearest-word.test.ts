import { describe, expect, test } from 'vitest'
import { nearestQuery, nearestWord } from '#scripts/nearest-word.ts'

const known = {
  names: ['CockroachDB', 'cockroach', 'Kubernetes', 'Käldström', 'Raspberry Pi 3', 'amd64', 'arm64', 'aarch64', 'Elm'],
  architectures: { aarch64: 'arm64' },
}

describe('a query that finds nothing', () => {
  test.each([
    ['cockroch', 'cockroach'],
    ['kuberntes', 'Kubernetes'],
    ['KUBERNETS', 'Kubernetes'],
    ['kaldstrm', 'Käldström'],
    ['raspbery pi', 'Raspberry Pi 3'],
    ['amr64', 'arm64'],
    ['arm46', 'arm64'],
  ])('%s means %s', (typed, meant) => {
    expect(nearestQuery(typed, known)).toBe(meant)
  })

  test('of several words is corrected word by word, and the others stay', () => {
    expect(nearestQuery('kuberntes segfault', known)).toBe('Kubernetes segfault')
  })

  test('says an architecture as the pages say it', () => {
    expect(nearestQuery('kubernetes on AARCH64', known)).toBe('kubernetes on arm64')
  })

  test.each(['segfault', 'zq', '"', '', 'helm'])('“%s” means nothing that is known', (typed) => {
    expect(nearestQuery(typed, known)).toBeUndefined()
  })
})

test.each([
  ['database', 'databases'],
  ['work', 'works'],
  ['works', undefined],
  ['', undefined],
])('of the words of a list, “%s” is near to %s', (typed, near) => {
  expect(nearestWord(typed, ['works', 'databases', 'build-tools'])).toBe(near)
})
