/** What becomes of the address of a link. */
import { hasCredentials, isOwnPath } from '#domain/link.ts'
import type { PreparedText } from './prepared-text.ts'
import type { Report } from './report.ts'

export interface LinkContext {
  text: PreparedText
  report: Report
  /** Address of the old page, from which relative addresses go on. */
  base?: string | undefined
  /** Whether a path is one of a page of ours. */
  isOwnPage: (path: string) => boolean
}

/** What becomes of an address. */
type Fate =
  | { kind: 'kept' }
  | { kind: 'changed'; url: string; why: string }
  | { kind: 'mail'; words: string }
  | { kind: 'shown' | 'removed'; why: string }

export function fateOf(url: string, { base, isOwnPage }: LinkContext): Fate {
  if (hasCredentials(url)) return { kind: 'removed', why: 'it has a name or a password before its host' }
  if (/^https?:\/\/[^\s/]/i.test(url) || url.startsWith('#')) return { kind: 'kept' }
  if (isOwnPath(url) && isOwnPage(url)) return { kind: 'kept' }
  if (/^mailto:/i.test(url)) return { kind: 'mail', words: mailInWords(url) }
  if (/^\/\/[\w-]+\./.test(url)) return { kind: 'changed', url: `https:${url}`, why: 'it has no scheme' }
  if (
    /^(?:www\.[\w-]+\.|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|dev|edu|gov|de|uk|fr|eu|info)(?:[/?#:]|$))/i.test(url)
  ) {
    return { kind: 'changed', url: `https://${url}`, why: 'it has no scheme' }
  }
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase()
  if (scheme !== undefined) {
    const isShown = [
      'ftp',
      'ftps',
      'irc',
      'ircs',
      'git',
      'svn',
      'ssh',
      'news',
      'gopher',
      'xmpp',
      'sip',
      'tel',
    ].includes(scheme)
    return { kind: isShown ? 'shown' : 'removed', why: `its scheme is \`${scheme}\`` }
  }
  if (base !== undefined && url !== '') {
    const resolved = URL.parse(url, base)
    if (resolved) return { kind: 'changed', url: resolved.href, why: 'it began at the old page' }
  }
  return { kind: 'removed', why: 'no page of this site is there' }
}

/** `mailto:ed@example.org` as `ed at example.org`. */
function mailInWords(url: string): string {
  const [address = ''] = decoded(url.replace(/^mailto:/i, '')).split('?', 1)
  return address.replace('@', ' at ')
}

export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
