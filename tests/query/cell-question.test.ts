import { describe, expect, test } from 'vitest'
import {
  readAmbiguousWord,
  readCellQuestion,
  readListQuestion,
  withoutAddress,
  withoutAskingWords,
} from '#query/cell-question.ts'

const known = new Map([
  ['arm64', 'arm64'],
  ['aarch64', 'arm64'],
  ['armv8', 'arm64'],
  ['armv7', 'armv7'],
  ['riscv64', 'riscv64'],
])
const ambiguous = new Map([
  [
    'arm/v8',
    [
      { id: 'arm64', where: 'tools' },
      { id: 'armv7', where: 'images' },
    ],
  ],
  [
    'armhf',
    [
      { id: 'armv7', where: 'Debian' },
      { id: 'armv6', where: 'Alpine' },
    ],
  ],
])
const read = (text: string) => readCellQuestion(text, { known, ambiguous })
/** Its architectures, and what it may call its only project. */
const readOne = (text: string) => {
  const question = read(text)
  return question && { ids: question.architectures.map(({ id }) => id), ...question.projects[0] }
}
/** What it may call each project at last. */
const namesIn = (text: string) => read(text)?.projects.map(({ names }) => names.at(-1)?.join(' '))

describe('a question about a cell', () => {
  test.each([
    ['jq arm64', 'jq'],
    ['aarch64 jq', 'jq'],
    ['Does jq work on arm64?', 'jq'],
    ['is "jq" supported on AARCH64…', 'jq'],
    ['arm64: Visual Studio Code', 'visual studio code'],
    ['can I run .NET on arm64?', '.net'],
    ['C++ on arm64', 'c++'],
    ['Node.js for arm64, please', 'node.js please'],
  ])('such as “%s” is about %s on arm64', (text, name) => {
    const question = readOne(text)
    expect(question?.ids).toEqual(['arm64'])
    expect(question?.names?.at(-1)?.join(' ')).toBe(name)
  })

  test('may call a project by a word that asks, so all of its words come first', () => {
    expect(readOne('build on arm64')?.names).toEqual([['build', 'on']])
    expect(readOne('just run on arm64')?.names).toEqual([['just', 'run', 'on'], ['just']])
  })

  test.each(['', 'arm64', 'jq', 'does jq work', '?!', 'aarch64?'])('is not “%s”', (text) => {
    expect(read(text)).toBeUndefined()
  })

  test('is about each architecture that it names, however that is written', () => {
    expect(readOne('qemu riscv64 on linux/arm64')?.ids).toEqual(['riscv64', 'arm64'])
    expect(readOne('qemu AARCH64, arm-64')?.ids).toEqual(['arm64'])
    expect(readOne('qemu linux/ARMv8')?.ids).toEqual(['arm64'])
  })

  test('is about each architecture that a word may mean, and says where it does', () => {
    expect(read('qemu linux/armhf')?.architectures).toEqual([
      { id: 'armv7', reading: { word: 'armhf', where: 'Debian' } },
      { id: 'armv6', reading: { word: 'armhf', where: 'Alpine' } },
    ])
    expect(readOne('qemu arm/v8')?.ids).toEqual(['arm64', 'armv7'])
    expect(readOne('qemu armhf, riscv64')?.ids).toEqual(['riscv64', 'armv7', 'armv6'])
    // What is named without a doubt needs no word about another place.
    expect(read('qemu armv7, armhf')?.architectures[0]).toEqual({ id: 'armv7' })
  })

  test('is none where a word may mean several, and nothing else is asked about', () => {
    expect(readAmbiguousWord('what is linux/ARMHF?', { known, ambiguous }).map(({ id }) => id)).toEqual([
      'armv7',
      'armv6',
    ])
    for (const text of ['arm64', 'armhf jq', 'what is it', '', 'armhf arm/v8'])
      expect(readAmbiguousWord(text, { known, ambiguous })).toEqual([])
  })

  test.each(['ARM 64', 'arm 64-bit', '64-bit ARM', '64 bit arm', 'Arm v8', 'arm-64 bits'])(
    'may call arm64 %s',
    (words) => {
      expect(readOne(`sqlite on ${words}`)).toMatchObject({ ids: ['arm64'], words: ['sqlite'] })
    },
  )

  test.each(['node:22-alpine arm64', 'arm64/node:22', 'node（arm64）', 'node@22 linux/arm64'])(
    'may be written as %s',
    (text) => {
      expect(readOne(text)).toMatchObject({ ids: ['arm64'] })
      expect(readOne(text)?.words?.[0]).toBe('node')
    },
  )

  test('may be about several projects, and about one whose name has such a word in it', () => {
    expect(namesIn('sqlite and nginx on arm64')).toEqual(['sqlite and nginx', 'sqlite', 'nginx'])
    expect(namesIn('do jq, Visual Studio Code or redis work on arm64?')).toEqual([
      'jq visual studio code redis',
      'jq',
      'visual studio code',
      'redis',
    ])
    expect(namesIn('b, c, d, e, f, g, h on arm64')?.length).toBe(6)
    expect(namesIn('jq on arm64, or riscv64')).toEqual(['jq'])
    expect(namesIn('and arm64')).toEqual(['and'])
    expect(read('sqlite and nginx on arm64')?.projects[0]?.parts).toEqual([])
  })

  test.each([
    ['Does FooBar work on arm64?', 'FooBar'],
    ['is “Foo Bar” available under riscv64', 'Foo Bar'],
    ['foobar arm64', undefined],
    ['page size on arm64?', undefined],
    ['how to build foobar on arm64', undefined],
    ['does foo and bar work on arm64', undefined],
  ])('says what “%s” asks about, where it asks whether that works: %s', (text, subject) => {
    const { isWhether, projects } = read(text) ?? {}
    expect(isWhether === true && projects?.length === 1 ? projects[0]?.typed : undefined).toBe(subject)
  })

  test('may have words that are no part of the name', () => {
    expect(readOne('is node 22 stable on arm64?')?.parts).toEqual([
      ['node', '22'],
      ['22', 'stable'],
      ['node'],
      ['22'],
      ['stable'],
    ])
    expect(readOne('jq on arm64')?.parts).toEqual([])
    expect(readOne('undefined reference to dup2 in package linux arm64')?.parts).toEqual([])
    expect(readOne(`${'word '.repeat(1_000)}arm64`)?.parts).toEqual([])
  })
})

describe('a question, to whoever looks for words,', () => {
  test.each([
    ['Does SQLite work on riscv64?', 'SQLite riscv64'],
    ['can I run "jq" under armv7', 'jq armv7'],
    ['jq on arm64?', 'jq arm64'],
    ['what is dup2', 'dup2'],
  ])('such as “%s” is about “%s”', (text, words) => {
    expect(withoutAskingWords(text)).toBe(words)
  })

  test.each(['works on arm', 'build on arm64', 'status support', 'is it?', '?', ''])('is not “%s”', (text) => {
    expect(withoutAskingWords(text)).toBe(text)
  })
})

describe('what stands at an address', () => {
  test.each([
    ['https://github.com/nodejs/node', 'node'],
    [' github.com/nodejs/node.git ', 'node'],
    ['https://gitlab.example:8443/group/jq/?tab=1#readme', 'jq'],
    ['docker.io/library/nginx', 'nginx'],
    ['https://github.com/golang/go/issues/24333', 'go'],
    ['git@github.com:redis/redis.git', 'redis'],
    ['https://www.sqlite.org', 'sqlite'],
  ])('of %s is called %s', (address, name) => {
    expect(withoutAddress(address)).toBe(name)
  })

  test.each([
    'node.js',
    'https://github.com/',
    'arm/v8',
    'see https://github.com/nodejs/node',
    'pkg:npm/sharp',
    '',
    '/',
  ])('is not known of “%s”', (text) => {
    expect(withoutAddress(text)).toBe(text)
  })
})

describe('a question about all projects', () => {
  test.each([
    ['What works on riscv64?', { architecture: 'riscv64', support: 'works' }],
    ['which projects run on linux/arm64', { architecture: 'arm64', support: 'works' }],
    ['arm64 support', { architecture: 'arm64', support: 'works' }],
    ['broken on aarch64', { architecture: 'arm64', support: 'no' }],
    ['what software fails on arm64?', { architecture: 'arm64', support: 'no' }],
  ])('is “%s”', (text, question) => {
    expect(readListQuestion(text, { known, ambiguous })).toEqual(question)
  })

  test.each([
    'arm64',
    'works',
    'jq works on arm64',
    'works on armhf',
    'works on arm64 and riscv64',
    'what is arm64',
    '',
  ])('is not “%s”', (text) => {
    expect(readListQuestion(text, { known, ambiguous })).toBeUndefined()
  })
})
