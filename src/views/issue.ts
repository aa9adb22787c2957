/** One issue of the newsletter, as a reader sees it. */
import { toInstant } from '#domain/clock.ts'
import type { Entry } from '#domain/catalog.ts'
import type { Issue } from '#domain/issue.ts'
import { isOld, viewDay, type DayView } from './age.ts'
import type { ContentsEntry } from './anchors.ts'
import { projectsOfIssue } from './issue-items.ts'
import { viewSections, type CorrectionView, type SectionView } from './issue-sections.ts'
import { linksTo, linkTo, publicIssues, type LinkView } from './links.ts'
import { viewPerson, type PersonView } from './person.ts'
import type { PublishingContext } from './publishing.ts'
import { waysToCorrectPage, type WaysToCorrect } from './ways-to-correct.ts'
import { counted, rangeInWords } from './words.ts'

/** An issue in a list, or beside another one. */
export interface IssueEntryView {
  id: string
  number: number
  title: string
  address: string
  day: DayView
  summary: string
}

export interface IssueView extends IssueEntryView {
  path: string
  ways: WaysToCorrect
  /** When it came out, UTC. */
  published: string
  /** When it came out or was last corrected, UTC. */
  updated: string
  /** The day of its newest correction. */
  corrected: DayView | undefined
  authors: PersonView[]
  words: number
  readingTime: string
  /** Whether what it reports was true long ago. */
  isOld: boolean
  sponsors: { name: string; address: string | undefined; disclosure: string }[]
  /** Corrections of the whole issue; those of a section stand with the section. */
  corrections: CorrectionView[]
  /** Sections with corrections of their own. */
  correctedSections: LinkView[]
  intro: string
  sections: SectionView[]
  /** The sections as a list; empty where there is only one. */
  contents: ContentsEntry[]
  projects: LinkView[]
  events: (LinkView & { when: string })[]
  hardware: LinkView[]
  older: IssueEntryView | undefined
  newer: IssueEntryView | undefined
}

/** Without its neighbours. */
export type IssueAloneView = Omit<IssueView, 'older' | 'newer'>

const wordsPerMinute = 220

/** @param id  id of a public issue */
export function viewIssue(id: string, context: PublishingContext): IssueView {
  const issues = publicIssues(context)
  const index = issues.findIndex((issue) => issue.id === id)
  const issue = issues[index]
  if (!issue) throw new Error(`Issue \`${id}\` is not public.`)
  const [newer, older] = [issues[index - 1], issues[index + 1]]
  return {
    ...viewIssueAlone(issue, context),
    newer: newer && viewIssueEntry(newer, context),
    older: older && viewIssueEntry(older, context),
  }
}

/** An issue without its neighbours. Its page, its topics and several feeds ask for it: each build makes it once. */
export function viewIssueAlone(issue: Entry<Issue>, context: PublishingContext): IssueAloneView {
  let views = viewsOfBuild.get(context)
  if (!views) viewsOfBuild.set(context, (views = new Map()))
  const view = views.get(issue.id) ?? makeIssueAlone(issue, context)
  views.set(issue.id, view)
  return view
}

const viewsOfBuild = new WeakMap<PublishingContext, Map<string, IssueAloneView>>()

function makeIssueAlone(issue: Entry<Issue>, context: PublishingContext): IssueAloneView {
  const { id, data, body } = issue
  const { catalog } = context
  const text = context.markdown(body)
  const { sections, corrections } = viewSections(issue, text, context)
  const newest = data.errata.reduce((day, { date }) => (date > day ? date : day), '')
  const published = publishedAt(data)
  const words = sections.flatMap(({ items }) => items).reduce((sum, item) => sum + item.words, text.words)
  return {
    ...viewIssueEntry(issue, context),
    path: `/issues/${id}/`,
    ways: waysToCorrectPage(data.title, `/issues/${id}/`, issue.file, context),
    published,
    updated: updatedAt(published, data.errata),
    corrected: newest === '' ? undefined : viewDay(newest, context.asOf),
    authors: data.authors.map((author) => viewPerson(author, context)),
    words,
    readingTime: counted(Math.max(1, Math.ceil(words / wordsPerMinute)), 'minute'),
    isOld: isOld(data.date.slice(0, 10), context.asOf),
    sponsors: data.sponsors.map(({ name, link, disclosure }) => ({ name, address: link, disclosure })),
    corrections,
    correctedSections: sections
      .filter((section) => section.corrections.length > 0)
      .map((section) => ({ label: section.title, address: `#${section.id}` })),
    intro: text.intro,
    sections,
    contents:
      sections.length > 1
        ? sections.map((section) => ({ label: section.title, address: `#${section.id}`, parts: [] }))
        : [],
    projects: linksTo('project', projectsOfIssue(issue, context), context),
    events: data.events.map((event) => {
      const { start, end } = catalog.event.get(event)?.data ?? { start: '', end: undefined }
      return { ...linkTo('event', event, context), when: rangeInWords(start, end) }
    }),
    hardware: linksTo('hardware', data.hardware, context),
  }
}

export function viewIssueEntry({ id, data }: Entry<Issue>, { addressOf, asOf }: PublishingContext): IssueEntryView {
  const { number, title, date, summary } = data
  return {
    id,
    number,
    title,
    address: addressOf(`/issues/${id}/`),
    day: { ...viewDay(date.slice(0, 10), asOf), datetime: date },
    summary,
  }
}

/** When readers could first have it: its day, or what it waited for. */
export function publishedAt({ date, publishAt }: Issue): string {
  const [day, wait] = [instantOf(date), publishAt === undefined ? '' : instantOf(publishAt)]
  return wait > day ? wait : day
}

/**
 * When it last said something else, after corrections of these days. Each one is later than what was there before, also the second one of
 * a day: readers of feeds see by it that there is something to read again.
 */
export function updatedAt(published: string, corrections: readonly { date: string }[]): string {
  const days = corrections.map(({ date }) => date).sort()
  return days.reduce((before, day) => {
    const noon = instantOf(day)
    return noon > before ? noon : toInstant(Date.parse(before) + 1000)
  }, published)
}

/** The instant of a day or an instant, UTC. A day without a time means its noon, so that it is that day almost everywhere. */
export function instantOf(dayOrInstant: string): string {
  return toInstant(Date.parse(dayOrInstant.length === 10 ? `${dayOrInstant}T12:00:00Z` : dayOrInstant))
}
