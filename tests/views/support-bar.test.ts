import { expect, test } from 'vitest'
import { viewSupportBar } from '#views/support-bar.ts'

test('the parts stand one after the other, what is fresh before what is stale, and the unknown rest is left empty', () => {
  const parts = viewSupportBar([
    { group: 'works', label: 'works', count: 5, stale: 2 },
    { group: 'limited', label: 'limited', count: 0, stale: 0 },
    { group: 'no', label: 'no', count: 4, stale: 4 },
    { group: 'not-known', label: 'not known', count: 90, stale: 0 },
  ])
  expect(parts).toEqual([
    { tone: 'works', isStale: false, from: 0, width: 3 },
    { tone: 'works', isStale: true, from: 3, width: 2 },
    { tone: 'no', isStale: true, from: 5, width: 4 },
  ])
})

test('a bar of nothing has no parts', () => {
  expect(viewSupportBar([])).toEqual([])
})
