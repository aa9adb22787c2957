/** One issue of the newsletter, as a mail. It is the same on whichever day it is made, once the issue is public. */
import type { Entry } from '#domain/catalog.ts'
import { isPublic, type Issue } from '#domain/issue.ts'
import { compareText } from '#domain/problem.ts'
import { idOfIssue } from './entry-id.ts'
import { itemInFeed } from './feed-content.ts'
import type { CorrectionView } from './issue-sections.ts'
import { viewIssueAlone } from './issue.ts'
import { linkTo } from './links.ts'
import { domainOfTag, messageIdOfTag } from './message-id.ts'
import { htmlForMail } from './portable-html.ts'
import type { PublishingContext } from './publishing.ts'
import type { PersonView } from './person.ts'
import { dayInWords } from './words.ts'

export interface MailSectionView {
  /** Empty for what stands before the first heading. */
  title: string
  /** Its place on the site. */
  address: string
  html: string
  corrections: MailCorrectionView[]
}

export interface MailCorrectionView {
  day: string
  html: string
}

/** A correction as it was written. */
export interface WrittenCorrection {
  day: string
  /** Id of the section that it corrects. */
  section: string | undefined
  sectionName: string | undefined
  markdown: string
}

/** The items of a section, as they were written. */
export interface WrittenSection {
  id: string
  title: string
  items: { title: string; link: string; source: string; markdown: string }[]
}

/** What a mail says about itself. */
export interface MailHeadersView {
  subject: string
  from: { name: string; address: string }
  replyTo: string | undefined
  to: string
  messageId: string
  /** ISO instant, UTC. */
  date: string
  language: string
  listId: string
  archive: string
  unsubscribe: string
}

export interface MailView {
  /** Id of the issue, and the name of its files: `0001`. */
  id: string
  headers: MailHeadersView
  siteTitle: string
  siteAddress: string
  title: string
  /** Shown in lists of mails, beside the subject. */
  summary: string
  day: string
  authors: PersonView[]
  /** Where it can be read on the site. */
  address: string
  sponsors: { name: string; address: string | undefined; disclosure: string }[]
  corrections: MailCorrectionView[]
  sections: MailSectionView[]
  postalAddress: string | undefined
  /** The text as it was written, and its corrections, the newest first. */
  markdown: string
  /** The items that stand in it, section by section. */
  writtenSections: WrittenSection[]
  writtenCorrections: WrittenCorrection[]
  isDraft: boolean
  /** Keys of `mail` in site.yml that are missing, so that something that nobody owns stands in their place. */
  placeholders: ('from' | 'to' | 'unsubscribe')[]
}

export interface MailPaths {
  html: string
  text: string
  message: string
}

/** Where a build writes the mail of an issue. */
export function mailPaths(id: string): MailPaths {
  return { html: `/mail/${id}/index.html`, text: `/mail/${id}/index.txt`, message: `/mail/${id}/${id}.eml` }
}

// Names that nobody can own (RFC 2606): a mail that is sent with them by mistake reaches nobody.
const placeholder = {
  from: 'newsletter@unnamed.invalid',
  to: 'subscribers@unnamed.invalid',
  unsubscribe: 'https://unnamed.invalid/unsubscribe',
}

export function viewMail(issue: Entry<Issue>, context: PublishingContext): MailView {
  const { site } = context.catalog
  const view = viewIssueAlone(issue, context)
  const address = context.absoluteAddressOf(view.path)
  const isDraft = !isPublic(issue.data, context.asOf)
  const mail = site.mail ?? { flavours: {} }
  const tag = idOfIssue(issue.id, context.catalog)
  const portable = (html: string) => htmlForMail(html, address)
  const corrections = (all: readonly CorrectionView[]) =>
    all.map(({ day, section, html }) => ({
      day: section === undefined ? day.words : `${day.words}, ${section}`,
      html: portable(html),
    }))
  return {
    id: issue.id,
    headers: {
      subject: isDraft ? `[draft] ${view.title}` : view.title,
      from: { name: mail.name ?? site.title, address: mail.from ?? placeholder.from },
      replyTo: mail.replyTo,
      to: mail.to ?? placeholder.to,
      // Mail programs keep one mail of an id: the issue must not vanish because a draft of it came before.
      messageId: messageIdOfTag(isDraft ? `${tag}/draft` : tag),
      date: view.published,
      language: site.language,
      listId: mail.listId ?? `newsletter.${domainOfTag(tag)}`,
      archive: context.absoluteAddressOf('/issues/'),
      unsubscribe: mail.unsubscribe ?? placeholder.unsubscribe,
    },
    siteTitle: site.title,
    siteAddress: context.absoluteAddressOf('/'),
    title: view.title,
    summary: view.summary,
    day: view.day.words,
    authors: view.authors,
    address,
    sponsors: view.sponsors,
    corrections: corrections(view.corrections),
    sections: [
      { title: '', address, html: portable(view.intro), corrections: [] },
      ...view.sections.map((section) => ({
        title: section.title,
        address: `${address}#${section.id}`,
        html: portable(
          [section.html, ...section.items.map(itemInFeed), section.footnotes].filter((part) => part !== '').join('\n'),
        ),
        corrections: corrections(section.corrections),
      })),
    ].filter(({ title, html }) => title !== '' || html !== ''),
    postalAddress: mail.postalAddress,
    markdown: issue.body,
    writtenSections: view.sections
      .filter(({ items }) => items.length > 0)
      .map(({ id, title, items }) => ({
        id,
        title,
        items: items.map((item) => ({
          title: item.title,
          link: item.link,
          source: `${item.host}, ${item.day.words}`,
          markdown: context.catalog.item.get(item.id)?.body ?? '',
        })),
      })),
    writtenCorrections: [...issue.data.errata]
      .sort((a, b) => compareText(b.date, a.date))
      .map(({ date, section, text }) => ({
        day: dayInWords(date),
        section,
        sectionName: section === undefined ? undefined : linkTo('section', section, context).label,
        markdown: text,
      })),
    isDraft,
    placeholders: (['from', 'to', 'unsubscribe'] as const).filter((key) => mail[key] === undefined),
  }
}
