/** A mail in all its forms. */
import type { MailView } from '#views/mail.ts'
import { serializeMailHtml } from './mail-html.ts'
import { serializeMessage } from './mail-message.ts'
import { serializeMailText, type TextTools } from './mail-text.ts'

export interface Mail {
  html: string
  /** Titles of the sections of which the HTML has only a summary. */
  collapsed: readonly string[]
  text: string
  /** Text and HTML as one message, ready to send. */
  message: Uint8Array
}

export async function serializeMail(view: MailView, tools: TextTools): Promise<Mail> {
  const { html, collapsed } = serializeMailHtml(view)
  const text = serializeMailText(view, tools)
  return { html, collapsed, text, message: await serializeMessage(view.headers, { text, html }) }
}
