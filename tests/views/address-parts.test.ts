import { expect, test } from 'vitest'
import { addressParts } from '#views/address-parts.ts'

test.each([
  ['https://example.org/feeds.opml', ['https://', 'example.', 'org/', 'feeds.', 'opml']],
  ['/badges/{project}/{architecture}.svg', ['/', 'badges/', '{project}/', '{architecture}.', 'svg']],
  ['https://a.example/?x=1&y=2', ['https://', 'a.', 'example/', '?', 'x=1&', 'y=2']],
  ['', ['']],
])('%s is broken after slashes, dots and what joins questions', (address, parts) => {
  expect(addressParts(address)).toEqual(parts)
})
