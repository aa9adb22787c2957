/** Times as CI systems write them, as whole seconds in UTC. */

const isoLike = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})? ?(Z|UTC|[+-]\d{2}:?\d{2})?$/

/**
 * `2021-02-23T02:41:37.886Z`, `2023-01-10 13:50:02 UTC`, `2023-01-10 13:50:02 +0200`, seconds or
 * milliseconds since 1970: `2023-01-10T13:50:02Z`. Undefined for everything else; a time without
 * an offset is taken as UTC.
 */
export function toUtcSeconds(value: unknown): string | undefined {
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || value <= 0) return undefined
    return fromMilliseconds(value > 100_000_000_000 ? value : value * 1000)
  }
  if (typeof value !== 'string') return undefined
  const match = isoLike.exec(value)
  if (!match) return undefined
  const [, year, month, day, hour, minute, second, zone = 'Z'] = match
  const offset = zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2')
  const text = `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}`
  const milliseconds = Date.parse(`${text}${offset}`)
  // `2026-02-30` would silently become a day in March.
  if (Number.isNaN(milliseconds) || !new Date(Date.parse(`${text}Z`)).toISOString().startsWith(text)) return undefined
  return fromMilliseconds(milliseconds)
}

function fromMilliseconds(milliseconds: number): string | undefined {
  const date = new Date(milliseconds)
  if (Number.isNaN(date.getTime())) return undefined
  const text = date.toISOString()
  return /^\d{4}-/.test(text) ? `${text.slice(0, 19)}Z` : undefined
}
