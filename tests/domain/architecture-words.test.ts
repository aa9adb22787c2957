import { describe, expect, test } from 'vitest'
import { ArchitectureWords } from '#domain/architecture-words.ts'
import { architecture } from '#tests/builders.ts'

const words = new ArchitectureWords(
  new Map([
    ['amd64', architecture({ aliases: ['x86_64', 'x64'] })],
    ['arm64', architecture({ aliases: ['aarch64', 'arm64v8'] })],
    ['armv7', architecture({ aliases: ['arm/v7'], ambiguous: { arm: 'OCI images', armhf: 'Debian' } })],
    ['armv6', architecture({ ambiguous: { arm: 'Go', amd64: 'nowhere' } })],
    ['armv5', architecture({ aliases: ['armhf', 'arm64'] })],
  ]),
)

describe('a word for an architecture', () => {
  test.each([
    ['arm64', 'arm64'],
    ['ARM64', 'arm64'],
    ['aarch64', 'arm64'],
    ['AArch64', 'arm64'],
    ['x86_64', 'amd64'],
    ['arm/v7', 'armv7'],
    ['linux/arm64', 'arm64'],
    ['linux/arm/v7', 'armv7'],
  ])('%s means %s', (word, id) => {
    expect(words.read(word)).toEqual({ kind: 'known', id })
  })

  test('that could mean several is ambiguous, with every reading', () => {
    expect(words.read('linux/arm')).toEqual(words.read('arm'))
    expect(words.read('arm')).toEqual({
      kind: 'ambiguous',
      readings: [
        { id: 'armv7', where: 'OCI images' },
        { id: 'armv6', where: 'Go' },
      ],
    })
  })

  test('of another tool means the one architecture that has it', () => {
    const known = new ArchitectureWords(
      new Map([
        ['armv7', architecture({ uname: ['armv7l', 'armv8l'], gnu: 'arm-linux-gnueabihf', debian: 'armhf' })],
        ['armv6', architecture({ gnu: 'arm-linux-gnueabihf', ambiguous: { armhf: 'Raspbian' } })],
      ]),
    )
    expect(known.read('armv8l')).toEqual({ kind: 'known', id: 'armv7' })
    expect(known.read('arm-linux-gnueabihf')).toEqual({ kind: 'unknown' })
    expect(known.read('armhf').kind).toBe('ambiguous')
  })

  test('that is ambiguous somewhere is no alias elsewhere', () => {
    expect(words.read('armhf')).toEqual({ kind: 'ambiguous', readings: [{ id: 'armv7', where: 'Debian' }] })
  })

  test('that is an id means itself, whatever another architecture lists', () => {
    expect(words.read('amd64')).toEqual({ kind: 'known', id: 'amd64' })
    expect(words.read('arm64')).toEqual({ kind: 'known', id: 'arm64' })
  })

  test.each(['', 'sparc', 'windows/arm64', 'linux/', 'linux/linux/arm64', 'constructor', '__proto__', 'toString'])(
    '%j means none',
    (word) => {
      expect(words.read(word)).toEqual({ kind: 'unknown' })
    },
  )

  test.each(['sparc64', 'linux/arm/v5', 'ARMv5te'])('that is one of another machine, %s, has no near one', (word) => {
    expect([...words.candidatesFor(word)]).toEqual([])
    expect([...words.candidatesFor('arm46')]).toContain('arm64')
  })

  test('is offered where it is unambiguous', () => {
    expect([...words.words()]).toEqual(expect.arrayContaining(['amd64', 'x86_64', 'aarch64', 'arm/v7']))
    expect([...words.words()]).not.toContain('arm')
  })
})
