/**
 * Services that send a mail to its subscribers, and their words for what differs from one subscriber to the next. A site
 * adds others in `mail.flavours` of site.yml. docs/mail.md has the source of each tag.
 */
import type { Flavour } from '#domain/mail.ts'

export const flavours: Readonly<Record<string, Flavour>> = {
  buttondown: { unsubscribe: '{{ unsubscribe_url }}' },
  listmonk: { unsubscribe: '{{ UnsubscribeURL }}' },
  mailchimp: { unsubscribe: '*|UNSUB|*', postalAddress: '*|HTML:LIST_ADDRESS_HTML|*' },
}
