/** The sections of an issue: what its editors wrote under each heading, and the items that it took in. */
import type { Entry } from '#domain/catalog.ts'
import type { Issue } from '#domain/issue.ts'
import { compareText } from '#domain/problem.ts'
import { isOld, viewDay, type DayView } from './age.ts'
import type { RenderedText } from './context.ts'
import { itemsOfIssue } from './issue-items.ts'
import { viewItem, type ItemView } from './item.ts'
import { viewKnownToday, type KnownTodayView } from './known-today.ts'
import { linkTo, type LinkView } from './links.ts'
import type { PublishingContext } from './publishing.ts'

export interface CorrectionView {
  day: DayView
  /** Section that it corrects, where that is another one than the text around it. */
  section: string | undefined
  html: string
}

export interface SectionView {
  /** The anchor: the id of its heading. */
  id: string
  title: string
  html: string
  items: ItemView[]
  /** The footnotes of the whole text, at the end of its last section. */
  footnotes: string
  corrections: CorrectionView[]
  /** Of a text of long ago: what is known today. Feeds and mails leave it out, for it changes. */
  knownToday: KnownTodayView[]
  /** The page with this section of every issue. */
  topic: LinkView | undefined
  /** Whether its title already names the topic. */
  isNamedAfterTopic: boolean
}

/**
 * The sections of the text, then those that only have items: in the order of `sections`, then in that of site.yml.
 * Corrections of a section that the issue does not have are corrections of the whole issue.
 */
export function viewSections(
  { id: issue, data }: Entry<Issue>,
  text: RenderedText,
  context: PublishingContext,
): { sections: SectionView[]; corrections: CorrectionView[] } {
  const { catalog } = context
  const itemsBySection = Map.groupBy(itemsOfIssue(issue, context), (item) => item.data.section)
  const written = new Set(text.sections.map(({ id }) => id))
  const unwritten = [...new Set([...data.sections, ...catalog.sections.keys()])].filter(
    (id) => itemsBySection.has(id) && !written.has(id),
  )
  const corrections = [...data.errata].sort((a, b) => compareText(b.date, a.date))
  const anchors = new Set([...written, ...unwritten])
  const correctionsOf = (section: string | undefined): CorrectionView[] =>
    corrections
      .filter((erratum) => (anchors.has(erratum.section ?? '') ? erratum.section : undefined) === section)
      .map((erratum) => ({
        day: viewDay(erratum.date, context.asOf),
        section: erratum.section === section ? undefined : linkTo('section', erratum.section ?? '', context).label,
        html: context.inline(erratum.text),
      }))
  const view = (id: string, title: string, whole: string): SectionView => {
    const end = whole.indexOf('<section data-footnotes')
    const [html, footnotes] = end === -1 ? [whole, ''] : [whole.slice(0, end).trim(), whole.slice(end)]
    const items = (itemsBySection.get(id) ?? []).map((item) => viewItem(item, context))
    const topic = catalog.sections.has(id) ? linkTo('section', id, context) : undefined
    return {
      id,
      title,
      html,
      items,
      footnotes,
      corrections: correctionsOf(id),
      knownToday: isOld(data.date.slice(0, 10), context.asOf) ? viewKnownToday({ html, items }, context) : [],
      topic,
      isNamedAfterTopic: topic?.label.toLowerCase() === title.toLowerCase(),
    }
  }
  return {
    sections: [
      ...text.sections.map(({ id, title, html }) => view(id, title, html)),
      ...unwritten.map((id) => view(id, linkTo('section', id, context).label, '')),
    ],
    corrections: correctionsOf(undefined),
  }
}
