import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { splitFrontMatter } from '#catalog/front-matter.ts'
import { parsePositionedYaml, parseYaml } from '#catalog/yaml.ts'
import { casesFolder, propertyTimeout, runsOf } from '#tests/builders.ts'
import { anyText, extreme, mutated, pieces, yamlText } from './arbitraries.ts'

const content = join(casesFolder, 'every-kind/content')
const frontMatters = readdirSync(content, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(md|yml)$/.test(path))
  .map((path) => readFileSync(join(content, path), 'utf8'))
  .map((text) => splitFrontMatter(text))
  .flatMap((split) => ('yaml' in split ? [split.yaml] : []))

const text = fc.oneof(
  { arbitrary: yamlText, weight: 4 },
  { arbitrary: yamlText.chain((its) => mutated(its)), weight: 4 },
  { arbitrary: fc.constantFrom(...frontMatters).chain((its) => mutated(its)), weight: 4 },
  { arbitrary: pieces, weight: 2 },
  { arbitrary: anyText, weight: 1 },
  { arbitrary: extreme, weight: 1 },
)

vi.setConfig({ testTimeout: propertyTimeout })

test('what the fast parser accepts the positioned parser accepts, with the same value', () => {
  fc.assert(
    fc.property(text, (yaml) => {
      const fast = parseYaml(yaml)
      const positioned = parsePositionedYaml(yaml)
      if (fast.ok) {
        expect(positioned.fault).toBeUndefined()
        expect(JSON.stringify(positioned.value)).toBe(JSON.stringify(fast.value))
        return
      }
      const lines = yaml.split('\n').length
      for (const { position } of [fast.fault, ...(positioned.fault ? [positioned.fault] : [])]) {
        expect(position.line).toBeGreaterThanOrEqual(1)
        expect(position.line).toBeLessThanOrEqual(lines + 1)
        expect(position.column).toBeGreaterThanOrEqual(1)
      }
    }),
    { numRuns: runsOf(1500) },
  )
})

test('the texts are accepted as often as they are refused, for every reason', () => {
  const texts = fc.sample(text, { numRuns: 1500, seed: 2026 })
  const results = texts.map(parseYaml)
  const maps = results.filter((result) => result.ok && typeof result.value === 'object')
  const codes = new Set(texts.flatMap((yaml) => parsePositionedYaml(yaml).fault?.code ?? []))
  expect(maps.length).toBeGreaterThan(400)
  expect(results.filter(({ ok }) => !ok).length).toBeGreaterThan(400)
  expect(codes).toEqual(
    new Set([
      ...['yaml-syntax', 'yaml-duplicate-key', 'yaml-anchor', 'yaml-too-deep', 'yaml-control-character', 'yaml-tag'],
    ]),
  )
})

test('every value of a text has a position inside of it', () => {
  fc.assert(
    fc.property(yamlText, (yaml) => {
      const fast = parseYaml(yaml)
      if (!fast.ok) return
      const { positionOfValue, positionOfKey } = parsePositionedYaml(yaml)
      const lines = yaml.split('\n')
      const visit = (value: unknown, path: (string | number)[]) => {
        for (const { line, column } of [positionOfValue(path), positionOfKey(path)]) {
          expect(line).toBeLessThanOrEqual(lines.length)
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
        }
        if (Array.isArray(value))
          value.forEach((item, index) => {
            visit(item, [...path, index])
          })
        else if (typeof value === 'object' && value !== null) {
          for (const key of Object.keys(value)) {
            const { line, column } = positionOfKey([...path, key])
            expect(
              (lines[line - 1] ?? '')
                .slice(column - 1)
                .replace(/^["']/, '')
                .startsWith(key),
            ).toBe(true)
            visit((value as Record<string, unknown>)[key], [...path, key])
          }
        }
      }
      visit(fast.value, [])
    }),
    { numRuns: runsOf(300) },
  )
})
