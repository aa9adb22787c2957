/** What is told of links. */
import type { Place } from '#domain/problem.ts'
import { type Report, quoted } from './report.ts'
import { missingWords } from './words.ts'

export const expectedLink = 'a link that starts with `https://` or `http://`, or a path of this site'

export function tellChanged(url: string, fate: { url: string; why: string }, place: Place, report: Report): void {
  report.guess('link-completed', place, {
    actual: url,
    guessed: fate.url,
    reason: `The link ${quoted(url)} was completed to ${quoted(fate.url)}: ${fate.why}`,
    expected: expectedLink,
    fix: 'correct the address if it is another one',
    removed: missingWords(url, fate.url),
  })
}

export function tellRemoved(
  url: string,
  more: string,
  fate: { why: string; kind: string },
  place: Place,
  report: Report,
): void {
  report.guess('link-removed', place, {
    actual: url,
    guessed: fate.kind === 'shown' ? url : '',
    reason: `The link to ${quoted(url)} became text: ${fate.why}`,
    expected: expectedLink,
    fix: 'link to where it is today, or leave it out',
    removed: fate.kind === 'shown' ? more : `${url} ${more}`.trim(),
  })
}

export function tellMail(url: string, words: string, place: Place, removed: string | undefined, report: Report): void {
  report.guess('mail-as-text', place, {
    actual: url,
    guessed: words,
    reason: `The address of mail ${quoted(url.replace(/^mailto:/i, ''))} became text`,
    expected: expectedLink,
    fix: 'leave it out if nobody reads there any more',
    removed,
  })
}

export function text(value: string): { type: 'text'; value: string } {
  return { type: 'text', value }
}
