/** What is wrong with a catalog on a day: what is dated after it, what has run out, and links to what is not public. */
import { firstDayOf } from '#domain/day.ts'
import type { Problem } from '#domain/problem.ts'
import type { LocatedCatalog } from './catalog.ts'
import { unexpected } from './problems.ts'
import { linksToUnpublished } from './unpublished-links.ts'
import { placeOfValue } from './validate.ts'
import { parsePositionedYaml } from './yaml.ts'

/** @param asOf ISO instant */
export function checkAgainstClock(catalog: LocatedCatalog, asOf: string): Problem[] {
  const today = asOf.slice(0, 10)
  return [
    ...futureClaims(catalog, today),
    ...expiredRegistrations(catalog, today),
    ...linksToUnpublished(catalog, asOf),
  ]
}

/** A claim from tomorrow is ignored by the rule, so its writer should hear of it. */
function futureClaims(catalog: LocatedCatalog, today: string): Problem[] {
  const problems: Problem[] = []
  for (const { data, source } of catalog.project.values()) {
    data.claims.forEach((claim, index) => {
      if (firstDayOf(claim.date) <= today) return
      const place = placeOfValue(source, parsePositionedYaml(source.text), ['claims', index, 'date'])
      problems.push({
        code: 'date-in-future',
        severity: 'warning',
        place,
        reason: `Unexpected date \`${claim.date}\`, expected a day that has come: until then the claim counts for nothing.`,
        expected: `a day up to ${today}`,
        actual: claim.date,
        fix: 'write the day on which the linked source said it',
      })
    })
  }
  return problems
}

/** What came through an expired registration no longer counts, so its owner should hear of it. */
function expiredRegistrations(catalog: LocatedCatalog, today: string): Problem[] {
  return [...catalog.source.values()].flatMap(({ data, source }): Problem[] => {
    if (data.expires === undefined || data.expires > today) return []
    const place = placeOfValue(source, parsePositionedYaml(source.text), ['expires'])
    const expected = `a day after ${today}: newer results do not count`
    const fix = 'write a later day, if the job still shows what the registration says; else remove the file'
    return [{ ...unexpected('registration-expired', place, 'day', data.expires, expected, fix), severity: 'warning' }]
  })
}
