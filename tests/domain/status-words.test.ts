import { describe, expect, test } from 'vitest'
import {
  basisWords,
  ClaimedSupport,
  groupOfSupport,
  levelWords,
  meaningOfBasis,
  meaningOfLevel,
  meaningOfSupport,
  supportGroups,
  supportsThatNeedNote,
  supportWords,
} from '#domain/status-words.ts'

describe('the words of a status', () => {
  test('are the ones that are published', () => {
    expect(supportWords).toEqual([
      ...['works', 'partial', 'experimental', 'emulated', 'available', 'in-progress'],
      ...['broken', 'dropped', 'unsupported', 'not-applicable', 'unknown'],
    ])
    expect(basisWords).toEqual(['verified', 'claimed', 'stale', 'disputed', 'none'])
    expect(levelWords).toEqual(['available', 'builds', 'starts', 'tested'])
    expect(ClaimedSupport.options).toEqual(supportWords.filter((word) => word !== 'unknown'))
  })

  test('all have a meaning, which is a sentence', () => {
    for (const meanings of [meaningOfSupport, meaningOfBasis, meaningOfLevel]) {
      for (const meaning of Object.values(meanings)) expect(meaning).toMatch(/^[A-Z].*\.$/)
    }
    expect(Object.keys(meaningOfSupport)).toEqual([...supportWords])
  })

  test('are shown in six groups', () => {
    const members = (group: string) => supportWords.filter((word) => groupOfSupport[word] === group)
    expect(supportGroups.map((group) => [group, members(group)])).toEqual([
      ['works', ['works']],
      ['limited', ['partial', 'experimental', 'emulated']],
      ['exists', ['available']],
      ['coming', ['in-progress']],
      ['no', ['broken', 'dropped', 'unsupported']],
      ['not-known', ['not-applicable', 'unknown']],
    ])
  })

  test('need a note where they alone would mislead', () => {
    expect(supportsThatNeedNote).toEqual(['partial', 'experimental', 'emulated', 'broken', 'dropped'])
  })

  test.each([
    ['supported', 'did you mean `works`?'],
    ['YES', 'did you mean `works`?'],
    ['unknown', 'remove the claim: an empty cell means `unknown`'],
  ])('are offered in the place of %s', (word, advice) => {
    expect(ClaimedSupport.safeParse(word).error?.issues[0]?.message).toBe(advice)
  })
})
