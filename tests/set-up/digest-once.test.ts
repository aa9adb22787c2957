import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { digestOnce } from '../../src/site/digest-once.ts'

const { digest } = globalThis.crypto.subtle
beforeAll(digestOnce)
afterAll(() => {
  globalThis.crypto.subtle.digest = digest
})

const texts = ['', 'a', 'b', 'a', '', 'é'.repeat(4_000), 'é'.repeat(6_000), 'é'.repeat(5_999) + 'e']

test.each(['SHA-256', 'SHA-384', { name: 'SHA-512' }])(
  'digests are what they are without it: %s',
  async (algorithm) => {
    const name = (typeof algorithm === 'string' ? algorithm : algorithm.name).replace('-', '')
    for (const text of [...texts, ...texts]) {
      const bytes = new TextEncoder().encode(`-${text}-`)
      for (const data of [bytes, bytes.subarray(1, -1), bytes.buffer])
        expect(Buffer.from(await globalThis.crypto.subtle.digest(algorithm, data)).toString('hex')).toBe(
          createHash(name).update(new Uint8Array(data)).digest('hex'),
        )
    }
  },
)

test('what is remembered stays, whatever becomes of the text', async () => {
  const data = new TextEncoder().encode('once')
  const before = Buffer.from(await globalThis.crypto.subtle.digest('SHA-256', data)).toString('hex')
  data.fill(0)
  const again = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode('once'))
  expect(Buffer.from(again).toString('hex')).toBe(before)
})
