/** The mail of every public issue, as outputs. */
import { parseWithHeadingIds } from '#catalog/markdown.ts'
import type { Mail } from '#feeds/mail.ts'
import { publicIssues } from '#views/links.ts'
import { mailPaths, viewMail } from '#views/mail.ts'
import type { PublishingContext } from '#views/publishing.ts'
import { keyOfShown } from './keys.ts'
import type { Output } from './outputs.ts'

export function* mailOutputs(context: PublishingContext): Generator<Output> {
  const { absoluteAddressOf } = context
  for (const issue of publicIssues(context)) {
    let made: Promise<Mail> | undefined
    const mail = () => (made ??= make())
    const make = async () => {
      // Loaded with the first mail that has to be made: what it rests on takes longer than many a build.
      const { serializeMail } = await import('#feeds/mail.ts')
      return serializeMail(viewMail(issue, context), {
        parse: parseWithHeadingIds,
        absoluteAddressOf,
        deadLinks: context.catalog.deadLinks,
      })
    }
    const paths = mailPaths(issue.id)
    // A mail says nothing of today: no status is in it but those that its issue names.
    const key = keyOfShown(['mail', issue.id])
    yield { path: paths.html, content: async () => (await mail()).html, key }
    yield { path: paths.text, content: async () => (await mail()).text, key }
    yield { path: paths.message, content: async () => (await mail()).message, key }
  }
}
