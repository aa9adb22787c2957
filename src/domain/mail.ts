/** What a site says about its newsletter as mail. */
import { z } from 'zod'
import { Identifier } from './identifier.ts'
import { WebLink } from './link.ts'
import { Line } from './text.ts'

/** An address for mail, of the kind that every program reads the same way: no name, no quotation marks, no line breaks. */
export const MailAddress = z
  .email({ pattern: z.regexes.html5Email, error: 'an address for mail such as `news@example.org`' })
  .max(254, 'at most 254 characters')

/** What a mail service puts in place of these words. They are written into HTML as they are. */
const MergeTag = Line(200).refine((tag) => !/["<>]/.test(tag), 'a tag without quotation marks and angle brackets')

/** The tags of a service that sends the mail: its own words for what differs from subscriber to subscriber. */
export const Flavour = z.strictObject({
  unsubscribe: MergeTag.describe('Tag that becomes the address at which this subscriber unsubscribes'),
  postalAddress: MergeTag.optional().describe(
    'Tag that becomes the postal address of the sender, where the service asks for one',
  ),
})
export type Flavour = z.infer<typeof Flavour>

export const MailSettings = z.strictObject({
  from: MailAddress.optional().describe('Address that the newsletter comes from'),
  name: Line(80).optional().describe('Name beside that address; where it is missing, the title of the site'),
  replyTo: MailAddress.optional().describe('Address for answers, where it is another one'),
  to: MailAddress.optional().describe(
    'Address of the mailing list: `mail N --smtp` sends there unless `--to` says otherwise',
  ),
  listId: z
    .string()
    .regex(/^(?=.{3,200}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'an id such as `newsletter.example.org`')
    .optional()
    .describe('Id of the list (RFC 2919). It should never change: subscribers sort their mail by it'),
  unsubscribe: WebLink.max(500, 'at most 500 characters')
    .refine((link) => link.startsWith('https://'), {
      error: 'a link that starts with `https://`: mail programs ask no other (RFC 8058)',
      params: { code: 'bad-link' },
    })
    .optional()
    .describe('Where subscribers unsubscribe: a page for people that also takes the POST request of RFC 8058'),
  postalAddress: Line(200).optional().describe('Postal address of the sender, which some laws and services ask for'),
  flavours: z
    .record(Identifier, Flavour)
    .default({})
    .describe('Merge tags of services that `mail N --flavour` does not know by itself'),
})
export type MailSettings = z.infer<typeof MailSettings>
