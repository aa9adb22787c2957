/**
 * How long the HTML of a mail may be: Gmail cuts off what comes after about 102 kB, the way to unsubscribe included. The
 * longest sections of a longer issue give way to a summary and a link; the plain text has all of them.
 */
import type { MailSectionView, MailView } from '#views/mail.ts'
import { counted } from '#views/words.ts'

/** Bytes of HTML. */
export const maximumHtml = 100_000
/** From here on an editor should know that a mail is long. */
export const longHtml = 80_000

export interface MailHtml {
  html: string
  /** Titles of the sections that gave way. */
  collapsed: readonly string[]
}

/** @param render  the HTML of a mail; styles make it longer than its parts, nobody knows how much before */
export function fitMail(view: MailView, render: (view: MailView) => string): MailHtml {
  let room = maximumHtml
  for (;;) {
    const fitted = fitContent(view, room)
    const html = render(fitted.view)
    const size = Buffer.byteLength(html)
    if (size <= maximumHtml || fitted.isBarest) return { html, collapsed: fitted.collapsed }
    // A little less than in proportion, so that this ends.
    room = Math.floor(Math.min(room, weightOf(fitted.view)) * Math.min(0.95, maximumHtml / size))
  }
}

interface Fitted {
  view: MailView
  collapsed: readonly string[]
  isBarest: boolean
}

/** The mail with content of at most that many bytes, where that is possible. */
function fitContent(view: MailView, room: number): Fitted {
  const short = new Map<MailSectionView, MailSectionView>()
  const fitted = () => ({ ...view, sections: view.sections.map((section) => short.get(section) ?? section) })
  let weight = weightOf(view)
  const longestFirst = [...view.sections].sort((a, b) => weightOfSection(b) - weightOfSection(a))
  for (const section of longestFirst) {
    if (weight <= room) break
    const summary = summarized(section)
    const saved = weightOfSection(section) - weightOfSection(summary)
    if (saved <= 0) continue
    short.set(section, summary)
    weight -= saved
  }
  const collapsed = view.sections
    .filter((section) => short.has(section))
    .map(({ title }) => title || 'the introduction')
  if (weight <= room) return { view: fitted(), collapsed, isBarest: false }
  const all = view.sections.map(({ title }) => title || 'the introduction')
  const titles = {
    ...view,
    corrections: [],
    sections: view.sections.map((section) => ({ ...section, html: wayToSection(section), corrections: [] })),
  }
  if (weightOf(titles) <= room) return { view: titles, collapsed: all, isBarest: false }
  const html = `<p>This issue is too long for a mail: <a href="${view.address}">read it on the web</a>.</p>`
  const only = { title: '', address: view.address, html, corrections: [] }
  return { view: { ...titles, sections: [only] }, collapsed: all, isBarest: true }
}

function summarized(section: MailSectionView): MailSectionView {
  const beginning = beginningOf(section.html)
  const html = `${beginning === '' ? '' : `<p>${beginning}</p>\n`}${wayToSection(section)}`
  return { ...section, html, corrections: [] }
}

function wayToSection({ title, address, corrections }: MailSectionView): string {
  const what = title === '' ? 'Read the introduction' : 'Read this section'
  const corrected = corrections.length === 0 ? '' : ` with ${counted(corrections.length, 'correction')}`
  return `<p><a href="${address}">${what}${corrected} on the web</a></p>`
}

const maximumBeginning = 280

/** The first words of a text, as HTML without elements. */
function beginningOf(html: string): string {
  const first =
    /<(p|li)>(.*?)<\/\1>/s
      .exec(html)?.[2]
      ?.replace(/<[^>]*>/g, '')
      .replace(/\s+/g, ' ')
      .trim() ?? ''
  // An entity is one character.
  const characters = first.match(/&#?\w+;|./gsu) ?? []
  if (characters.length <= maximumBeginning) return first
  const cut = characters.slice(0, maximumBeginning).join('')
  const space = cut.lastIndexOf(' ')
  return `${space > cut.length / 2 ? cut.slice(0, space) : cut} …`
}

function weightOf({ sections, corrections }: MailView): number {
  return sections.reduce((sum, section) => sum + weightOfSection(section), weightOfCorrections(corrections))
}

/** What a heading is about to weigh with its style. */
const headingWeight = 150

function weightOfSection({ title, html, corrections }: MailSectionView): number {
  return headingWeight + Buffer.byteLength(title) + Buffer.byteLength(html) + weightOfCorrections(corrections)
}

function weightOfCorrections(corrections: MailView['corrections']): number {
  return corrections.reduce((sum, { html }) => sum + Buffer.byteLength(html), 0)
}
