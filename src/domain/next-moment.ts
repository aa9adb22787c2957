import type { Catalog } from './catalog.ts'
import { toInstant } from './clock.ts'

const day = 24 * 60 * 60 * 1000

/**
 * The first instant after the clock at which the same content says something else: a run that was not seen yet, an issue that was not
 * public yet, or another day.
 * @param asOf ISO instant, UTC
 */
export function nextMoment({ evidence, issue }: Pick<Catalog, 'evidence' | 'issue'>, asOf: string): string {
  const now = Date.parse(asOf)
  let next = now - (now % day) + day
  const look = (moment: string) => {
    const at = Date.parse(moment)
    if (at > now && at < next) next = at
  }
  for (const records of evidence.values()) {
    for (const record of records) if ('observedAt' in record) look(record.observedAt)
  }
  for (const { data } of issue.values()) look(data.publishAt ?? data.date)
  return toInstant(next)
}
