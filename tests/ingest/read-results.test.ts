/** What becomes of documents that are not what they are said to be. */
import { describe, expect, test } from 'vitest'
import { ArchitectureWords } from '#domain/architecture-words.ts'
import { adapters } from '#ingest/adapters.ts'
import { readResults } from '#ingest/read-results.ts'
import { architecture, asOf } from '#tests/builders.ts'

const door = {
  registrations: new Map(),
  words: new ArchitectureWords(new Map([['arm64', architecture()]])),
  projectOf: (id: string) => (id === 'redis' ? id : undefined),
  how: 'imported' as const,
  now: asOf,
  said: {},
}
const report = (id: string) =>
  JSON.stringify({
    ...{ schema: 'works-on-arm/report@1', project: 'redis', architecture: 'arm64', version: '8' },
    ...{ level: 'tested', outcome: 'passed', observedAt: '2026-01-02T10:20:30Z' },
    ...{ link: `https://ci.example.org/${id}` },
  })
const read = (text: string, format = 'auto') => {
  const { evidence, problems } = readResults('file', text, format, adapters, door)
  return [evidence.length, problems.map(({ code, place }) => `${place.line} ${code}`)]
}

test('a list without results is told as one, and is no mistake where its format is named', () => {
  expect(read(' [ ]\n')).toEqual([0, ['1 empty-document']])
  expect(read('[]', 'gitlab-jobs')).toEqual([0, []])
  expect(readResults('file', '[]', 'auto', adapters, door)).toMatchObject({
    read: 0,
    problems: [{ severity: 'warning', reason: 'Unexpected empty list, expected at least one result.' }],
  })
})

describe('a key that an object has twice', () => {
  const twice = report('1').replace('"level"', '"outcome":"failed","level"')

  test('is told where it stands the second time, and the last one counts', () => {
    expect(read(twice)).toEqual([1, ['1 repeated-key']])
    expect(read(`${report('2')}\n${twice}\n{bad\n`)).toEqual([2, ['2 repeated-key', '3 bad-document']])
    const { evidence, problems } = readResults('file', `[\n${twice}]`, 'auto', adapters, door)
    expect(evidence).toMatchObject([{ outcome: 'passed' }])
    expect(problems).toMatchObject([
      { severity: 'warning', actual: 'outcome', place: { line: 2, column: twice.lastIndexOf('"outcome"') + 1 } },
    ])
  })

  test('is told from one that other objects have, and from text that looks like one', () => {
    const other = report('1').replace(
      '"level"',
      '"run":{"id":"{\\":1","job":"a:b"},"counts":{"passed":1,"failed":0,"skipped":0},"level"',
    )
    expect(read(`[${other},${other}]`)).toEqual([2, []])
    expect(read(report('1').replace('{', '{"__proto__":{"a":1},'))[1]).toEqual(['1 bad-document'])
  })
})

describe('a format that is named', () => {
  const names = adapters.map(({ name }) => name)

  test.each(names)('%s tells what is none', (name) => {
    for (const text of [report('1').slice(0, 40), 'hello', '42', 'null', '"text"']) {
      expect(read(text, name)[1], text).not.toEqual([])
    }
  })

  test('is that of each line, of which broken ones are told', () => {
    const text = `{bad\n${report('1')}\n${report('2')}\n`
    expect(read(text)).toEqual([2, ['1 bad-document']])
    expect(read(text, 'report')).toEqual([2, ['1 bad-document']])
  })
})

describe('JSON Lines', () => {
  const deep = `${'['.repeat(200)}${']'.repeat(200)}`
  test.each(['{"schema": "works-on-arm/report@1", "proj', '# results', 'null', `{"a": ${deep}}`])(
    'lose no line for a first one such as %.20s',
    (first) => {
      const [evidence, problems] = read(`${first}\n${report('1')}\n${report('2')}\n`)
      expect(evidence).toBe(2)
      expect(problems).toHaveLength(1)
    },
  )

  test('are not seen in a broken document', () => {
    const broken = '{"jobs": [\n{"id": 1},\n{"id": 2}\n]\n'
    expect(read(broken)).toEqual([0, ['5 unreadable-document']])
  })
})
