/** The mail of every public issue, as outputs. */
import { parseWithHeadingIds } from '#catalog/markdown.ts'
import { serializeMail, type Mail } from '#feeds/mail.ts'
import { publicIssues } from '#views/links.ts'
import { mailPaths, viewMail } from '#views/mail.ts'
import type { PublishingContext } from '#views/publishing.ts'
import type { Output } from './outputs.ts'

export function* mailOutputs(context: PublishingContext): Generator<Output> {
  const { absoluteAddressOf } = context
  for (const issue of publicIssues(context)) {
    let made: Promise<Mail> | undefined
    const mail = () =>
      (made ??= serializeMail(viewMail(issue, context), {
        parse: parseWithHeadingIds,
        absoluteAddressOf,
        deadLinks: context.catalog.deadLinks,
      }))
    const paths = mailPaths(issue.id)
    yield { path: paths.html, content: async () => (await mail()).html }
    yield { path: paths.text, content: async () => (await mail()).text }
    yield { path: paths.message, content: async () => (await mail()).message }
  }
}
