/** Instants of entries of which only the day is known. */

/**
 * The instant that an entry says of its last change: in the hour after it was published, the same each time.
 * Many entries share a day and nobody knows their hour, but some readers keep only one entry of an instant.
 */
export function apart(published: string, id: string): string {
  let hash = 2166136261
  for (let index = 0; index < id.length; index += 1) hash = Math.imul(hash ^ id.charCodeAt(index), 16777619)
  const after = (hash >>> 0) % 3_600_000
  // What nearly all are, and what `Date` says of it.
  if (/T\d\d:00:00Z$/.test(published)) return `${published.slice(0, 14)}${minutes(after)}Z`
  return new Date(Date.parse(published) + after).toISOString()
}

function minutes(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  const parts = [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0'))
  return `${parts.join(':')}.${String(milliseconds % 1000).padStart(3, '0')}`
}
