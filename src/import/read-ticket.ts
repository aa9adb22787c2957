/** A ticket as GitHub gives it: an answer of its API, the event of a workflow, or the Markdown of its text alone. */
import { z } from 'zod'
import { unexpected } from '#catalog/problems.ts'
import type { Problem } from '#domain/problem.ts'
import { ticketForms, ticketKinds, type TicketKind } from './ticket-forms.ts'

/** An event names a repository, its owner and a sender beside the ticket, whose text has at most 65,536 characters. */
export const maximumTicketBytes = 1024 * 1024

export interface Ticket {
  /** Lines end in a line feed alone. */
  body: string
  labels: readonly string[]
  /** Name of its author's account. */
  author: string | undefined
}

const Label = z.union([z.string(), z.object({ name: z.string().nullish() }).transform(({ name }) => name ?? '')])
const TicketJson = z.object({
  body: z.string().nullish(),
  labels: z.array(Label).max(200).optional(),
  user: z.object({ login: z.string() }).nullish(),
})
const EventJson = z.object({ issue: TicketJson })

/** Reads a ticket. Never throws. */
export function readTicket(bytes: Uint8Array, file: string): { ticket?: Ticket; problems: Problem[] } {
  if (bytes.length > maximumTicketBytes) {
    return refuse(file, `${bytes.length} bytes`, `at most ${maximumTicketBytes} bytes`)
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuse(file, 'bytes that are no UTF-8', 'text in UTF-8')
  }
  if (!/^\s*[[{]/.test(text))
    return { ticket: { body: withLineFeeds(text), labels: [], author: undefined }, problems: [] }
  const expected = 'one ticket as GitHub’s API gives it, an event with `issue`, or the text of a ticket'
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse(file, 'text that begins like JSON and is none', expected)
  }
  const event = EventJson.safeParse(value)
  const read = event.success ? { success: true as const, data: event.data.issue } : TicketJson.safeParse(value)
  if (!read.success || typeof read.data.body !== 'string')
    return refuse(file, 'JSON without the text of a ticket', expected)
  const { body, labels = [], user } = read.data
  const login = user?.login
  return {
    ticket: {
      body: withLineFeeds(body),
      labels,
      author: login !== undefined && accountPattern.test(login) ? login : undefined,
    },
    problems: [],
  }
}

/** How GitHub writes the name of a person's account. */
export const accountPattern = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?$/

/** The form of a ticket: as somebody says, by its label, else by its first heading. */
export function kindOfTicket({ body, labels }: Ticket, said: TicketKind | undefined): TicketKind | undefined {
  if (said !== undefined) return said
  const labelled = ticketKinds.filter((kind) => labels.includes(ticketForms[kind].label))
  const [only] = labelled
  if (labelled.length === 1 && only !== undefined) return only
  const [heading = ''] = /^### .*$/m.exec(body) ?? []
  return ticketKinds.find((kind) => heading.trim() === `### ${ticketForms[kind].fields[0]?.label ?? ''}`)
}

/** GitHub ends lines as the browser of its author does. */
function withLineFeeds(text: string): string {
  return text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
}

function refuse(file: string, actual: string, expected: string): { problems: Problem[] } {
  const fix = 'give the ticket as `gh api repos/OWNER/NAME/issues/NUMBER` prints it, or copy its text into a file'
  return {
    problems: [unexpected('ticket-not-understood', { file, line: 1, column: 1 }, 'ticket', actual, expected, fix)],
  }
}
