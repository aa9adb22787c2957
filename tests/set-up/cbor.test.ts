import { expect, test } from 'vitest'
import fc from 'fast-check'
import { parseCbor, serializeCbor, type Item } from '../../scripts/cbor.ts'

const { item } = fc.letrec<{ item: Item }>((tie) => ({
  item: fc.oneof(
    fc.integer({ min: -(2 ** 32), max: 2 ** 32 - 1 }),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('item'), { maxLength: 30 }),
  ),
}))

test('what is written is read as it was', () => {
  fc.assert(
    fc.property(item, (value) => {
      expect(parseCbor(serializeCbor(value))).toEqual(value)
    }),
  )
})

test('numbers take no more bytes than they need', () => {
  expect(serializeCbor([23, 24, 255, 256, 65536, -1, -25]).toString('hex')).toBe('8717181818ff1901001a00010000203818')
})

test('what is something else is refused', () => {
  for (const hex of ['a0', 'f6', '9f01ff', '1b0000000000000001', '0101', '62ff'])
    expect(() => parseCbor(Buffer.from(hex, 'hex')), hex).toThrow()
})
