/** A mail as a message (RFC 5322): its text and its HTML, with what mail programs and lists want to know. */
import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { MailHeadersView } from '#views/mail.ts'
import { withoutForbidden } from './readable.ts'

export interface MailParts {
  text: string
  html: string
}

/** The same bytes for the same mail: nothing in it is of the day or the machine on which it is made. */
export async function serializeMessage(headers: MailHeadersView, { text, html }: MailParts): Promise<Uint8Array> {
  const { from, replyTo, to, messageId, date, language, listId, archive, unsubscribe } = headers
  return new MailComposer({
    from,
    to,
    ...(replyTo === undefined ? {} : { replyTo }),
    subject: withoutForbidden(headers.subject),
    messageId,
    date: new Date(date),
    text,
    html,
    headers: {
      'Content-Language': language,
      'List-Id': `<${listId}>`,
      'List-Archive': `<${archive}>`,
      // RFC 8058: programs may show a button that unsubscribes by a POST request to this address.
      'List-Unsubscribe': `<${unsubscribe}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      // Nobody writes to this list but its editors (RFC 2369).
      'List-Post': 'NO',
    },
    baseBoundary: createHash('sha256').update(messageId).digest('hex').slice(0, 24),
    boundaryPrefix: '--part',
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
}
