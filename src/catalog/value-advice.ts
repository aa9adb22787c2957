/** What to write instead of a value that has not the right form. */
import { isRealDay } from '#domain/day.ts'
import { shorten, suggestId } from './problems.ts'
import type { YamlValue } from './yaml.ts'

/** @param expected what would have been right, as a noun phrase */
export function adviseOnValue(
  code: string,
  value: YamlValue,
  expected: string,
  path: readonly PropertyKey[] = [],
): string {
  if (typeof value !== 'string') return code === 'too-long' ? 'remove some of them' : `write ${expected}`
  switch (code) {
    case 'bad-id':
      return `write an id such as \`${suggestId(value)}\``
    case 'bad-link':
      return adviseOnLink(value, expected)
    case 'date-not-real':
      return adviseOnDay(value, expected, path[0] === 'claims')
    case 'end-before-start':
      return 'correct one of the two days'
    case 'too-long':
      return /^\S+$/.test(value) ? 'shorten it' : 'shorten it; what is longer belongs into the text of the page'
    default:
      if (expected.startsWith('an id')) return `write an id such as \`${suggestId(value)}\``
      return expected.startsWith('a single line') ? 'join the lines' : `write ${expected}`
  }
}

/** @param expected names a path of this site where one may be written */
export function adviseOnLink(link: string, expected: string): string {
  if (/^mailto:/i.test(link)) return 'write the address as words: `name at example.org`'
  if (/^[\w.-]+\.[a-z]{2,}([/?#]|$)/i.test(link)) return `did you mean \`https://${shorten(link)}\`?`
  if (/^\/\/[\w.-]+/.test(link)) return `did you mean \`https:${shorten(link)}\`?`
  if (/^https?:\/\/[^\\<>"]*\s[^\\<>"]*$/i.test(link)) return 'write spaces as `%20`'
  if (!expected.includes('path of this site')) return 'write the full address, beginning with `https://`'
  if (/^[a-z]+\/[a-z0-9-]+\/?$/.test(link)) return `did you mean \`/${link.replace(/\/$/, '')}/\`?`
  return 'write the full address, beginning with `https://`, or the path of a page of this site: `/notes/page-size/`'
}

function adviseOnDay(text: string, expected: string, isClaim: boolean): string {
  if (expected.includes('offset') && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)) {
    return `add the offset: \`${text}Z\` where the time is UTC`
  }
  const [, year, month, day] = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)/.exec(text) ?? []
  const parts = [year, month?.padStart(2, '0'), day?.padStart(2, '0')]
  const suggestion = parts.filter((part) => part !== undefined).join('-')
  const isWhole = suggestion.length === 10
  if (isRealDay(suggestion) && suggestion !== text && (isWhole || expected.includes('a month'))) {
    return `did you mean \`${suggestion}\`?`
  }
  return isClaim ? 'write the day on which the linked source said it' : `write ${expected}`
}
