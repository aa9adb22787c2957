import { expect, test } from 'vitest'
import { statusesInWords } from '#scripts/search-statuses.ts'

test.each([
  ['amd64 works, arm64 emulated, armv7 emulated', 'works on amd64 · emulated on arm64, armv7'],
  ['pkg:deb/debian/bison, amd64 in progress', 'in progress on amd64'],
  [
    'amd64 works, arm64 works stale, s390x broken disputed',
    'works on amd64 · works (stale) on arm64 · broken (disputed) on s390x',
  ],
  ['pkg:deb/debian/bison', ''],
  ['', ''],
  [undefined, ''],
])('%s is told as %s', (identifiers, words) => {
  expect(statusesInWords(identifiers)).toBe(words)
})
