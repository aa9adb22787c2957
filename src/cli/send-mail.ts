/** Hands a mail to a relay (SMTP), and says what became of it. */
import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Relay } from './smtp-relay.ts'

export interface Envelope {
  from: string
  to: readonly string[]
}

export type Delivery =
  | { outcome: 'taken'; accepted: string[]; refused: string[]; answer: string }
  /** It is not known whether the relay has it: the connection broke after the last byte. */
  | { outcome: 'unknown'; reason: string }
  | { outcome: 'not-sent'; reason: string }

/** Never throws, and ends: at the latest when the time is over. */
export function sendMail(
  message: Uint8Array,
  { from, to }: Envelope,
  relay: Relay,
  timeoutSeconds: number,
): Promise<Delivery> {
  const milliseconds = timeoutSeconds * 1000
  const connection = new SMTPConnection({
    host: relay.host,
    port: relay.port,
    secure: relay.startsWithTls,
    requireTLS: !relay.isTrustedWay,
    opportunisticTLS: relay.isTrustedWay,
    tls: { rejectUnauthorized: !relay.isTrustedWay },
    // What EHLO says. The name of this machine is nobody's business.
    name: '[127.0.0.1]',
    connectionTimeout: milliseconds,
    greetingTimeout: milliseconds,
    socketTimeout: milliseconds,
    dnsTimeout: milliseconds,
    socketCloseTimeout: 0,
    maxResponseSize: 64 * 1024,
  })
  return new Promise((done) => {
    // The relay can have the mail only after its last byte was read.
    let isHandedOver = false
    const end = (delivery: Delivery) => {
      clearTimeout(timer)
      connection.close()
      done(delivery)
    }
    const fail = (error: SMTPConnection.SMTPError) => {
      const isAnswered = error.responseCode !== undefined
      end({ outcome: isHandedOver && !isAnswered ? 'unknown' : 'not-sent', reason: reasonOf(error, relay) })
    }
    // A relay that says one byte now and then is never silent for long.
    const timer = setTimeout(() => {
      fail(Object.assign(new Error(`it did not finish within ${timeoutSeconds} seconds`), { code: 'ETIMEDOUT' }))
    }, milliseconds)
    const send = () => {
      const body = Readable.from([Buffer.from(message)], { objectMode: false })
      body.once('end', () => {
        isHandedOver = true
      })
      connection.send({ from, to: [...to], size: message.length }, body, (error, info) => {
        if (error ?? !info) {
          fail(error ?? new Error('it gave no answer'))
          return
        }
        end({ outcome: 'taken', accepted: info.accepted, refused: info.rejected, answer: shown(info.response, relay) })
      })
    }
    connection.on('error', fail)
    connection.connect((error) => {
      if (error) {
        fail(error)
      } else if (relay.login) {
        const { user, password } = relay.login
        connection.login({ user, pass: password, credentials: { user, pass: password } }, (refusal) => {
          if (refusal) fail(refusal)
          else send()
        })
      } else {
        send()
      }
    })
  })
}

function reasonOf(error: SMTPConnection.SMTPError, relay: Relay): string {
  const said = error.response === undefined ? error.message : error.response
  switch (error.code) {
    case 'EAUTH':
      return `it refused the user or the password: ${shown(said, relay)}`
    case 'ETLS':
      return `a connection with TLS is not possible: ${shown(said, relay)}`
    default:
      return shown(said, relay)
  }
}

/** What a relay said, for a terminal: on one line, not long, and never a password that it repeats. */
function shown(text: string, { login }: Relay): string {
  const secrets = login
    ? [
        login.password,
        ...['', `\0${login.user}\0`].map((before) => Buffer.from(before + login.password).toString('base64')),
      ]
    : []
  return secrets
    .filter((secret) => secret !== '')
    .reduce((words, secret) => words.replaceAll(secret, '…'), text)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 300)
}
