/** Items: pieces of news, as an issue that took them in shows them. */
import { anchorOfItem } from '#domain/anchors.ts'
import type { Entry } from '#domain/catalog.ts'
import type { Item } from '#domain/issue.ts'
import { viewDay, type DayView } from './age.ts'
import { inColumnOrder } from './architecture-index.ts'
import { linksTo, type LinkView } from './links.ts'
import { viewPerson, type PersonView } from './person.ts'
import type { PublishingContext } from './publishing.ts'

export interface ItemView {
  id: string
  /** The id of its element in its issue. */
  anchor: string
  title: string
  link: string
  /** Where the link leads: `github.com`. */
  host: string
  day: DayView
  /** Where the page is gone: since when, and a copy of it. */
  gone: { since: DayView; archived: string | undefined } | undefined
  html: string
  words: number
  /** Who sent it, where that is told. */
  by: PersonView | undefined
  projects: LinkView[]
  architectures: LinkView[]
  projectIds: readonly string[]
  architectureIds: readonly string[]
}

export function viewItem({ id, data, body }: Entry<Item>, context: PublishingContext): ItemView {
  const dead = context.catalog.deadLinks.get(data.link)
  const { html, words } = context.markdown(body, `${anchorOfItem(id)}-`)
  return {
    id,
    anchor: anchorOfItem(id),
    title: data.title,
    link: data.link,
    host: new URL(data.link).hostname.replace(/^www\./, ''),
    day: viewDay(data.date, context.asOf),
    gone: dead && { since: viewDay(dead.since.slice(0, 7), context.asOf), archived: dead.archived },
    html,
    words: words + wordsIn(data.title),
    by: data.by === undefined ? undefined : viewPerson(data.by, context),
    projectIds: data.projects,
    architectureIds: data.architectures,
    projects: linksTo('project', data.projects, context),
    architectures: linksTo('architecture', inColumnOrder(data.architectures, context), context),
  }
}

function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}
