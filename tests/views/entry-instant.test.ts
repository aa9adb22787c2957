import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apart } from '#views/entry-instant.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'

const instants = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())
const wholeHours = instants.map((instant) => `${instant.slice(0, 13)}:00:00Z`)
const wholeSeconds = instants.map((instant) => `${instant.slice(0, 19)}Z`)

test(
  'an entry is said to be of the hour after it was published, the same each time',
  { timeout: propertyTimeout },
  () => {
    fc.assert(
      fc.property(fc.oneof(wholeHours, wholeSeconds, instants), fc.string(), (published, id) => {
        const updated = apart(published, id)
        expect(new Date(updated).toISOString()).toBe(updated)
        const after = Date.parse(updated) - Date.parse(published)
        expect(after).toBeGreaterThanOrEqual(0)
        expect(after).toBeLessThan(3_600_000)
        expect(apart(published, id)).toBe(updated)
      }),
      { numRuns: runsOf(1000) },
    )
  },
)

test('it is as long after, however the instant is written', { timeout: propertyTimeout }, () => {
  fc.assert(
    fc.property(wholeHours, fc.string(), (published, id) => {
      expect(apart(published, id)).toBe(apart(published.replace('Z', '.000Z'), id))
    }),
    { numRuns: runsOf(1000) },
  )
})
