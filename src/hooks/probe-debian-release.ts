/** The Release file of a suite: the signed list of its indexes. apt has checked the signature. */
import { toUtcSeconds } from '#ingest/instant.ts'
import { stanzasOf } from './deb822.ts'

export interface Release {
  /** Name of the suite that does not move: `bookworm`, whichever is stable. */
  codename: string
  /** When it was made, in whole seconds, UTC. */
  date: string
  ports: ReadonlySet<string>
  /** SHA-256 of each index, by its path below the suite: `main/binary-arm64/Packages`. */
  digestOf: ReadonlyMap<string, string>
}

const codenamePattern = /^[a-z][a-z0-9-]{0,39}$/

/** Undefined where it does not say what every Release file says. */
export function parseRelease(text: string): Release | undefined {
  // The signature stands around it in the same file, as stanzas of its own.
  for (const { fields } of stanzasOf(text, ['Codename', 'Date', 'Architectures', 'SHA256'])) {
    const codename = fields.get('Codename')
    const date = instantOf(fields.get('Date') ?? '')
    if (codename === undefined || !codenamePattern.test(codename) || date === undefined) continue
    const digestOf = new Map<string, string>()
    for (const line of (fields.get('SHA256') ?? '').split('\n')) {
      const [, digest, path] = /^\s*([0-9a-f]{64})\s+\d+\s+(\S+)$/.exec(line) ?? []
      if (digest !== undefined && path !== undefined) digestOf.set(path, digest)
    }
    return { codename, date, ports: new Set((fields.get('Architectures') ?? '').split(/\s+/)), digestOf }
  }
  return undefined
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Sat, 11 Jul 2026 10:16:37 UTC` */
function instantOf(date: string): string | undefined {
  const match =
    /^[A-Z][a-z]{2}, +(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) +(\d{1,2}):(\d{2}):(\d{2}) (?:UTC|GMT|\+0000)$/.exec(date)
  const [, day = '', month = '', year = '', hour = '', minute = '', second = ''] = match ?? []
  const number = months.indexOf(month) + 1
  if (number === 0) return undefined
  const padded = (digits: string) => digits.padStart(2, '0')
  return toUtcSeconds(`${year}-${padded(String(number))}-${padded(day)}T${padded(hour)}:${minute}:${second}Z`)
}
