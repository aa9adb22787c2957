import { z } from 'zod'

/** One line of plain text: no Markdown, no line breaks. */
export function Line(maximum: number) {
  return z
    .string()
    .trim()
    .min(1, 'some text')
    .max(maximum, `at most ${maximum} characters`)
    .refine((text) => !/[\r\n]/.test(text), 'a single line of text')
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
