import { describe, expect, test, vi } from 'vitest'
import { stringify } from 'yaml'
import { parseEvidence, type EvidenceFile } from '#catalog/evidence.ts'
import { splitFrontMatter } from '#catalog/front-matter.ts'
import { kindNames, kindOf, kinds, vocabularyKinds } from '#catalog/kinds.ts'
import { validate } from '#catalog/validate.ts'
import { parseYaml, type YamlValue } from '#catalog/yaml.ts'
import { observedRun, propertyTimeout, retractionOf } from '#tests/builders.ts'
import { shapesOfJson, wordsOfZod, wrongShapesOf } from '#tests/wrong-shapes.ts'
import { goodFiles } from './broken-files.ts'

vi.setConfig({ testTimeout: propertyTimeout })

const schemas = new Map(
  [...goodFiles.keys()].flatMap((path) => {
    const kind = kindOf(path)
    const vocabulary = Object.entries(vocabularyKinds).find(([name]) => path === `${name}.yml`)?.[1]
    const schema = kind ? kinds[kind].schema : vocabulary
    return schema ? [[path, schema] as const] : []
  }),
)

/** What a good file says, parsed; of the many architectures the first ones are enough. */
function valueOf(path: string): YamlValue {
  const text = goodFiles.get(path) ?? ''
  const split = path.endsWith('.md') ? splitFrontMatter(text) : { yaml: text }
  const read = parseYaml('yaml' in split ? split.yaml : '')
  if (!read.ok) throw new Error(path)
  return path === 'architectures.yml' ? Object.fromEntries(Object.entries(read.value).slice(0, 2)) : read.value
}

test('there is a good file of every kind', () => {
  const found = new Set([...schemas.keys()].map((path) => kindOf(path) ?? path))
  expect([...found].sort()).toEqual([...kindNames, ...Object.keys(vocabularyKinds).map((name) => `${name}.yml`)].sort())
})

test.each([...schemas])('whatever has the wrong shape in %s is told in our own words', (path, schema) => {
  let told = 0
  for (const wrong of wrongShapesOf(valueOf(path))) {
    const value = wrong as YamlValue // made of texts, lists and maps
    const { problems } = validate<unknown>(schema, value, { file: path, text: stringify(value), firstLine: 1 })
    for (const { reason, expected, fix } of problems) expect(`${reason}\n${expected}\n${fix}`).not.toMatch(wordsOfZod)
    told += problems.length
  }
  expect(told).toBeGreaterThan(20)
})

test('one of the aliases is an alias', () => {
  const path = 'issues/0001.md'
  const value = { ...Object(valueOf(path)), aliases: ['/../x'] }
  const { problems } = validate<unknown>(kinds.issue.schema, value, { file: path, text: '', firstLine: 1 })
  expect(problems[0]?.reason).toMatch(/^Unexpected alias `\/\.\.\/x`, /)
})

const run = observedRun({
  version: '8.2',
  counts: { passed: 4, failed: 0, skipped: 0 },
  flaky: true,
  metrics: [{ name: 'build time', value: 3, unit: 's' }],
  artifact: { name: 'redis', digest: 'sha256:1', pageAlignment: 4096 },
})

/** What is told of a line that holds a value. */
function problemsOf(value: unknown) {
  const read: EvidenceFile = { records: [], problems: [] }
  parseEvidence('evidence/redis.jsonl', JSON.stringify(value), read)
  return read.problems
}

describe('a line of evidence with a wrong shape', () => {
  test('is told in our own words', () => {
    let told = 0
    for (const record of [run, retractionOf(run)]) {
      for (const wrong of wrongShapesOf(record, shapesOfJson)) {
        for (const { reason, expected } of problemsOf(wrong)) {
          expect(`${reason}\n${expected}`).not.toMatch(wordsOfZod)
          told += 1
        }
      }
    }
    expect(told).toBeGreaterThan(500)
  })

  test.each([
    [5, 'Unexpected record `5`, expected a map of keys and values.'],
    [{ ...run, version: 8.2 }, 'Unexpected version `8.2`, expected text.'],
    [{ ...run, run: { ...run.run, attempt: '2' } }, 'Unexpected run.attempt `"2"`, expected a number.'],
    [{ ...run, flaky: 'true' }, 'Unexpected flaky `"true"`, expected `true`.'],
    [{ ...run, level: undefined }, 'Missing level, expected one of `available`, `builds`, `starts`, `tested`.'],
    [{ ...run, link: null }, /^Unexpected link `null`, expected a link that starts with /],
    [{ ...run, link: undefined }, /^Missing link, expected a link that starts with /],
  ])('says what was expected: %#', (value, reason) => {
    expect(problemsOf(value).map((problem) => problem.reason)).toEqual([
      typeof reason === 'string' ? reason : expect.stringMatching(reason),
    ])
  })
})
