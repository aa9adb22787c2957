import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPreRelease, rankVersions } from '#domain/version-order.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'

const inOrder = (versions: string[], releases?: string[]) => {
  const ranks = rankVersions([...versions].reverse(), releases)
  return [...ranks].sort(([, a], [, b]) => a - b).map(([version]) => version)
}

const areTheSame = (...versions: string[]) => new Set(rankVersions(versions).values()).size === 1

describe('versions are in the order of their releases', () => {
  test.each([
    ['numbers, not text', ['1.2', '1.9', '1.10', '1.10.1', '2']],
    ['a pre-release before its release', ['8.9', '9.0.0-alpha.1', '9.0.0-beta.2', '9.0.0-rc.1', '9.0.0', '9.0.1']],
    ['the tenth candidate after the ninth', ['9.0-rc1', '9.0-rc9', '9.0-rc10', '9.0']],
    ['Python writes them shorter', ['3.13.0.dev1', '3.13.0a1', '3.13.0b2', '3.13.0b10', '3.13.0rc1', '3.13.0']],
    ['words with blanks', ['2.1', '2.2 beta 3', '2.2 beta 10', '2.2 rc 1', '2.2']],
    ['letters as patches', ['1.0.2', '1.0.2a', '1.0.2k', '1.0.2zb', '1.1.0']],
    ['a patch level after a word', ['1.2.3', '1.2.3p4-5', '1.2.3p10-1', '1.2.4']],
    ['one number after a letter', ['r5', 'r9', 'r10']],
    ['days', ['2025-12-31', '2026-01-05', '2026-01-15']],
    [
      'Debian: revisions, rebuilds and backports',
      ['7.0.15~rc1-1', '7.0.15-1~deb12u5', '7.0.15-1', '7.0.15-1+b1', '7.0.15-2', '7.0.16-1'],
    ],
    ['Debian: an epoch outranks every number', ['9.0-1', '1:7.2-1', '1:8.0-1', '2:1.0-1']],
    ['Debian: a revision belongs to its version', ['1.0-5', '1.0.1-1', '1.1-1']],
    ['numbers that no number holds', ['1.9007199254740992', '1.9007199254740993', '1.90071992547409920']],
  ])('%s', (_, versions) => {
    expect(inOrder(versions)).toEqual(versions)
  })

  test('in the order that the project lists, and after it what it does not list', () => {
    const releases = ['XP', '2003', 'Vista', '7']
    expect(inOrder(['7', 'Vista', 'XP', '2003'], releases)).toEqual(releases)
    expect(inOrder(['8', 'Vista', '10', '2003'], releases)).toEqual(['2003', 'Vista', '8', '10'])
  })
})

describe('versions are the same release', () => {
  test.each([
    ['v8.2', '8.2', '8.2.0', 'V8.02'],
    ['9.0-rc1', '9.0.0-RC.1', '9.0_rc1', '9.0rc1'],
    ['3.13.0b2', '3.13-beta2'],
  ])('%s and %s', (...versions) => {
    expect(areTheSame(...versions)).toBe(true)
  })
})

test('one version has one place among two others, whichever they are', () => {
  // These three make a circle where numbers are compared as numbers, and with words as text.
  expect(inOrder(['1.0-1a', '1.0-10', '1.0-2'])).toEqual(inOrder(['1.0-2', '1.0-1a', '1.0-10']))
  // `x` is no number that equals all others.
  expect(areTheSame('1.1', '1.x')).toBe(false)
})

test(
  'the order of two versions is the same beside all others, and in every order of reading',
  () => {
    const piece = fc.constantFrom(
      '0',
      '1',
      '2',
      '10',
      '007',
      '.',
      '.',
      '-',
      '+',
      '~',
      ':',
      ' ',
      'rc',
      'a',
      'b',
      'beta',
      'p',
      'x',
      '*',
      'v',
      'é',
      'dev',
    )
    const version = fc.oneof(
      fc.array(piece, { minLength: 1, maxLength: 7 }).map((pieces) => pieces.join('')),
      fc.string({ minLength: 1, maxLength: 80 }),
    )
    let ordered = 0
    fc.assert(
      fc.property(fc.uniqueArray(version, { minLength: 2, maxLength: 8 }), (versions) => {
        const ranks = rankVersions(versions)
        expect([...rankVersions([...versions].reverse())]).toEqual([...ranks])
        for (const a of versions) {
          for (const b of versions) {
            const pair = rankVersions([a, b])
            expect(Math.sign((pair.get(a) ?? 0) - (pair.get(b) ?? 0))).toBe(
              Math.sign((ranks.get(a) ?? 0) - (ranks.get(b) ?? 0)),
            )
            if (a < b && ranks.get(a) !== ranks.get(b)) ordered += 1
          }
        }
      }),
      { numRuns: runsOf(500) },
    )
    expect(ordered).toBeGreaterThan(runsOf(500))
  },
  propertyTimeout,
)

test('hostile versions take no time', () => {
  const started = performance.now()
  rankVersions(Array.from({ length: 2000 }, (_, index) => `${'1a-'.repeat(26)}${index % 10}`))
  rankVersions(['0'.repeat(100_000), `${'0'.repeat(100_000)}:`, '1-'.repeat(50_000), 'a'.repeat(100_000)])
  expect(performance.now() - started).toBeLessThan(10_000)
})

describe('a version is not released yet', () => {
  test.each([
    '9.0-rc1',
    '9.0.0-RC.1',
    '2.2 beta 3',
    '3.13.0b2',
    '3.13.0a1',
    '1.0~rc1-1',
    'nightly',
    '2.0.dev3',
    '1.0-SNAPSHOT',
    'v1.0.0-preview',
  ])('says %s', (version) => {
    expect(isPreRelease(version)).toBe(true)
  })

  test.each(['8.2', 'v8.2.1', 'r5', '1.0.2k', '1.2.3p4-5', '7.0.15-1~deb12u5', '7.0.15-1+b1', '1.0-alphabet', 'trunk'])(
    'does not say %s',
    (version) => {
      expect(isPreRelease(version)).toBe(false)
    },
  )
})
