import { expect, test } from 'vitest'
import { Identifier, referenceKinds, referenceTo } from '#domain/identifier.ts'

test.each(['a', '0', 'redis', 'node-js', '0001', 'a'.repeat(64)])('%s is an id', (id) => {
  expect(Identifier.safeParse(id).success).toBe(true)
})

test.each(['', '-a', 'A', 'a_b', 'a.b', 'a/b', '../a', 'a b', 'ä', '__proto__', 'a\n', 'a'.repeat(65)])(
  '%j is no id',
  (id) => {
    expect(Identifier.safeParse(id).success).toBe(false)
  },
)

test('only an architecture may be referred to by words that are no ids', () => {
  for (const kind of referenceKinds) {
    expect(referenceTo(kind).safeParse('x86_64').success, kind).toBe(kind === 'architecture')
    expect(referenceTo(kind).meta()).toMatchObject({ referenceTo: kind })
  }
})
