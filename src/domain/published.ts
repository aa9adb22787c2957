/**
 * What readers and programs know of the newsletter: the ids of what was published, and the anchors that they link to.
 * `publish` writes it into `ids.lock`, a build checks it, and no line of it is ever removed.
 */
import { compareText } from './problem.ts'

/** One line of the file. Its words are its key and its value; the key is what may not change. */
export type PublishedLine =
  | { kind: 'authority'; authority: string }
  | { kind: 'issue'; issue: string; date: string }
  | { kind: 'anchor'; issue: string; anchor: string; isOfItems: boolean }
  | { kind: 'item'; item: string; issue: string }

export const idsLockFile = 'ids.lock'

const head = '# What readers know by its id. `publish` writes this file; a line is never removed.\n'

/** The line as it stands in the file, without its end. */
export function serializePublishedLine(line: PublishedLine): string {
  switch (line.kind) {
    case 'authority':
      return `authority ${line.authority}`
    case 'issue':
      return `issue/${line.issue} ${line.date}`
    case 'anchor':
      return `issue/${line.issue}#${line.anchor}${line.isOfItems ? ' items' : ''}`
    case 'item':
      return `item/${line.item} issue/${line.issue}`
    default:
      return line satisfies never
  }
}

/** The whole file. Lines are in order, so that two branches that publish rarely meet in one place. */
export function serializePublished(lines: readonly PublishedLine[]): string {
  const texts = [...new Set(lines.map(serializePublishedLine))].sort(compareText)
  return `${head}${texts.map((text) => `${text}\n`).join('')}`
}

/** @returns undefined where it is no such line */
export function parsePublishedLine(text: string): PublishedLine | undefined {
  const [, authority] = /^authority (\S+)$/.exec(text) ?? []
  if (authority !== undefined) return { kind: 'authority', authority }
  const [, dated, date] = /^issue\/(\d{4,}) (\S+)$/.exec(text) ?? []
  if (dated !== undefined && date !== undefined) return { kind: 'issue', issue: dated, date }
  const [, anchored, anchor, ofItems] = /^issue\/(\d{4,})#(\S+)( items)?$/.exec(text) ?? []
  if (anchored !== undefined && anchor !== undefined) {
    return { kind: 'anchor', issue: anchored, anchor, isOfItems: ofItems !== undefined }
  }
  const [, item, issue] = /^item\/([a-z0-9][a-z0-9-]{0,63}) issue\/(\d{4,})$/.exec(text) ?? []
  if (item !== undefined && issue !== undefined) return { kind: 'item', item, issue }
  return undefined
}

/** Lines that are comments or empty say nothing. */
export function isSilentLine(text: string): boolean {
  return /^\s*(#|$)/.test(text)
}
