import { describe, expect, test } from 'vitest'
import { derive } from '#domain/derive.ts'
import { exampleClaims, exampleDay, recordsOfExample, workedExamples } from '#domain/worked-examples.ts'
import { addDays } from '#domain/day.ts'
import { claim } from '#tests/builders.ts'

describe('the rule by example', () => {
  test('there are at least forty examples', () => {
    expect(workedExamples.length).toBeGreaterThanOrEqual(40)
  })

  test.for(workedExamples)('$says; claim: $claim', ({ runs, claim: kind, support, basis }) => {
    const records = recordsOfExample(runs)
    const claims = kind === 'none' ? [] : [claim({ support: exampleClaims[kind], date: addDays(exampleDay, -30) })]
    const status = derive(
      records.filter(({ architecture }) => architecture === 'arm64'),
      claims,
      `${exampleDay}T23:59:59Z`,
      { control: records.filter(({ architecture }) => architecture === 'amd64') },
    )
    expect({ support: status.support, basis: status.basis }).toEqual({ support, basis })
    expect(status.reasons.length).toBeGreaterThan(0)
  })
})
