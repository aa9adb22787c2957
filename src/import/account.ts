/**
 * The account of an import: each word of the input is in the output or in the report. This is no test of the
 * command but a part of it: whatever was overlooked, it says so.
 */
import { quoted, type Report } from './report.ts'
import { textOfValue } from './metadata.ts'
import { placeOf } from './source-text.ts'
import type { OldIssue } from './old-issue.ts'
import { readableProse, readableText, WordCount, wordsOf, writtenText } from './words.ts'

export interface WordTally {
  read: number
  written: number
  /** Words that stand in the report alone. */
  reported: number
  lost: number
}

/** @param fromInput values of the new front matter that the old one or the text gave */
export function accountForWords(
  { document, metadata, report, place }: OldIssue,
  body: string,
  fromInput: readonly string[],
  understood: readonly string[],
): WordTally {
  const typedMetadata = document.metadata.map(({ text }) => text).join('\n')
  const values = [...metadata.values()].map(({ name, value }) => `${name} ${textOfValue(value)}`).join('\n')
  tellUnread(typedMetadata, values, document, report)

  const read = new WordCount().add(readableText(document.body.map(({ text }) => text).join('\n'))).add(values)
  const written = new WordCount().add(writtenText(body)).add(fromInput.join('\n'))
  const reported = new WordCount()
  for (const { removed } of report.guesses) if (removed !== undefined) reported.add(readableText(removed))
  const all = new WordCount().add(writtenText(body)).add(fromInput.join('\n')).add(understood.join('\n'))
  for (const { removed } of report.guesses) {
    // As it stands there, and as it is read: a script is removed with its tags.
    if (removed !== undefined) all.add(removed).add(readableProse(removed))
  }
  const lost = read.without(all)
  const count = [...lost.values()].reduce((sum, missing) => sum + missing, 0)
  if (count > 0) tellLost(lost, count, document, place, report)
  return { read: read.total, written: written.total, reported: reported.total, lost: count }
}

/** Comments, and lines that are no key. */
function tellUnread(typed: string, values: string, { metadata, file }: OldIssue['document'], report: Report): void {
  const unread = new WordCount().add(typed).without(new WordCount().add(values))
  if (unread.size === 0) return
  const line =
    metadata.find(({ text }) => /(?:^|\s)#/.test(text)) ??
    metadata.find(({ text }) => wordsOf(text).some((word) => unread.has(word)))
  const removed = [...unread].flatMap(([word, times]) => Array.from({ length: times }, () => word)).join(' ')
  report.guess('comment-removed', placeOf(file, line ?? { text: '', line: 1 }, 1), {
    actual: line?.text ?? '',
    reason: `These words of the front matter are no key and no value: ${quoted(removed)}`,
    expected: 'keys and values',
    fix: 'look whether they say something that readers should know',
    removed,
  })
}

function tellLost(
  lost: ReadonlyMap<string, number>,
  count: number,
  { body, file }: OldIssue['document'],
  place: OldIssue['place'],
  report: Report,
): void {
  const line = body.find(({ text }) => wordsOf(readableText(text)).some((word) => lost.has(word)))
  const first = line && wordsOf(line.text).find((word) => lost.has(word))
  const words = [...lost].map(([word, times]) => (times > 1 ? `${word} (${times} times)` : word))
  report.refuse('words-lost', line ? placeOf(file, line, Math.max(0, line.text.indexOf(first ?? '')) + 1) : place, {
    reason: `${count === 1 ? 'A word of the text is' : `${count} words of the text are`} neither in the issue nor in this report: ${quoted(words.join(', '), 400)}`,
    expected: 'every word of the input in the output or in the report',
    actual: words.slice(0, 1000).join(', '),
    fix: 'compare the issue with the old text there, and write in what is missing',
  })
}
