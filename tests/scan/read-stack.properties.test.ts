import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readdirSync, readFileSync } from 'node:fs'
import { maximumNameLength } from '#scan/document.ts'
import { judge } from '#scan/judge.ts'
import { documentedCodes } from '#tests/catalog/documented-codes.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'
import { indexOf, stackOf } from './stacks.ts'

const folder = new URL('../fixtures/stacks/', import.meta.url)
const realFiles = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== 'README.md')
  .map(({ parentPath, name }) => ({ name, text: readFileSync(`${parentPath}/${name}`, 'utf8').slice(0, 6000) }))

/** A real file of which something was cut out, doubled, exchanged or put in. */
const brokenFile = fc
  .record({
    file: fc.constantFrom(...realFiles),
    at: fc.nat(6000),
    length: fc.nat(400),
    put: fc.oneof(
      fc.constantFrom(
        '',
        '\n',
        '{',
        ']',
        '"',
        '&a ',
        '*a',
        '<<: ',
        '[[package]]\n',
        '$(',
        '${',
        '<!--',
        '\u0000',
        '\ud800',
        '__proto__',
        '\t',
      ),
      fc.string({ maxLength: 40, unit: 'binary' }),
    ),
    isDoubled: fc.boolean(),
  })
  .map(({ file: { name, text }, at, length, put, isDoubled }) => {
    const part = text.slice(at, at + length)
    return { name, text: text.slice(0, at) + put + (isDoubled ? part + part : '') + text.slice(at + length) }
  })

const anyFile = fc.oneof(
  { weight: 4, arbitrary: brokenFile },
  fc.record({
    name: fc.constantFrom(...realFiles.map(({ name }) => name)),
    text: fc.string({ maxLength: 400, unit: 'binary' }),
  }),
  fc.record({ name: fc.string({ maxLength: 20 }), text: fc.json({ maxDepth: 5 }) }),
)

const codes = new Set(documentedCodes())
const index = indexOf({ esbuild: { identifiers: ['pkg:npm/esbuild'], support: 'works' } })

test(
  'any text becomes components with places, or documented problems, and a report that counts them',
  { timeout: propertyTimeout },
  async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, async ({ name, text }) => {
        const stack = await stackOf({ [name]: text })
        const lines = text.split(/\r\n?|\n/).length
        for (const component of stack.components) {
          expect(component.name.length).toBeGreaterThan(0)
          expect(component.name.length).toBeLessThanOrEqual(2 * maximumNameLength + 1)
          expect(component.line).toBeGreaterThanOrEqual(1)
          expect(component.line).toBeLessThanOrEqual(lines)
        }
        for (const { code, place, reason, fix } of stack.problems) {
          expect(codes).toContain(code)
          expect(place.line).toBeGreaterThanOrEqual(1)
          expect(place.column).toBeGreaterThanOrEqual(1)
          expect(`${reason}${fix}`).not.toMatch(/undefined|\[object/)
        }
        const { counts, groups, entries, others } = judge(stack, index, 'arm64')
        expect(counts.ready + counts.caution + counts.blocked + counts.unknown).toBe(groups)
        expect(entries.length + others.length).toBe(groups)
      }),
      { numRuns: runsOf(400) },
    )
  },
)

test('a report tells of every component once', { timeout: propertyTimeout }, async () => {
  await fc.assert(
    fc.asyncProperty(brokenFile, async ({ name, text }) => {
      const stack = await stackOf({ [name]: text })
      const { entries, others, components } = judge(stack, index, 'arm64')
      const told = entries.flatMap(({ packages, builds }) => [...packages, ...builds])
      expect(components).toBe(stack.components.length)
      // Of what nothing is known, one place stands for all.
      expect(told.length + others.reduce((sum, other) => sum + (other.components ?? 1), 0)).toBe(components)
      const named = new Set([...told, ...others].map((one) => one.name))
      for (const component of stack.components) expect(named).toContain(component.name)
    }),
    { numRuns: runsOf(200) },
  )
})
