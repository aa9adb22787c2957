import { z } from 'zod'

/** One line of plain text that can be seen: no Markdown, no line breaks, no characters without a sign of their own. */
export function Line(maximum: number) {
  return z
    .string()
    .trim()
    .min(1, 'some text')
    .max(maximum, `at most ${maximum} characters`)
    .refine((text) => !/[\r\n\u2028\u2029]/.test(text), 'a single line of text')
    .refine((text) => text === '' || isSeen(text), {
      error: 'some text that can be seen',
      params: { code: 'too-short' },
    })
    .refine((text) => !isSeen(text) || unseenIn(text) === undefined, {
      error: ({ input }) =>
        `text without characters that nobody sees: there is ${nameOfCharacter(unseenIn(String(input)))}`,
      params: { code: 'control-character' },
    })
}

const ascii = /^[ -~]*$/

function isSeen(text: string): boolean {
  return /[!-~]/.test(text) || /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u.test(text)
}

// Joiners shape the letters beside them in scripts that have them, and join emoji; Latin letters have none to join.
const shaped = String.raw`(?!\p{Script=Latin})[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]`
const joiner = String.raw`(?<=${shaped})[\u200c\u200d](?=${shaped})`
/** Marks that Arabic and its neighbours set around numbers and verses: they are formats, and seen. */
const seenFormats = String.raw`[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]`

/** Characters that leave no trace: two names could look the same, and a search would tell them apart. */
const unseen = new RegExp(String.raw`(?!${seenFormats}|${joiner})[\p{Cf}\u0080-\u009f\u3164\uffa0]`, 'gu')

/** The first character that nobody sees. */
function unseenIn(text: string): string | undefined {
  return ascii.test(text) ? undefined : text.match(unseen)?.[0]
}

export function withoutUnseen(text: string): string {
  return ascii.test(text) ? text : text.replace(unseen, '')
}

/** The name of a character in Unicode's notation: `U+001B`. */
export function nameOfCharacter(character = ''): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** One line of plain text that is a writer's own words, not a name: its spelling can be checked. */
export function Phrase(maximum: number) {
  return Line(maximum).meta({ phrase: true })
}

/** A version, as its author writes it. It is never a number: `1.10` is not `1.1`. */
export function Version(maximum = 80) {
  return Line(maximum).meta({ version: true })
}

/** Short Markdown: a sentence or a paragraph, rendered with the same rules as a page's body. */
export const Prose = z.string().trim().min(1, 'some text').max(4000, 'at most 4000 characters').meta({ markdown: true })

/** Commands as typed in a shell. Kept to the character, never interpreted by the site. */
export const Commands = z.string().min(1, 'at least one command').max(8000, 'at most 8000 characters')

const digits = /^(0|[1-9]\d{0,8})$/

/** A whole number. Front matter is text, so it arrives as digits; whoever reads YAML by YAML's rules has a number there. */
export const WholeNumber = z
  .string()
  .regex(digits, 'a whole number')
  .meta({
    type: undefined,
    pattern: undefined,
    anyOf: [
      { type: 'string', pattern: digits.source },
      { type: 'integer', minimum: 0, maximum: 999_999_999 },
    ],
  })
  .transform(Number)

/** `true` or `false`, in these words. `yes`, `no` and `on` are refused: YAML dialects disagree on them. */
export const Flag = z.enum(['true', 'false']).transform((word) => word === 'true')
