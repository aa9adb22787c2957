import type { Catalog } from './catalog.ts'
import { toInstant } from './clock.ts'

const day = 24 * 60 * 60 * 1000
const noon = day / 2

/**
 * The first instant after the clock at which the same content says something else: a run that was not seen yet, an issue that was not
 * public yet, another day, or noon, at which feeds tell what is of a day.
 * @param asOf ISO instant, UTC
 */
export function nextMoment({ evidence, issue }: Pick<Catalog, 'evidence' | 'issue'>, asOf: string): string {
  const now = Date.parse(asOf)
  const sinceMidnight = now % day
  let next = now - sinceMidnight + (sinceMidnight < noon ? noon : day)
  const look = (moment: string) => {
    const at = Date.parse(moment)
    if (at > now && at < next) next = at
  }
  for (const records of evidence.values()) {
    for (const record of records) if ('observedAt' in record) look(record.observedAt)
  }
  for (const { data } of issue.values()) {
    look(data.date)
    if (data.publishAt !== undefined) look(data.publishAt)
  }
  return toInstant(next)
}
