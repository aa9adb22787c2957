/** What went wrong between a database and us, in words for the operator and without the password. */
import pg from 'pg'
import { NoStore } from './no-store.ts'

/** Where a database is, as it may be shown. */
export interface Shown {
  address: string
  password: string | undefined
}

/** @returns undefined where the error is a mistake of ours, which is not to be explained away */
export function noStore(error: unknown, { address, password }: Shown): NoStore | undefined {
  if (error instanceof NoStore) return error
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) return undefined
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === '' && !clientsOwn.test(error.message)) return undefined
  // Node.js answers with several errors and no message where a name has several addresses.
  const said = oneLine(withoutPassword(error.message, password)) || code
  return new NoStore(`The evidence store at ${address} ${explanation(code, error)}: ${said}.`)
}

/** Errors of `pg` itself have no code, only sentences. */
const clientsOwn =
  /^(?:Connection terminated|timeout |Query read timeout|Client (?:has encountered|was closed)|SASL|The server does not support|Received unexpected|Cannot use a pool)/

function explanation(code: string, error: Error): string {
  if (error.message.includes('password must be a')) return 'wants a password, and was given none'
  if (code.startsWith('28') || error.message.startsWith('SASL')) return 'refused the user or the password'
  switch (code) {
    case '3D000':
      return 'has no database of that name; `createdb` makes one'
    case '42501':
      return 'does not let this user do that'
    case '25006':
      return 'only lets itself be read'
    case '53100':
      return 'has no room left'
    case '55P03':
    case '57014':
      return 'took too long, and was told to stop; send the same records again'
    case '40P01':
    case '40001':
      return 'could not do that beside what others did; send the same records again'
    default:
      break
  }
  if (error instanceof pg.DatabaseError && !/^(?:08|53|57)/.test(code)) return 'did not do what it was asked'
  return 'cannot be reached, or went away; what was sent can be sent again'
}

/** The server wrote it, and who knows who else before. */
function oneLine(message: string): string {
  return message.slice(0, 300).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
}

function withoutPassword(message: string, password: string | undefined): string {
  if (password === undefined || password === '') return message
  return [password, encodeURIComponent(password)].reduce((text, secret) => text.replaceAll(secret, '…'), message)
}
