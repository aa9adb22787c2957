import { expect, test } from 'vitest'
import { displayWidth } from '#feeds/text-width.ts'

test.each([
  ['', 0],
  ['abc', 3],
  ['Käldström', 9],
  ['Ka\u0308ldstro\u0308m', 9],
  ['日本語', 6],
  ['한국어', 6],
  ['ｆｕｌｌ', 8],
  ['שלום', 4],
  ['مرحبا', 5],
  ['👍', 2],
  ['👩‍👩‍👧‍👦', 2],
  ['👍🏽', 2],
  ['🇩🇪', 2],
  ['☎\u{fe0f}', 2],
  ['☎', 1],
  ['a\u200bb', 2],
])('%j takes %i columns', (text, width) => {
  expect(displayWidth(text)).toBe(width)
})
