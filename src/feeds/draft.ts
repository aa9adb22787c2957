/** The file of the next issue: front matter, a section for everything that is there, and nothing that is not. */
import { escapeMarkdown, link } from './markdown.ts'
import { draftBuckets, type DraftBucket, type DraftChange, type DraftPart, type DraftView } from '#views/draft.ts'
import { counted } from '#views/words.ts'

/** Anchors of the sections that are not news. Where site.yml has a section of that id, it is a topic too. */
export const draftSections = {
  changes: { id: 'what-changed', title: 'What changed in the matrix' },
  events: { id: 'upcoming-events', title: 'Upcoming events' },
  help: { id: 'help-wanted', title: 'Help wanted' },
} as const

/** More would be a list that nobody reads; the page of the changes has all of them. */
const linesOfBucket = 20

const titleOfBucket: Record<DraftBucket, string> = {
  gained: 'Gained',
  lost: 'Lost',
  disputed: 'Contradicted',
  verified: 'Newly verified',
  recorded: 'Recorded for the first time',
  renewed: 'Said again',
  'went-stale': 'Went stale',
}

export interface DraftSettings {
  date: string
  authors: readonly string[]
  /** Sections of site.yml: id to name, in their order. */
  sections: ReadonlyMap<string, string>
}

export function serializeDraft(draft: DraftView, settings: DraftSettings): string {
  const parts = bodyOf(draft, settings.sections)
  const ids = parts.map(({ id }) => id).filter((id) => settings.sections.has(id))
  const frontMatter = [
    `number: ${draft.number}`,
    `title: ${yamlText(draft.title)}`,
    `date: ${settings.date}`,
    `authors: [${settings.authors.join(', ')}]`,
    `summary: ${yamlText(summaryOf(draft))}`,
    'state: draft',
    ...(ids.length > 0 ? [`sections: [${ids.join(', ')}]`] : []),
    ...(draft.events.length > 0 ? [`events: [${draft.events.map(({ id }) => id).join(', ')}]`] : []),
  ]
  const body = parts.map(({ id, title, text }) => [`## ${escapeMarkdown(title)} {#${id}}`, ...text].join('\n\n'))
  return `---\n${frontMatter.join('\n')}\n---\n\n${body.join('\n\n')}${body.length > 0 ? '\n' : ''}`
}

interface PartText {
  id: string
  title: string
  text: string[]
}

/** In the order of site.yml. What it does not name: changes come first, events and help last. */
function bodyOf(draft: DraftView, sections: ReadonlyMap<string, string>): PartText[] {
  const { changes, events, help } = draftSections
  const written = new Map<string, PartText>()
  const write = ({ id, title }: { id: string; title: string }, text: string[]) => {
    if (text.length > 0) written.set(id, { id, title: sections.get(id) ?? title, text })
  }
  write(changes, changesText(draft))
  // The site puts items below the heading of their section.
  for (const { data } of draft.items) {
    const { section } = data
    written.set(section, written.get(section) ?? { id: section, title: sections.get(section) ?? section, text: [] })
  }
  write(events, eventsText(draft))
  write(help, helpText(draft))
  const order = [...(sections.has(changes.id) ? [] : [changes.id]), ...sections.keys(), events.id, help.id]
  return [...new Set(order)].flatMap((id) => written.get(id) ?? [])
}

function changesText({ since, newProjects, changes, difference }: DraftView): string[] {
  const cells = difference.cells.length
  if (cells === 0) return []
  const text = [
    since === undefined
      ? `The matrix begins with ${counted(newProjects.length, 'project')}.`
      : `Since ${link(since.issue.label, since.issue.address)} of ${since.words} the status of ${counted(cells, 'cell')} became another one. [All changes](/changes/), day by day.`,
  ]
  if (newProjects.length > 0) {
    const lines = newProjects.map(
      ({ project, summary, parts }) =>
        `- ${link(project.label, project.address)}. ${endSentence(escapeMarkdown(summary))} ${firstLetterLarge(partsInWords(parts))}`,
    )
    text.push('### New in the matrix', capped(lines))
  }
  for (const bucket of draftBuckets) {
    const lines = changes[bucket].map(changeLine)
    if (lines.length > 0) text.push(`### ${titleOfBucket[bucket]}`, capped(lines))
  }
  return text
}

function capped(lines: readonly string[]): string {
  const more = lines.length - linesOfBucket
  return [...lines.slice(0, linesOfBucket), ...(more > 0 ? [`- and ${more} more: [changes](/changes/)`] : [])].join(
    '\n',
  )
}

function changeLine({ project, parts }: DraftChange): string {
  return `- ${link(project.label, project.address)}: ${partsInWords(parts)}`
}

/** `works, verified on arm64 (tested natively on 2 November 2026, source); …` */
function partsInWords(parts: readonly DraftPart[]): string {
  return parts
    .map(({ architectures, what, was, reason, source }) => {
      const where = architectures.map(({ label, address }) => link(label, address)).join(', ')
      const why = [
        ...(was === '' ? [] : [was]),
        escapeMarkdown(reason),
        ...(source === undefined ? [] : [link('source', source)]),
      ].join(', ')
      return `${what} on ${where} (${why})`
    })
    .join('; ')
}

function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

function firstLetterLarge(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function eventsText({ events }: DraftView): string[] {
  if (events.length === 0) return []
  const lines = events.map(({ link: event, when, place, isDeadline }) => {
    const detail = [when, ...(place === undefined ? [] : [escapeMarkdown(place)])].join(', ')
    return `- ${link(event.label, event.address)}: ${isDeadline ? 'until ' : ''}${detail}`
  })
  return [lines.join('\n')]
}

function helpText({ portsUnderWay, toCheck }: DraftView): string[] {
  const text: string[] = []
  if (portsUnderWay.length > 0) text.push('Ports that are under way:', capped(portsUnderWay.map(changeLine)))
  if (toCheck.length > 0) {
    const lines = toCheck.map(
      ({ project, architecture, why }) =>
        `- ${link(project.label, project.address)} on ${link(architecture.label, architecture.address)}: ${why}`,
    )
    text.push('Worth [a check](/verify/) by somebody who has the machine:', lines.join('\n'))
  }
  return text
}

/** What an editor would say first, as far as numbers tell it; at most 300 characters. */
function summaryOf({ items, changes, newProjects, number }: DraftView): string {
  const parts = [
    ...(items.length > 0 ? [counted(items.length, 'piece of news', 'pieces of news')] : []),
    ...(newProjects.length > 0 ? [counted(newProjects.length, 'new project')] : []),
    ...(changes.gained.length > 0 ? [`${counted(changes.gained.length, 'gain')} of support`] : []),
    ...(changes.lost.length > 0 ? [counted(changes.lost.length, 'loss', 'losses')] : []),
  ]
  return parts.length === 0 ? `Issue ${number}.` : `${parts.join(', ')}.`
}

/** Plain where every parser reads it as it is, else in double quotes. */
function yamlText(text: string): string {
  return /^[A-Za-z][\w ,.'/-]*$/.test(text) && !/ $/.test(text) ? text : JSON.stringify(text)
}
