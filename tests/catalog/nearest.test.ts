import { expect, test } from 'vitest'
import { nearest } from '#catalog/nearest.ts'

const words = ['works', 'partial', 'experimental', 'available', 'in-progress', 'broken', 'arm64', 'armv6', 'amd64']

test.each([
  ['wroks', 'works'],
  ['work', 'works'],
  ['WORKS', 'works'],
  ['availabel', 'available'],
  ['in progress', 'in-progress'],
  ['experimantal', 'experimental'],
  ['arm46', 'arm64'],
  ['amr64', 'arm64'],
  ['arm6', 'arm64'],
])('%s is nearest to %s', (word, meant) => {
  expect(nearest(word, words)).toBe(meant)
})

test.each(['', 'x', 'sparc', 'yes', 'something else entirely', 'a'.repeat(10_000)])('nothing is near to %j', (word) => {
  expect(nearest(word, words)).toBeUndefined()
})

test('another ending is nearer than another letter', () => {
  expect(nearest('alias', ['alibis', 'aliases'])).toBe('aliases')
  expect(nearest('alias', ['alibi', 'aliases'])).toBe('aliases')
})

test('nothing is near to an empty list', () => {
  expect(nearest('works', [])).toBeUndefined()
})
