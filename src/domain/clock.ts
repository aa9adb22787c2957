import { isRealDay } from './real-day.ts'

/**
 * The clock of a build: the instant that a text names, or undefined where it names none. A day
 * means its end, UTC; a number of nine digits or more means seconds since 1970. Shorter ones are
 * refused: `20261121` is somebody's day.
 */
export function parseClock(text: string): string | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return isRealDay(text) ? `${text}T23:59:59Z` : undefined
  if (/^\d{9,11}$/.test(text)) return toInstant(Number(text) * 1000)
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined
  if (!isRealDay(text.slice(0, 10))) return undefined
  const milliseconds = Date.parse(text)
  if (Number.isNaN(milliseconds)) return undefined
  const instant = toInstant(milliseconds)
  // An offset can lead out of the years that have four digits.
  return /^\d{4}-/.test(instant) ? instant : undefined
}

/** The clock that SOURCE_DATE_EPOCH names: seconds since 1970, however few. */
export function parseEpoch(text: string): string | undefined {
  return /^\d{1,11}$/.test(text) ? toInstant(Number(text) * 1000) : parseClock(text)
}

/** An instant in whole seconds, UTC: `2026-11-21T03:20:00Z`. */
export function toInstant(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}
