/** What to write instead of a value that has not the right form. */
import { repositoryIn } from '#domain/ci-provider.ts'
import { isRealDay } from '#domain/day.ts'
import { hasCredentials, Link } from '#domain/link.ts'
import { parseBasePath } from '#domain/site-address.ts'
import { withoutUnseen } from '#domain/text.ts'
import { meant, shorten, suggestId, type Fix } from './problems.ts'
import type { YamlValue } from './yaml.ts'

/**
 * Never the value that was refused.
 * @param expected what would have been right, as a noun phrase
 */
export function adviseOnValue(
  code: string,
  value: YamlValue,
  expected: string,
  path: readonly PropertyKey[] = [],
): Fix {
  if (typeof value !== 'string') return { text: code === 'too-long' ? 'remove some of them' : `write ${expected}` }
  const advice = adviseOnText(code, value, expected, path)
  return advice.change?.kind === 'write' && advice.change.text === value ? { text: `write ${expected}` } : advice
}

function adviseOnText(code: string, value: string, expected: string, path: readonly PropertyKey[]): Fix {
  switch (code) {
    case 'bad-id':
      return idLike(value)
    case 'bad-link':
      return adviseOnLink(value, expected)
    case 'date-not-real':
      return adviseOnDay(value, expected, path[0] === 'claims')
    case 'bad-pattern':
      return { text: 'try it with `grep -E`; a character that is meant as itself stands in brackets: `[(]`' }
    case 'end-before-start':
      return { text: 'correct one of the two days' }
    case 'control-character':
      return { text: 'remove the character', change: { kind: 'write', text: withoutUnseen(value) } }
    case 'too-long':
      return {
        text: /^\S+$/.test(value) ? 'shorten it' : 'shorten it; what is longer belongs into the text of the page',
      }
    default:
      if (expected.startsWith('an id')) return idLike(value)
      if (expected.startsWith('a repository')) return adviseOnRepository(value, expected)
      if (!expected.startsWith('a single line')) return { text: `write ${expected}` }
      return { text: 'join the lines', change: { kind: 'write', text: value.replace(/\s+/g, ' ').trim() } }
  }
}

function adviseOnRepository(value: string, expected: string): Fix {
  const repository = repositoryIn(value, expected)
  return repository === undefined ? { text: `write ${expected}` } : meant(repository)
}

function idLike(value: string): Fix {
  const id = suggestId(value)
  return { text: `write an id such as \`${id}\``, change: { kind: 'write', text: id } }
}

/** @param expected names a path of this site where one may be written */
export function adviseOnLink(link: string, expected: string): Fix {
  if (hasCredentials(link)) return { text: 'write the address of the page itself, without `@` before its host' }
  if (expected.includes('host alone')) return adviseOnHost(link)
  const near = nearLink(link, expected)
  if (near !== undefined && near !== link && Link.safeParse(near).success) return meant(near)
  if (/^mailto:/i.test(link)) return { text: 'write the address as words: `name at example.org`' }
  if (/^https?:\/\/[^\s\\<>"]+$/.test(link)) {
    return { text: 'correct its host: a name of letters, digits, hyphens and dots, such as `example.org`' }
  }
  if (!expected.includes('path of this site')) return { text: 'write the full address, beginning with `https://`' }
  return {
    text: 'write the full address, beginning with `https://`, or the path of a page of this site: `/notes/page-size/`',
  }
}

/** The path below a host is said elsewhere, so that one content can be published at several. */
function adviseOnHost(link: string): Fix {
  const url = URL.parse(link)
  if (!url || !Link.safeParse(url.origin).success) {
    return { text: 'write the address of the host alone, such as `https://example.org`' }
  }
  const path = url.pathname.replace(/\/+$/, '')
  const below = parseBasePath(path) === undefined || path === '' ? '' : `, and build with \`BASE_PATH=${path}\``
  return { text: `write \`${shorten(url.origin)}\`${below}`, change: { kind: 'write', text: url.origin } }
}

/** What nobody sees in an address was not meant to be in it. */
const unseen = /[\p{Cc}\p{Cf}]/gu

function nearLink(link: string, expected: string): string | undefined {
  // As Markdown has it.
  const [, marked] = /^(?:\[[^\]]*\]\(|<)(https?:\/\/[^\s<>()]+)[)>]$/.exec(link) ?? []
  if (marked !== undefined) return marked
  if (/^[\w.-]+\.[a-z]{2,}([/?#]\S*|)$/i.test(link)) return `https://${link}`
  if (/^\/\/[\w.-]+\S*$/.test(link)) return `https:${link}`
  // Several lines, or a heading of a form, are no address with a space in it.
  const isOneAddress = !/#{2,}|[\r\n]/.test(link.trim())
  const [, host, path] = /^(https?:\/\/[^\s\\<>"/?#]+)([/?#].*)$/i.exec(link.trim()) ?? []
  if (isOneAddress && host !== undefined && path !== undefined) {
    const seen = path.replace(unseen, '').replace(/\s+/g, '%20')
    const clean = host + seen.replace(/[\\<>"]/g, encodeURIComponent)
    if (clean !== link) return clean
  }
  const [, rest] = /^(?!javascript|data|file)[a-z]{3,10}:\/\/?([\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?)$/i.exec(link) ?? []
  if (rest !== undefined) return `https://${rest}`
  if (expected.includes('path of this site') && /^[a-z]+\/[a-z0-9-]+\/?$/.test(link))
    return `/${link.replace(/\/$/, '')}/`
  return undefined
}

function adviseOnDay(text: string, expected: string, isClaim: boolean): Fix {
  if (expected.includes('offset') && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)) {
    return { text: `add the offset: \`${text}Z\` where the time is UTC`, change: { kind: 'write', text: `${text}Z` } }
  }
  const [, year, month, day] = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)/.exec(text) ?? []
  const parts = [year, month?.padStart(2, '0'), day?.padStart(2, '0')]
  const suggestion = parts.filter((part) => part !== undefined).join('-')
  const isWhole = suggestion.length === 10
  if (isRealDay(suggestion) && suggestion !== text && (isWhole || expected.includes('a month'))) {
    return meant(suggestion)
  }
  return { text: isClaim ? 'write the day on which the linked source said it' : `write ${expected}` }
}
