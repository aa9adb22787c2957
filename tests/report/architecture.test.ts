import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ambiguousWords, unames, words } from '../../report/architecture.mjs'
import type { Machine } from '../../report/world.d.ts'
import { runAction } from './job.ts'

interface Columns {
  aliases?: string[]
  uname?: string[]
  ambiguous?: Record<string, string>
}

const columns = Object.entries(
  parse(readFileSync(new URL('../../content/architectures.yml', import.meta.url), 'utf8')) as Record<string, Columns>,
)

test('the words of the action are those of the columns', () => {
  expect(words).toEqual(Object.fromEntries(columns.map(([id, { aliases = [] }]) => [id, aliases])))
  const readings = new Map<string, string[]>()
  for (const [id, { ambiguous = {} }] of columns) {
    for (const word of Object.keys(ambiguous)) readings.set(word, [...(readings.get(word) ?? []), id])
  }
  expect(ambiguousWords).toEqual(Object.fromEntries(readings))
})

test('the machines of the action are those of the columns, and what other systems call Arm', () => {
  const known = columns.flatMap(([id, { uname = [] }]) => uname.map((word): [string, string] => [word, id]))
  expect([...unames].sort()).toEqual([...known, ['arm64', 'arm64']].sort())
})

async function architectureOf(machine: Partial<Machine>, environment: Record<string, string | undefined>) {
  const reported = await runAction(environment, {
    machine: { uname: 'x86_64', node: 'x64', endianness: 'LE', ...machine },
  })
  if (reported.printed.startsWith('::')) return reported.printed
  return (reported.file('works-on-arm-report.json') as { architecture: string }).architecture
}

describe('a runner is', () => {
  test.each([
    ['x86_64', 'x64', 'X64', 'amd64'],
    ['aarch64', 'arm64', 'ARM64', 'arm64'],
    ['arm64', 'arm64', 'ARM64', 'arm64'],
    ['armv7l', 'arm', 'ARM', 'armv7'],
    ['armv8l', 'arm', 'ARM', 'armv7'],
    ['armv6l', 'arm', 'ARM', 'armv6'],
    ['i686', 'ia32', 'X86', 'i386'],
    ['ppc64le', 'ppc64', 'PPC64LE', 'ppc64le'],
    ['riscv64', 'riscv64', '', 'riscv64'],
    ['loongarch64', 'loong64', undefined, 'loong64'],
  ])('%s, Node.js for %s, RUNNER_ARCH %s: %s', async (uname, node, runner, expected) => {
    expect(await architectureOf({ uname, node }, { RUNNER_ARCH: runner })).toBe(expected)
  })

  test('s390x, which is big-endian', async () => {
    const machine = { uname: 's390x', node: 's390x', endianness: 'BE' } as const
    expect(await architectureOf(machine, { RUNNER_ARCH: 'S390X' })).toBe('s390x')
  })

  test.each([
    ['a 32-bit system on a 64-bit kernel', 'aarch64', 'arm', 'ARM64'],
    ['a 32-bit runner on a 64-bit kernel', 'x86_64', 'ia32', 'X86'],
    ['a runner that says something else', 'x86_64', 'x64', 'ARM64'],
    ['a machine that no column means', 'mips64', 'mips64el', ''],
  ])('not guessed: %s', async (_, uname, node, runner) => {
    expect(await architectureOf({ uname, node }, { RUNNER_ARCH: runner })).toContain('Expected `architecture`')
  })

  test('not ppc64le where it is big-endian', async () => {
    expect(await architectureOf({ uname: 'ppc64le', node: 'ppc64', endianness: 'BE' }, { RUNNER_ARCH: '' })).toContain(
      'Expected `architecture`',
    )
  })
})

describe('a word that the caller says', () => {
  const arm: Machine = { uname: 'aarch64', node: 'arm64', endianness: 'LE' }

  test.each([
    ['aarch64', 'arm64'],
    ['ARM64', 'arm64'],
    ['linux-mips', 'linux-mips'],
  ])('is understood: %s is %s', async (word, expected) => {
    expect(await architectureOf(arm, { INPUT_ARCHITECTURE: word })).toBe(expected)
  })

  test.each(['arm', 'ARM', 'armhf', 'armel', 'arm/v8'])('that can mean two is refused: %s', async (word) => {
    expect(await architectureOf(arm, { INPUT_ARCHITECTURE: word })).toContain('a word that means one thing')
  })

  test.each(['a b', '../arm64', '::error::', 'x'.repeat(65), 'ärm'])('that is no word is refused: %j', async (word) => {
    expect(await architectureOf(arm, { INPUT_ARCHITECTURE: word })).toContain('a word such as `arm64`')
  })

  test('cannot make the runner another machine, unless it says how', async () => {
    expect(await architectureOf(arm, { INPUT_ARCHITECTURE: 'amd64' })).toContain(
      'expected `execution` to be `emulated` or `cross`',
    )
    expect(await architectureOf(arm, { INPUT_ARCHITECTURE: 'amd64', INPUT_EXECUTION: 'cross' })).toBe('amd64')
  })

  test('is needed where the runner is not what was tested', async () => {
    expect(await architectureOf(arm, { INPUT_EXECUTION: 'emulated' })).toContain(
      'what is emulated is not what the runner is',
    )
  })

  test('that is a key of every object is a word like another', async () => {
    expect(await architectureOf(arm, { INPUT_ARCHITECTURE: 'constructor' })).toBe('constructor')
    expect(await architectureOf(arm, { INPUT_ARCHITECTURE: '__proto__' })).toContain('a word such as')
  })
})
