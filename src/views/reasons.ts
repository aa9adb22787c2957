/** The reasons of a status, as the rule gives them, in the words of the site. */
import { isRealDay } from '#domain/day.ts'
import { dayInWords, labelOfSupport } from './words.ts'

/** The words that readers see as others. */
const otherWords = new Map(Object.entries(labelOfSupport).filter(([word, label]) => word !== label))
const anyOtherWord = new RegExp([...otherWords.keys()].join('|'), 'g')

/** `Claimed as in-progress on 2017-05-05.` is `Claimed as in progress on 5 May 2017.` */
export function reasonInWords(reason: string): string {
  return reason
    .replace(anyOtherWord, (word) => otherWords.get(word) ?? word)
    .replace(/(?<![\w-])\d{4}-\d{2}(-\d{2})?(?![\w-])/g, (day) => (isRealDay(day) ? dayInWords(day) : day))
}
