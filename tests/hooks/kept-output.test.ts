import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KeptOutput } from '#hooks/kept-output.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'

const kept = (chunks: readonly string[]) => {
  const output = new KeptOutput()
  for (const chunk of chunks) output.add(new TextEncoder().encode(chunk))
  return output.excerpt()
}
const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}\n`)

test('a short output is kept as it is', () => {
  expect(kept(['one\n', 'tw', 'o'])).toEqual({ head: 'one\ntwo', tail: '', leftOut: { bytes: 0, lines: 0 } })
})

test('of a long output the beginning and the end are kept, in whole lines, and the rest is counted', () => {
  const all = lines(100_000)
  const { head, tail, leftOut } = kept(all)
  expect(head).toMatch(/^line 1\nline 2\n/)
  expect(tail).toMatch(/line 99999\nline 100000\n$/)
  const shown = [...head.trimEnd().split('\n'), ...tail.trimEnd().split('\n')]
  expect(shown.every((line) => /^line \d+$/.test(line))).toBe(true)
  expect(leftOut.lines).toBe(all.length - shown.length)
  expect(leftOut.bytes).toBe(all.join('').length - head.length - tail.length)
})

test(
  'how the output comes in pieces changes nothing, and little is kept',
  () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 3000 }), { maxLength: 30 }),
        fc.array(fc.nat({ max: 5000 }), { maxLength: 5 }),
        (texts, cuts) => {
          const whole = new TextEncoder().encode(texts.join('\n'))
          const output = new KeptOutput()
          let from = 0
          for (const cut of cuts) {
            output.add(whole.subarray(from, from + cut))
            from += cut
          }
          output.add(whole.subarray(from))
          const { head, tail, leftOut } = output.excerpt()
          const together = new KeptOutput()
          together.add(whole)
          expect(together.excerpt()).toEqual({ head, tail, leftOut })
          expect(output.total).toBe(whole.length)
          expect(head.length + tail.length).toBeLessThan(10_000)
        },
      ),
      { numRuns: runsOf(100) },
    )
  },
  propertyTimeout,
)

test('one endless line is not kept in pieces', () => {
  const { head, tail, leftOut } = kept([`${'x'.repeat(50_000)} secret`])
  expect({ head, tail, bytes: leftOut.bytes }).toEqual({ head: '', tail: '', bytes: 50_007 })
})
