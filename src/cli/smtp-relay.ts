/** The relay that takes mail: where it is, who we are to it, and how far the way there is trusted. */
import { CannotRun } from './world.ts'

export interface Relay {
  host: string
  port: number
  /** TLS from the first byte; otherwise the connection is upgraded (STARTTLS). */
  startsWithTls: boolean
  /** Whether mail may go without TLS, and a certificate may be anybody's. */
  isTrustedWay: boolean
  isHere: boolean
  login: { user: string; password: string } | undefined
}

/**
 * @param address  `smtp://user:password@host:port`, or `smtps:`. It may hold a password: no message repeats it
 * @param isTrusted  whether the operator trusts the network on the way there
 */
export function readRelay(
  address: string,
  isTrusted: boolean,
  environment: Readonly<Record<string, string | undefined>>,
): Relay {
  const url = URL.parse(address)
  const isPlain = url && /^[?#]?$/.test(url.search + url.hash) && /^\/?$/.test(url.pathname)
  if (!url || !isPlain || !/^smtps?:$/.test(url.protocol) || url.hostname === '') {
    throw new CannotRun(
      'Unexpected address after `--smtp`, expected one such as `smtp://mail.example.org:587` or `smtps://mail.example.org`.',
    )
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isHere = host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
  const startsWithTls = url.protocol === 'smtps:'
  const user = decoded(url.username) || environment.SMTP_USER || undefined
  const password = decoded(url.password) || environment.SMTP_PASSWORD || undefined
  if ((user === undefined) !== (password === undefined)) {
    throw new CannotRun(
      `Expected a user and a password for the relay, found the ${user === undefined ? 'password' : 'user'} alone: set SMTP_USER and SMTP_PASSWORD.`,
    )
  }
  if (user !== undefined && isTrusted && !isHere && !startsWithTls) {
    throw new CannotRun(
      'A password never goes to another machine without TLS: leave `--without-tls` out, or the password.',
    )
  }
  return {
    host,
    port: url.port === '' ? (startsWithTls ? 465 : isHere ? 25 : 587) : Number(url.port),
    startsWithTls,
    isTrustedWay: isHere || isTrusted,
    isHere,
    login: user !== undefined && password !== undefined ? { user, password } : undefined,
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new CannotRun('Unexpected `%` in the user or the password of the relay, expected it written as `%25`.')
  }
}
