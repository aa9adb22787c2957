/** What a difference tells beside cells, pages and problems, as lists of sentences; strangers' words stand between backticks. */
import { shorten } from '#catalog/problems.ts'
import type { Difference } from './difference.ts'
import { count } from './report.ts'

export interface ListOfDifference {
  title: string
  groups: {
    head?: string
    lines: { text: string; link?: string | undefined }[]
  }[]
}

/** Those that have something to tell. */
export function listsOf(difference: Difference): ListOfDifference[] {
  return [removals, evidence, withdrawn, items, registrations]
    .map((list) => list(difference))
    .filter((list) => list.groups.length > 0)
}

function removals({ removed }: Difference): ListOfDifference {
  return {
    title: `Removed on somebody's word: ${removed.length}`,
    groups: [...Map.groupBy(removed, ({ by }) => by)].map(([by, losses]) => ({
      head: `Removed, as ${by} says:`,
      lines: losses.map(({ what }) => ({ text: what })),
    })),
  }
}

function evidence({ evidence: { records, retractions } }: Difference): ListOfDifference {
  const taken = retractions.reduce((sum, { count }) => sum + count, 0)
  const number = records.reduce((sum, { count }) => sum + count, 0)
  return withLines(
    `Evidence that comes with it: ${count(number, 'record')}${taken > 0 ? `, ${taken} taken back` : ''}`,
    [
      ...records.map(({ project, architecture, count: of, level, outcome, how, link }) => ({
        text: `${quoted(project)} on ${quoted(architecture)}: ${count(of, 'record')}, ${level}, ${outcome}, ${how}`,
        link,
      })),
      ...retractions.map(({ project, count: of }) => ({
        text: `${quoted(project)}: ${count(of, 'record')} ${of === 1 ? 'is' : 'are'} taken back`,
      })),
    ],
  )
}

function withdrawn({ withdrawn }: Difference): ListOfDifference {
  return withLines(
    `Issues that are taken back: ${withdrawn.length}`,
    withdrawn.map(({ number, title, state }) => ({
      text: `issue ${number} is ${state === 'draft' ? 'a draft again' : 'withdrawn'}: ${quoted(title)}`,
    })),
  )
}

function items({ items }: Difference): ListOfDifference {
  return withLines(
    `News items: ${items.length}`,
    items.map(({ change, title, link, issue }) => ({
      text: `${change}: ${quoted(title)} (${issue === undefined ? 'waiting' : `issue ${Number(issue)}`})`,
      link,
    })),
  )
}

function registrations({ registrations }: Difference): ListOfDifference {
  return withLines(
    `Registrations: ${registrations.length}`,
    registrations.map(({ change, provider, repository, job, project, architecture, level }) => ({
      text: `${change}: job ${quoted(job)} of ${quoted(repository)} (${quoted(provider)}) counts for ${quoted(project)} on ${quoted(architecture)}, ${level}`,
    })),
  )
}

function withLines(title: string, lines: ListOfDifference['groups'][number]['lines']): ListOfDifference {
  return { title, groups: lines.length === 0 ? [] : [{ lines }] }
}

function quoted(text: string): string {
  return `\`${shorten(text, 120)}\``
}
