/** What a data sheet says of a thing: a name, and what it is. */
import type { DayView } from './age.ts'
import type { LinkView } from './links.ts'

export interface Fact {
  name: string
  /** Plain words. */
  text?: string
  /** Words to be typed or compared letter by letter. */
  codes?: readonly string[]
  links?: readonly LinkView[]
  day?: DayView
}

/** A row of links; none where there are no links. */
export function linkFact(name: string, links: readonly LinkView[]): Fact[] {
  return links.length === 0 ? [] : [{ name, links }]
}

/** A row of words; none where there are none. */
export function textFact(name: string, ...words: readonly (string | undefined)[]): Fact[] {
  const text = words.filter(Boolean).join(', ')
  return text === '' ? [] : [{ name, text }]
}

/** A row of words in the face for code; none where there are none. */
export function codeFact(name: string, ...words: readonly (string | undefined)[]): Fact[] {
  const codes = words.flatMap((word) => (word ? [word] : []))
  return codes.length === 0 ? [] : [{ name, codes }]
}
