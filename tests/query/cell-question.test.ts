import { describe, expect, test } from 'vitest'
import { readCellQuestion, withoutAskingWords } from '#query/cell-question.ts'

const architectures = new Map([
  ['arm64', 'arm64'],
  ['aarch64', 'arm64'],
  ['armv8', 'arm64'],
  ['riscv64', 'riscv64'],
])
const read = (text: string) => readCellQuestion(text, architectures)

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
    const question = read(text)
    expect(question?.architectures).toEqual(['arm64'])
    expect(question?.names.at(-1)?.join(' ')).toBe(name)
  })

  test('may call a project by a word that asks, so all of its words come first', () => {
    expect(read('build on arm64')?.names).toEqual([['build', 'on']])
    expect(read('just run on arm64')?.names).toEqual([['just', 'run', 'on'], ['just']])
  })

  test.each(['', 'arm64', 'jq', 'does jq work', '?!', 'aarch64?'])('is not “%s”', (text) => {
    expect(read(text)).toBeUndefined()
  })

  test('is about each architecture that it names, however that is written', () => {
    expect(read('qemu riscv64 on linux/arm64')).toMatchObject({ architectures: ['riscv64', 'arm64'] })
    expect(read('qemu AARCH64, arm-64')).toMatchObject({ architectures: ['arm64'] })
    expect(read('qemu linux/ARMv8')).toMatchObject({ architectures: ['arm64'] })
  })

  test('is about none where a word may mean several', () => {
    expect(read('qemu arm/v8')).toBeUndefined()
    expect(read('qemu linux/arm/v8')).toBeUndefined()
  })

  test('may have words that are no part of the name', () => {
    expect(read('is node 22 stable on arm64?')?.parts).toEqual([
      ['node', '22'],
      ['22', 'stable'],
      ['node'],
      ['22'],
      ['stable'],
    ])
    expect(read('jq on arm64')?.parts).toEqual([])
    expect(read(`${'word '.repeat(1_000)}arm64`)?.parts.length).toBeLessThan(40)
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
