import { expect, test } from 'vitest'
import { reasonInWords } from '#views/reasons.ts'

test.each([
  ['Claimed as in-progress on 2017-05-05.', 'Claimed as in progress on 5 May 2017.'],
  ['Claimed as works in 2017-05.', 'Claimed as works in May 2017.'],
  ['Claimed as not-applicable in 2017.', 'Claimed as not applicable in 2017.'],
  ['Version 2017-13 is no day.', 'Version 2017-13 is no day.'],
])('%s', (reason, words) => {
  expect(reasonInWords(reason)).toBe(words)
})
