/** The mail of every public issue, as outputs. */
import { parseWithHeadingIds } from '#catalog/markdown.ts'
import type { Mail } from '#feeds/mail.ts'
import { publicIssues } from '#views/links.ts'
import { mailPaths, viewMail, type MailView } from '#views/mail.ts'
import type { PublishingContext } from '#views/publishing.ts'
import { keyOfShown } from './keys.ts'
import type { Output } from './outputs.ts'

export function* mailOutputs(context: PublishingContext): Generator<Output> {
  const { absoluteAddressOf } = context
  const { deadLinks } = context.catalog
  const surroundings = JSON.stringify([absoluteAddressOf('/'), [...deadLinks]])
  for (const issue of publicIssues(context)) {
    let viewed: MailView | undefined
    let made: Promise<Mail> | undefined
    const view = () => (viewed ??= viewMail(issue, context))
    const make = async () => {
      // Nothing of it is loaded where all mails were kept.
      const { serializeMail } = await import('#feeds/mail.ts')
      return serializeMail(view(), { parse: parseWithHeadingIds, absoluteAddressOf, deadLinks })
    }
    const mail = () => (made ??= make())
    const madeFrom = () => `${surroundings}\n${JSON.stringify(view())}`
    const paths = mailPaths(issue.id)
    // A mail says nothing of today: no status is in it but those that its issue names.
    const key = keyOfShown(['mail', issue.id])
    yield { path: paths.html, content: async () => (await mail()).html, madeFrom, key }
    yield { path: paths.text, content: async () => (await mail()).text, madeFrom, key }
    yield { path: paths.message, content: async () => (await mail()).message, madeFrom, key }
  }
}
