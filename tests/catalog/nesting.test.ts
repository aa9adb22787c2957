import { expect, test } from 'vitest'
import { lineNestedTooDeep } from '#catalog/nesting.ts'

test('a text of underlined headings alone, which a parser reads in a time that grows with their square, nests too deep', () => {
  expect(lineNestedTooDeep('a: b\n---\n'.repeat(6000))).toBe(202)
  expect(lineNestedTooDeep('a\n===\n'.repeat(101))).toBe(202)
})

test('rules between paragraphs, and underlines inside of code, are no headings', () => {
  expect(lineNestedTooDeep('a\n\n---\n\n'.repeat(500))).toBeUndefined()
  expect(lineNestedTooDeep(`\`\`\`yaml\n${'a: b\n---\n'.repeat(500)}\`\`\`\n`)).toBeUndefined()
})

test('a text of footnotes alone, whose time grows with the square of their number too, nests too deep', () => {
  const footnotes = (count: number) => Array.from({ length: count }, (_, at) => `x[^${at}]\n\n[^${at}]: y\n\n`).join('')
  expect(lineNestedTooDeep(footnotes(400))).toBeUndefined()
  expect(lineNestedTooDeep(footnotes(600))).toBe(2001)
})
