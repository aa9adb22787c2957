import { describe, expect, test } from 'vitest'
import { Claim } from '#domain/claim.ts'
import { supportWords } from '#domain/status-words.ts'

const minimal = { architectures: ['arm64'], support: 'works', date: '2026-05', link: 'https://example.org/' }
const messagesOf = (value: unknown) => Claim.safeParse(value).error?.issues.map(({ message }) => message) ?? []

describe('a claim', () => {
  test('has architectures, a support word, a date and a link', () => {
    expect(Claim.parse(minimal)).toEqual(minimal)
    for (const key of Object.keys(minimal)) {
      expect(Claim.safeParse({ ...minimal, [key]: undefined }).success, key).toBe(false)
    }
  })

  test.each(['partial', 'experimental', 'emulated', 'broken', 'dropped'])('of %s needs a note', (support) => {
    expect(messagesOf({ ...minimal, support })).toEqual(['a sentence that tells a reader what is missing or needed'])
    expect(messagesOf({ ...minimal, support, note: 'What is missing.' })).toEqual([])
  })

  test.each(['works', 'available', 'in-progress', 'unsupported', 'not-applicable'])(
    'of %s needs no note',
    (support) => {
      expect(messagesOf({ ...minimal, support })).toEqual([])
    },
  )

  test('says every word but unknown', () => {
    for (const support of supportWords) {
      expect(Claim.safeParse({ ...minimal, support, note: 'A note.' }).success, support).toBe(support !== 'unknown')
    }
    expect(messagesOf({ ...minimal, support: 'unknown' })).toEqual(['remove the claim: an empty cell means `unknown`'])
  })

  test('covers at least one architecture, by any word for it', () => {
    expect(Claim.safeParse({ ...minimal, architectures: [] }).success).toBe(false)
    expect(Claim.safeParse({ ...minimal, architectures: ['x86_64', 'arm/v7', 'AArch64'] }).success).toBe(true)
  })

  test('has a scope with at least one limit', () => {
    expect(Claim.safeParse({ ...minimal, scope: { os: 'freebsd' } }).success).toBe(true)
    expect(Claim.safeParse({ ...minimal, scope: {} }).success).toBe(false)
    expect(Claim.safeParse({ ...minimal, scope: { kernel: '6.1' } }).success).toBe(false)
  })

  test('keeps versions as text', () => {
    expect(Claim.parse({ ...minimal, since: '1.10', version: '010' })).toMatchObject({ since: '1.10', version: '010' })
  })

  test('has no other keys', () => {
    expect(Claim.safeParse({ ...minimal, status: 'works' }).success).toBe(false)
  })
})
