import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { referenceKinds } from '#domain/identifier.ts'
import { optionFor } from '#ingest/attribute-problems.ts'
import { casesFolder } from '#tests/builders.ts'
import { documentedCodes } from './documented-codes.ts'

const source = new URL('../../src/', import.meta.url)

/** Where a problem gets its code. */
const givings = [
  /\b(?:unexpected|unexpectedValue|report|found)\(\s*'([a-z0-9-]+)'/g,
  /[rR]eport\.(?:guess|refuse)\(\s*'([a-z0-9-]+)'/g,
  /\bcode(?:: | = .*? \? | = .*? : )'([a-z0-9-]+)'/g,
  /\bcode = .*? \? '[a-z0-9-]+' : '([a-z0-9-]+)'/g,
  /return '((?:too|bad)-[a-z]+)'/g,
]

function codesInSource(rooms = ['catalog', 'cli', 'domain', 'hooks', 'import', 'ingest', 'scan', 'store']): string[] {
  const files = rooms
    .flatMap((room) => readdirSync(new URL(`${room}/`, source)).map((name) => new URL(`${room}/${name}`, source)))
    .filter(
      ({ pathname }) =>
        rooms.includes('ingest') ||
        !/\/cli\/(?:from-ticket|import|ingest|probe|record-evidence|scan|ticket)[a-z-]*\.ts$/.test(pathname),
    )
  const codes = files
    .map((file) => readFileSync(file, 'utf8'))
    .flatMap((text) => givings.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')))
  const lacking = rooms.includes('ingest') ? Object.keys(optionFor).map((what) => `missing-${what}`) : []
  return [...new Set([...codes, ...lacking, ...referenceKinds.map((kind) => `unknown-${kind}`)])].sort()
}

function codesInCases(): string[] {
  const reports = readdirSync(casesFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => readFileSync(`${casesFolder}${entry.name}/expected.txt`, 'utf8'))
  return [
    ...new Set(
      reports.flatMap((report) =>
        [...report.matchAll(/ {2}(?:error|warning) {2}(\S+)$/gm)].map((match) => match[1] ?? ''),
      ),
    ),
  ].sort()
}

test('every code has its paragraph in docs/problems.md, and every paragraph its code', () => {
  expect([...documentedCodes()].sort()).toEqual(codesInSource())
})

test('no code has two paragraphs', () => {
  expect(new Set(documentedCodes()).size).toBe(documentedCodes().length)
})

test('every paragraph shows what is wrong and what is right', () => {
  const text = readFileSync(new URL('../../docs/problems.md', import.meta.url), 'utf8')
  for (const paragraph of text.split(/^### /m).slice(1)) {
    expect(paragraph, paragraph.slice(0, 30)).toMatch(/^- wrong:/m)
    expect(paragraph, paragraph.slice(0, 30)).toMatch(/^- right:/m)
  }
})

test('every code of ingest, of the hooks, of stacks, of imports and of tickets has a test', () => {
  const inFolder = (name: string) =>
    readdirSync(new URL(`../${name}/`, import.meta.url)).map((file) => `../${name}/${file}`)
  const tests = [
    '../cli/ingest.test.ts',
    '../cli/from-ticket.test.ts',
    ...inFolder('ingest'),
    ...inFolder('hooks'),
    ...inFolder('import'),
    ...inFolder('scan'),
    ...inFolder('store'),
  ]
    .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
    .join()
  const ofCheck = codesInSource(['catalog', 'cli', 'domain'])
  expect(codesInSource().filter((code) => !ofCheck.includes(code) && !tests.includes(code))).toEqual([])
})

test('every code has a case in tests/fixtures/catalog', () => {
  // Too large to keep: tests/catalog/read.test.ts makes it.
  const made = ['file-too-large']
  // Between two contents: tests/catalog/losses.test.ts and project-twice.test.ts have them.
  const losses = readFileSync(new URL('losses.test.ts', import.meta.url), 'utf8')
  const twice = readFileSync(new URL('project-twice.test.ts', import.meta.url), 'utf8')
  const between = codesInSource().filter(
    (code) =>
      (/-removed$/.test(code) && losses.includes(`'${code}'`)) || (code === 'project-twice' && twice.includes(code)),
  )
  expect(between).toHaveLength(6)
  expect([...codesInCases(), ...made, ...between].sort()).toEqual(codesInSource(['catalog', 'cli', 'domain']))
})
