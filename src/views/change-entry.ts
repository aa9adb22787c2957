/** A change of a cell as an entry of feeds. */
import type { Change } from '#domain/changes.ts'
import { labelOfDirection, type Direction } from './changes.ts'
import { apart } from './entry-instant.ts'
import type { FeedAuthorView, FeedEntryParts } from './feed.ts'
import type { FeedEntry } from './feed-pages.ts'
import { escapeHtml, escapeQuoted } from './portable-html.ts'
import { reasonInWords } from './reasons.ts'
import { dayInWords, labelOfBasis, labelOfSupport } from './words.ts'

/** What the entries of a project share. */
export interface ChangedProject {
  id: string
  name: string
  /** With its host. */
  address: string
  categories: FeedEntryParts['categories']
}

/** What all entries share. */
export interface SharedOfChanges {
  authors: FeedAuthorView[]
  reasons: ReasonsInWords
  absoluteAddressOf: (path: string) => string
}

interface ToldChange {
  id: string
  published: string
  change: Change
}

/** There may be very many: each has its own three values, and what it says is made when it is asked for. */
export class ChangeEntry implements FeedEntry {
  readonly id: string
  readonly published: string
  readonly #change: Change
  readonly #project: ChangedProject
  readonly #architecture: { id: string; label: string }
  readonly #shared: SharedOfChanges
  #updated: string | undefined

  constructor(
    { id, published, change }: ToldChange,
    project: ChangedProject,
    architecture: { id: string; label: string },
    shared: SharedOfChanges,
  ) {
    this.id = id
    this.published = published
    this.#change = change
    this.#project = project
    this.#architecture = architecture
    this.#shared = shared
  }

  get updated(): string {
    return (this.#updated ??= apart(this.published, this.id))
  }

  get project(): string {
    return this.#project.id
  }

  get architecture(): string {
    return this.#architecture.id
  }

  get told(): unknown {
    const { id, published, updated, project, architecture } = this
    return { id, published, updated, project, architecture, change: this.#change, authors: this.#shared.authors }
  }

  /** Cheaper than writing the entry, and no less than what it takes: texts stand in it as HTML, escaped, and as words. */
  weight(): number {
    const { name, categories } = this.#project
    const reasons = this.#change.to.reasons
      .slice(0, reasonsOfEntry)
      .reduce((sum, reason) => sum + escapedBytes(reason.slice(0, charactersOfReason + 40)), 0)
    const link = this.#link()
    const source = link === undefined ? 0 : escapedBytes(link)
    return markupWeight + 2 * reasons + 3 * escapedBytes(name) + 2 * source + 200 * categories.length
  }

  view(): FeedEntryParts {
    const { on, from, to, direction } = this.#change
    const { id, published, updated } = this
    const project = this.#project
    const architecture = this.#architecture
    const name = `${project.name} on ${architecture.id}`
    const address = `${project.address}#${architecture.id}`
    const reasons = this.#reasons()
    const link = this.#link()
    const before =
      from.support === to.support || from.support === 'unknown' ? '' : ` (was ${labelOfSupport[from.support]})`
    const day = dayInWords(on)
    const content = [
      '<p><a href="',
      escapeQuoted(address),
      '">',
      escapeHtml(name),
      '</a>, <time datetime="',
      on,
      '">',
      day,
    ]
    content.push(tableOf(this.#change))
    for (const { html } of reasons) content.push('', '<li>', html, '</li>')
    content.push('', '</ul>')
    if (link !== undefined) content.push('', '\n<p><a href="', escapeQuoted(link), '">The source</a></p>')
    return {
      id,
      title: `${name}: ${labelOfSupport[to.support]}, ${labelOfDirection[direction]}${before}`,
      address,
      published,
      updated,
      authors: this.#shared.authors,
      summary: `${day}.${reasons.map(({ words }) => ` ${words}`).join('')}`,
      content,
      categories: [directionAsCategory[direction], architecture, ...project.categories],
      ...(link !== undefined && { related: [link] }),
      change: {
        project: project.id,
        architecture: architecture.id,
        on,
        direction,
        from: { support: from.support, basis: from.basis },
        to: { support: to.support, basis: to.basis },
      },
    }
  }

  #reasons(): ReasonView[] {
    return this.#change.to.reasons.slice(0, reasonsOfEntry).map(this.#shared.reasons)
  }

  /** A source is a page of another site, or one of ours. */
  #link(): string | undefined {
    const { link } = this.#change.to
    return link?.startsWith('/') ? this.#shared.absoluteAddressOf(link) : link
  }
}

function asCategory(direction: Direction): { id: Direction; label: string } {
  return { id: direction, label: labelOfDirection[direction] }
}

const directionAsCategory: Record<Direction, { id: Direction; label: string }> = {
  gained: asCategory('gained'),
  lost: asCategory('lost'),
  recorded: asCategory('recorded'),
  verified: asCategory('verified'),
  disputed: asCategory('disputed'),
  renewed: asCategory('renewed'),
  'went-stale': asCategory('went-stale'),
}

/** What stands between the day and the reasons. There are as many as ways to change. */
function tableOf({ from, to, direction }: Change): string {
  const key = `${from.support} ${from.basis} ${to.support} ${to.basis} ${direction}`
  let table = tables.get(key)
  if (table === undefined) {
    const lines = [
      `</time>: ${labelOfDirection[direction]}.</p>`,
      '<table>',
      '<thead><tr><th scope="col">When</th><th scope="col">Status</th><th scope="col">Basis</th></tr></thead>',
      '<tbody>',
      row('Before', from),
      row('From then on', to),
      '</tbody>',
      '</table>',
      '<p>Why:</p>',
      '<ul>',
    ]
    tables.set(key, (table = lines.join('\n')))
  }
  return table
}

const tables = new Map<string, string>()

function row(when: string, { support, basis }: Change['from']): string {
  return `<tr><th scope="row">${when}</th><td>${labelOfSupport[support]}</td><td>${labelOfBasis[basis]}</td></tr>`
}

interface ReasonView {
  words: string
  html: string
}

export type ReasonsInWords = (reason: string) => ReasonView

/** So that no source can make an entry longer than a reader reads. */
const reasonsOfEntry = 6
const charactersOfReason = 300

/** Most reasons of a matrix are those of other cells as well; memory is for so many. */
const reasonsKept = 50_000

export function reasonsInWords(): ReasonsInWords {
  const known = new Map<string, ReasonView>()
  return (reason) => {
    let view = known.get(reason)
    if (!view) {
      if (known.size === reasonsKept) known.clear()
      known.set(reason, (view = viewReason(reason)))
    }
    return view
  }
}

function viewReason(reason: string): ReasonView {
  const all = reasonInWords(reason)
  const words = all.length > charactersOfReason ? `${all.slice(0, charactersOfReason)}…` : all
  return { words, html: escapeHtml(words) }
}

const markupWeight = 2000

const takesMore = /[^\u0000-\u007f]|[&<>"]/

/** Escaped once as HTML and once more as XML, a character takes at most nine bytes. */
function escapedBytes(text: string): number {
  if (!takesMore.test(text)) return text.length
  let bytes = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    bytes += code > 0x7f ? 3 : code === 0x26 || code === 0x3c || code === 0x3e || code === 0x22 ? 10 : 1
  }
  return bytes
}
