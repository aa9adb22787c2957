/** Tickets to pick, as GitHub takes them: Markdown that calls nobody and refers to no other ticket. */
import type { CellToPick, TicketToPick } from '#views/tickets-to-pick.ts'
import { counted } from '#views/words.ts'
import { codeSpan, escapeMarkdown, link } from './markdown.ts'

export interface TicketText {
  title: string
  /** Markdown. */
  body: string
  labels: string[]
  /** Page of the project. */
  link: string
}

export function serializeTicket(ticket: TicketToPick): TicketText {
  const { name, cells, page } = ticket
  const architectures = cells.map(({ architecture }) => architecture)
  const [first = '', ...more] = architectures
  const where = more.length === 0 ? first : `${first} and ${counted(more.length, 'other architecture')}`
  return {
    title: withoutReferences(`Look at ${name.replace(/\s+/g, ' ')} on ${where}`),
    body: bodyOf(ticket),
    labels: ['help wanted', ...new Set(cells.map(({ reason }) => reason))],
    link: page,
  }
}

/** All of them as one text, for a person who copies from it. */
export function serializeTickets(tickets: readonly TicketText[]): string {
  return tickets
    .map(({ title, body, labels }) => `# ${quiet(title)}\n\nLabels: ${labels.join(', ')}\n\n${body}`)
    .join('\n---\n\n')
}

function bodyOf({ name, page, cells, ways, contribute, commands }: TicketToPick): string {
  const settling = [
    `Find what a source says today: a release, a package, a run of CI. What is asked for is its day and its link.`,
    ...(ways.ticket === undefined ? [] : [`Tell it: ${link('the form', ways.ticket)}.`]),
    ways.edit === undefined
      ? `Or add the claim to ${codeSpan(ways.file)}: ${link('how', contribute)}.`
      : `Or add the claim to ${link(ways.file, ways.edit)}.`,
    ...(commands.length === 0 ? [] : ['Or run what checks it, on such a machine or under emulation:']),
  ]
  const parts = [
    `What the matrix says of ${link(quiet(name, false), page)} needs a look:`,
    cells.map(lineOf).join('\n'),
    '## What settles it',
    settling.map((line) => `- ${line}`).join('\n'),
    ...(commands.length === 0 ? [] : [`\`\`\`sh\n${commands.join('\n')}\n\`\`\``]),
  ]
  return `${parts.join('\n\n')}\n`
}

function lineOf({ architecture, label, reason, day, staleSince, link: source, reasons, explain }: CellToPick): string {
  const known = day === undefined ? label : `${label}, as of ${day.words}${day.age === '' ? '' : ` (${day.age})`}`
  const doubt =
    reason === 'disputed' ? 'contradicted' : `too old${staleSince === undefined ? '' : ` since ${staleSince}`}`
  const where = source === undefined ? '' : ` ${link('Source', source)}.`
  const why = reasons.map((sentence) => `\n  - ${quiet(sentence)}`).join('')
  return `- **${architecture}**: ${known}; ${doubt}.${where}${why}\n  - More: ${codeSpan(explain)}`
}

/** A text that reads as itself and reaches nobody. */
function quiet(text: string, isEscaped = true): string {
  return withoutReferences(isEscaped ? escapeMarkdown(text) : text)
}

/**
 * GitHub looks for names and numbers in what it has rendered, so that a backslash does not keep it from finding them;
 * a character that nobody sees does.
 */
function withoutReferences(text: string): string {
  return text.replace(/[@#](?=[\p{L}\p{N}_])/gu, '$&\u2060').replace(/\b(GH)-(?=\d)/gi, '$1\u2060-')
}
