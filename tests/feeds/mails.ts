/** Mails to test with. It knows no test runner: a child process uses it too. */
import { parseWithHeadingIds } from '#catalog/markdown.ts'
import type { Flavour } from '#domain/mail.ts'
import { serializeMailHtml } from '#feeds/mail-html.ts'
import { serializeMailText } from '#feeds/mail-text.ts'
import { serializeMail, type Mail } from '#feeds/mail.ts'
import { viewMail, type MailView } from '#views/mail.ts'
import type { PublishingContext } from '#views/publishing.ts'
import { issueFile, newsletterContext, type Place } from './newsletter.ts'

export const toolsOf = ({ absoluteAddressOf, catalog }: PublishingContext) => ({
  parse: parseWithHeadingIds,
  absoluteAddressOf,
  deadLinks: catalog.deadLinks,
})

/** The mail of an issue, of the first one where no other is asked for. */
export function mailViewOf(files: Record<string, string>, id = '0001', place: Place = {}): MailView {
  const context = newsletterContext(files, place)
  const issue = context.catalog.issue.get(id)
  if (!issue) throw new Error(`no issue ${id}`)
  return viewMail(issue, context)
}

export async function mailOf(files: Record<string, string>, id = '0001', place: Place = {}): Promise<Mail> {
  return serializeMail(mailViewOf(files, id, place), toolsOf(newsletterContext(files, place)))
}

export function textOf(body: string, changes: Record<string, string> = {}): string {
  const files = { 'issues/0001.md': issueFile(changes, body) }
  return serializeMailText(mailViewOf(files), toolsOf(newsletterContext(files)))
}

export function htmlOf(body: string, changes: Record<string, string> = {}, flavour?: Flavour): string {
  return serializeMailHtml(mailViewOf({ 'issues/0001.md': issueFile(changes, body) }), flavour).html
}

/** The lines of a text between its introduction and its links, notes and end. */
export function linesOf(body: string): string[] {
  const lines = textOf(body).split('\n')
  const end = ['Notes', 'Links', '* * *'].flatMap((line) => (lines.includes(line) ? [lines.lastIndexOf(line)] : []))
  return lines.slice(lines.indexOf('What happened.') + 2, Math.min(...end) - 1)
}
