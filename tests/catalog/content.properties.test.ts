import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '#domain/problem.ts'
import { describe, expect, test, vi } from 'vitest'
import { buildCatalog } from '#catalog/catalog.ts'
import { kinds } from '#catalog/kinds.ts'
import { documentedCodes } from './documented-codes.ts'
import { casesFolder, propertyTimeout, runsOf } from '#tests/builders.ts'
import { anyText, extreme, mutated, pieces, yamlText } from './arbitraries.ts'

vi.setConfig({ testTimeout: propertyTimeout })

const content = join(casesFolder, 'every-kind/content')
const good = new Map(
  readdirSync(content, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(md|yml)$/.test(path))
    .map((path) => [path, readFileSync(join(content, path), 'utf8')]),
)
const paths = [...good.keys()]
const codes = new Set(documentedCodes())

const majorCodes = [
  ...['front-matter-missing', 'front-matter-unclosed', 'yaml-syntax', 'yaml-duplicate-key', 'yaml-too-deep'],
  ...['missing-key', 'unknown-key', 'wrong-type', 'unknown-architecture', 'unknown-project'],
  ...['unknown-person', 'unknown-category', 'unknown-section', 'raw-html', 'heading-level', 'text-too-deep'],
]

/** One file among good ones. */
function problemsWith(path: string, text: string) {
  const files = [...good].map(([its, goodText]) => ({ path: its, text: its === path ? text : goodText }))
  if (!good.has(path)) files.push({ path, text })
  return buildCatalog({ files, problems: [] })
}

const fenced = (yaml: string, body: string) => `---\n${yaml}\n---\n${body}`
const wholeText = fc.oneof(
  { arbitrary: anyText, weight: 1 },
  { arbitrary: pieces, weight: 2 },
  { arbitrary: extreme, weight: 1 },
  { arbitrary: fc.tuple(yamlText, pieces).map(([yaml, body]) => fenced(yaml, body)), weight: 2 },
  { arbitrary: extreme.map((yaml) => fenced(`name: ${yaml}`, '')), weight: 1 },
  { arbitrary: extreme.map((body) => fenced('name: a', body)), weight: 1 },
)
const anyFile = fc
  .constantFrom(...paths)
  .chain((path) =>
    fc.tuple(
      fc.constant(path),
      fc.oneof({ arbitrary: mutated(good.get(path) ?? '', 2), weight: 4 }, { arbitrary: wholeText, weight: 3 }),
    ),
  )

/** Whether problems help a person who wrote a text; the codes that they have. */
function expectHelpful(path: string, text: string, problems: readonly Problem[]): void {
  for (const { code, severity, place, reason, expected, fix } of problems) {
    const lines = (place.file === path ? text : (good.get(place.file) ?? '')).split('\n').length
    expect(codes).toContain(code)
    expect(['error', 'warning']).toContain(severity)
    expect(place.line, `${place.file} ${code}`).toBeGreaterThanOrEqual(1)
    expect(place.line, `${place.file} ${code}`).toBeLessThanOrEqual(lines + 1)
    expect(place.column).toBeGreaterThanOrEqual(1)
    expect(reason).toMatch(/^[A-Z][^\n]*[.!?…]$/u)
    for (const part of [expected, fix]) expect(part.trim()).not.toBe('')
    expect(fix).not.toMatch(/\n/)
  }
}

describe('any text as any file of content', () => {
  test('gives a catalog or problems, never an exception, and every problem helps', () => {
    expect(problemsWith('', '').problems).toEqual([])
    fc.assert(
      fc.property(anyFile, ([path, text]) => {
        expectHelpful(path, text, problemsWith(path, text).problems)
      }),
      { numRuns: runsOf(150) },
    )
  })

  test('is sometimes valid, and has problems of every kind', () => {
    const seen = { valid: 0, paths: new Set<string>(), codes: new Map<string, number>() }
    // Always the same texts, so that this says something about how they are made and nothing about luck.
    for (const [path, text] of fc.sample(anyFile, { numRuns: 250, seed: 2026 })) {
      const found = new Set(problemsWith(path, text).problems.map(({ code }) => code))
      seen.paths.add(path)
      if (found.size === 0) seen.valid += 1
      for (const code of found) seen.codes.set(code, (seen.codes.get(code) ?? 0) + 1)
    }
    expect(seen.valid).toBeGreaterThan(25)
    expect(seen.paths.size).toBe(paths.length)
    expect([...seen.codes.keys()]).toEqual(expect.arrayContaining(majorCodes))
  })
})

test('a file is valid or not whatever the others are called, and the same each time', () => {
  fc.assert(
    fc.property(anyFile, ([path, text]) => {
      expect(problemsWith(path, text).problems).toEqual(problemsWith(path, text).problems)
    }),
    { numRuns: runsOf(20) },
  )
})

const hugeItems = [
  'a',
  '[a]',
  '{a: b}',
  '{architectures: [arm64]}',
  '{architectures: [none], support: x, date: y, link: z}',
  '',
  '[[[[a]]]]',
]
test('a file with very many entries is refused in good time', () => {
  for (const item of hugeItems) {
    const text = fenced(`name: a\nclaims:\n${`  - ${item}\n`.repeat(4000)}`, '')
    expect(problemsWith('projects/redis.md', text).problems.length).toBeGreaterThan(0)
  }
})

test('every folder of content is tried', () => {
  for (const { folder } of Object.values(kinds))
    expect(
      paths.some((path) => path.startsWith(`${folder}/`)),
      folder,
    ).toBe(true)
})
