/** What is known of the links of the content to other sites: when each was asked for, and since when it fails. */
import { z } from 'zod'
import { Day } from './day.ts'
import { WebLink } from './link.ts'
import { compareText } from './problem.ts'

export const linkLedgerFile = 'links.jsonl'

/** One link, a line of the ledger. `links --external` writes it. */
export const LedgerLine = z.strictObject({
  // Texts may link to hosts that keys may not: `http://localhost/`.
  link: z
    .string()
    .max(2000)
    .regex(/^https?:\/\/\S+$/i),
  checkedOn: Day.describe('Day on which it was last asked for'),
  failures: z.int().min(1).max(1_000_000).optional().describe('On how many days in a row it failed'),
  failingSince: Day.optional().describe('The first of these days'),
  why: z.string().max(100).optional().describe('How it failed: `404`, `no such host`'),
  archived: WebLink.optional().describe('A copy of the page as it was when the content linked to it'),
})
export type LedgerLine = z.infer<typeof LedgerLine>

/** A site may be down for a day: a link is dead when it failed on so many days. */
export const failuresOfDeadLink = 3

export interface DeadLink {
  since: string
  archived: string | undefined
}

/** Undefined where the link is not known to be dead. */
export function deadLinkOf({ failures = 0, failingSince, archived }: LedgerLine): DeadLink | undefined {
  return failures >= failuresOfDeadLink && failingSince !== undefined ? { since: failingSince, archived } : undefined
}

/** How asking for a link ended. What says nothing about the page, such as a refusal of robots, is `unsure`. */
export type LinkAnswer = { kind: 'there' } | { kind: 'gone'; why: string } | { kind: 'unsure'; why: string }

/** The line after a link was asked for. A day counts once, however often it was asked. */
export function afterCheck(line: LedgerLine | undefined, link: string, answer: LinkAnswer, day: string): LedgerLine {
  const archived = line?.archived === undefined ? {} : { archived: line.archived }
  switch (answer.kind) {
    case 'there':
      return { link, checkedOn: day, ...archived }
    case 'unsure':
      return { ...line, link, checkedOn: day }
    case 'gone': {
      const isSameDay = line?.checkedOn === day && line.failures !== undefined
      return {
        link,
        checkedOn: day,
        failures: (line?.failures ?? 0) + (isSameDay ? 0 : 1),
        failingSince: line?.failingSince ?? day,
        why: answer.why.slice(0, 100),
        ...archived,
      }
    }
    default:
      return answer satisfies never
  }
}

/** The whole file, in an order that does not depend on when a link was asked for. */
export function serializeLedger(lines: Iterable<LedgerLine>): string {
  return [...lines]
    .sort((a, b) => compareText(a.link, b.link))
    .map(({ link, checkedOn, failures, failingSince, why, archived }) =>
      JSON.stringify({ link, checkedOn, failures, failingSince, why, archived }),
    )
    .map((line) => `${line}\n`)
    .join('')
}
