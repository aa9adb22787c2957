import { z } from 'zod'
import { Day, DayOrInstant } from './day.ts'
import { referenceTo } from './identifier.ts'
import { OldAddress, WebLink } from './link.ts'
import { Line, Phrase, Prose, WholeNumber } from './text.ts'

export const Sponsor = z.strictObject({
  name: Line(100),
  link: WebLink.optional(),
  disclosure: Phrase(200).describe('What a reader should know, as a sentence'),
})

export const Erratum = z.strictObject({
  date: Day.describe('When the correction was made'),
  text: Prose.describe('What was wrong, and what is right'),
  section: referenceTo('section').optional().describe('Section that it corrects'),
})
export type Erratum = z.infer<typeof Erratum>

export const IssueState = z.enum(['draft', 'published', 'withdrawn'])

/** Sections that `draft` writes from the matrix: what changed in it, and what it would like to know. */
export const sectionsOfMatrix: ReadonlySet<string> = new Set(['what-changed', 'help-wanted'])

/** A newsletter issue. Its body has one `##` heading a section. */
export const Issue = z.strictObject({
  number: WholeNumber.describe('Number of the issue; the file is named after it: `0001.md`'),
  title: Phrase(120).describe('Title, without its number'),
  date: DayOrInstant.describe('Day of the issue'),
  authors: z
    .array(referenceTo('person'))
    .min(1, 'at least one author')
    .max(20)
    .describe('Who wrote it: ids of people.yml'),
  summary: Phrase(300).describe('What is in it, for feeds and previews'),
  state: IssueState.describe('`draft` and `withdrawn` issues are on no page and in no feed'),
  publishAt: DayOrInstant.optional().describe('Not public before this day or instant'),
  sponsors: z.array(Sponsor).max(10).default([]).describe('Who paid for it; shown with the disclosure'),
  sections: z.array(referenceTo('section')).max(40).default([]).describe('Sections it has, in their order'),
  projects: z.array(referenceTo('project')).max(200).default([]).describe('Projects that it speaks of'),
  events: z.array(referenceTo('event')).max(50).default([]).describe('Events that it speaks of'),
  hardware: z.array(referenceTo('hardware')).max(50).default([]).describe('Machines that it speaks of'),
  errata: z.array(Erratum).max(50).default([]).describe('Corrections made after it was published'),
  aliases: z.array(OldAddress).max(20).default([]).describe('Old addresses of the issue'),
})
export type Issue = z.infer<typeof Issue>

/** One piece of news, before or after it is in an issue. Its body has at most 120 words. */
export const Item = z.strictObject({
  title: Phrase(120).describe('What happened, as a headline'),
  link: WebLink.describe('What the item is about'),
  date: Day.describe('When the linked thing happened or was written'),
  section: referenceTo('section').describe('Section of the newsletter that it belongs to: an id of site.yml'),
  projects: z.array(referenceTo('project')).max(50).default([]).describe('Projects that it speaks of'),
  architectures: z.array(referenceTo('architecture')).max(32).default([]).describe('Architectures that it speaks of'),
  issue: referenceTo('issue').optional().describe('Number of the issue that took it in: `0004`'),
  by: Line(120).optional().describe('Who sent it: an id of people.yml, or a name'),
})
export type Item = z.infer<typeof Item>

/**
 * Whether an issue is public at an instant. Every output asks this one predicate: page, feed,
 * search, sitemap, mail.
 * @param asOf ISO instant, UTC
 */
export function isPublic(issue: Issue, asOf: string): boolean {
  if (issue.state !== 'published') return false
  return Date.parse(issue.publishAt ?? issue.date) <= Date.parse(asOf)
}
