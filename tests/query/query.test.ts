import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { folded } from '#query/fold.ts'
import {
  architectureOf,
  fields,
  parseQuery,
  serializeCondition,
  splitQuery,
  type QueryVocabulary,
} from '#query/query.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'

const vocabulary: QueryVocabulary = {
  architectures: new Map([
    ['arm64', 'arm64'],
    ['aarch64', 'arm64'],
    ['riscv64', 'riscv64'],
    ['amd64', 'amd64'],
  ]),
  ambiguous: new Map([
    [
      'arm',
      [
        { id: 'armv7', where: 'OCI images' },
        { id: 'armv6', where: 'Go' },
      ],
    ],
  ]),
  categories: new Set(['databases', 'web-servers']),
}
const parse = (text: string) => parseQuery(text, vocabulary)
const shown = (text: string) => parse(text).conditions.map(serializeCondition)

test('words and conditions stand in one line', () => {
  const query = parse(
    'arch:riscv64 is:works basis:verified level>=tested stale:no category:databases Redis "Apache  Kafka"',
  )
  expect(query.conditions.map(serializeCondition)).toEqual([
    'arch:riscv64',
    'is:works',
    'basis:verified',
    'level>=tested',
    'stale:no',
    'category:databases',
  ])
  expect(query.words).toEqual(['redis', 'apache kafka'])
  expect(query.problems).toEqual([])
})

test('a question as people ask it is one about what it names', () => {
  for (const text of ['does redis work on arm64', 'Is Redis supported on AARCH64?', 'redis arm64?']) {
    expect(parse(text)).toMatchObject({ words: ['redis'], problems: [] })
    expect(shown(text)).toEqual(['arch:arm64'])
  }
  expect(parse('what is:works on arm64').words).toEqual([])
  expect(shown('what is:works on arm64')).toEqual(['arch:arm64', 'is:works'])
  // Names are not taken apart where nobody asks.
  expect(parse('how it works').words).toEqual(['how', 'it', 'works'])
  expect(parse('build on arm64').words).toEqual(['build', 'on'])
})

test('an architecture that could mean several is told with what it could mean, and no other one', () => {
  expect(parse('arch:ARM redis').problems).toEqual([
    {
      token: 'arch:ARM',
      reason: '`arm` could mean several architectures: `armv7` (OCI images) or `armv6` (Go)',
      expected: ['armv7', 'armv6'],
    },
  ])
  expect(parse('redis arm')).toMatchObject({ words: ['redis', 'arm'], conditions: [], problems: [] })
})

test('a word for another machine is no mistyped one', () => {
  expect(parse('arch:riscv32').problems).toMatchObject([{ reason: '`riscv32` is no architecture here' }])
  expect(parse('arch:riscv32').problems[0]).not.toHaveProperty('strange')
  expect(parse('arch:riscv46').problems).toMatchObject([{ strange: 'riscv46' }])
})

describe('a condition', () => {
  test.each([
    ['ARCH:AArch64', 'arch:arm64'],
    ['architecture:arm64', 'arch:arm64'],
    ['is:works,limited', 'is:works,limited'],
    ['support:broken', 'is:broken'],
    ['is:not-known', 'is:not-known'],
    ['is:stale', 'is:stale'],
    ['level=tested', 'level:tested'],
    ['level<starts', 'level<starts'],
    ['-category:web-servers', '-category:web-servers'],
    ['execution:"native"', 'execution:native'],
  ])('%s is read as %s', (typed, read) => {
    expect(shown(typed)).toEqual([read])
  })

  test.each([
    ['arch:arm46', ['arm64', 'riscv64', 'amd64']],
    ['is:fine', expect.arrayContaining(['works', 'stale'])],
    ['is:', expect.arrayContaining(['works'])],
    ['category:games', ['databases', 'web-servers']],
    ['stale:maybe', ['yes', 'no']],
    ['level>=tested,starts', ['available', 'builds', 'starts', 'tested']],
    ['basis>claimed', ['basis:verified']],
    ['-arch:arm64', ['arm64', 'riscv64', 'amd64']],
    ['foo:bar', fields.map((field) => `${field}:`)],
    ['-name:x', expect.arrayContaining(['is:'])],
  ])('%s means nothing, and it is told what would', (typed, expected) => {
    const { conditions, problems, words } = parse(`${typed} redis`)
    expect(conditions).toEqual([])
    expect(words).toEqual(['redis'])
    expect(problems).toEqual([expect.objectContaining({ token: typed, expected })])
  })
})

test.each(['pkg:npm/esbuild', 'https://example.org/', 'c++', 'std::sort', 'name:', 'a<b', '-', '--', '--flag', ':'])(
  '%s is a word',
  (typed) => {
    expect(parse(typed)).toMatchObject({ words: [typed], excluded: [], conditions: [], problems: [] })
  },
)

test('in quotation marks everything is a word', () => {
  expect(parse('"foo:bar" "-go"')).toMatchObject({ words: ['foo:bar', '-go'], excluded: [], problems: [] })
})

test('a word after a minus is left out', () => {
  expect(parse('sqlite -Go -"sql  server" go-sqlite3')).toMatchObject({
    words: ['sqlite', 'go-sqlite3'],
    excluded: ['go', 'sql server'],
    problems: [],
  })
})

test('of two architectures the second is told, and a reader says which is meant', () => {
  const query = parse('arch:arm64 is:works arch:riscv64')
  expect(query.conditions.map(serializeCondition)).toEqual(['arch:arm64', 'is:works'])
  expect(query.problems).toEqual([
    {
      token: 'arch:riscv64',
      reason: 'a question is about one architecture, or about all of them',
      expected: [],
    },
  ])
  const { rest, conditions } = splitQuery('arch:arm64 is:works arch:riscv64', vocabulary)
  expect(rest).toBe('arch:arm64 arch:riscv64')
  expect(conditions.map(serializeCondition)).toEqual(['is:works'])
  expect(parse('arch:arm64 arch:aarch64')).toMatchObject({ problems: [], conditions: [{ values: ['arm64'] }] })
})

test('the word that nobody knows is told by itself, so that a near one can be offered', () => {
  expect(parse('category:database').problems).toMatchObject([{ strange: 'database' }])
  expect(parse('archs:arm64').problems).toMatchObject([{ strange: 'archs' }])
  expect(parse('is:').problems[0]).not.toHaveProperty('strange')
})

test('a word that means an architecture asks about it', () => {
  expect(parse('sqlite aarch64')).toMatchObject({ words: ['sqlite'] })
  expect(shown('sqlite aarch64')).toEqual(['arch:arm64'])
  expect(architectureOf(parse('sqlite aarch64'))).toBe('arm64')
})

test('beside an architecture that is asked about, another one is a word', () => {
  expect(parse('arch:arm64 riscv64')).toMatchObject({ words: ['riscv64'] })
  expect(shown('arch:arm64 riscv64')).toEqual(['arch:arm64'])
})

test(
  'whatever is typed is a question, and its conditions typed again are the same question',
  () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'is:',
        'works',
        'arch:',
        'arm64',
        ' ',
        '"',
        '-',
        'level',
        '>=',
        'tested',
        ',',
        'stale:no',
        '\u0000',
        '__proto__',
      ),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const query = parse(pieces.join(''))
        const again = parse(query.conditions.map(serializeCondition).join(' '))
        expect(again.conditions).toEqual(query.conditions)
        expect(again.words).toEqual([])
        expect(again.problems).toEqual([])
        for (const word of [...query.words, ...query.excluded]) expect(word).toBe(folded(word))
      }),
      { numRuns: runsOf(2_000) },
    )
  },
  propertyTimeout,
)
