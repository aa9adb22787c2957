/** The answers of a form. GitHub writes each below a heading that is the label of its field. */
import { nameOfCharacter } from '#domain/text.ts'
import { controlCharacter, halfCharacter } from '#catalog/control-character.ts'
import { unexpected } from '#catalog/problems.ts'
import type { Problem } from '#domain/problem.ts'
import type { TicketField, TicketForm } from './ticket-forms.ts'

export interface Answer {
  /** Empty where nobody answered. */
  text: string
  /** Line of the ticket's text on which it begins, from 1. */
  line: number
}

export type Answers = ReadonlyMap<string, Answer>

/**
 * Takes the text of a ticket apart. Only the labels of the form, in their order, begin a field: an answer may have
 * headings of its own. Never throws.
 */
export function readAnswers(body: string, form: TicketForm, file: string): { answers: Answers; problems: Problem[] } {
  const lines = body.split('\n')
  const starts: { field: TicketField; heading: number }[] = []
  let next = 0
  for (const field of form.fields) {
    const heading = lines.findIndex((line, index) => index >= next && line.trimEnd() === `### ${field.label}`)
    if (heading === -1) continue
    starts.push({ field, heading })
    next = heading + 1
  }
  const answers = new Map<string, Answer>()
  const problems: Problem[] = []
  starts.forEach(({ field, heading }, index) => {
    const end = starts[index + 1]?.heading ?? lines.length
    let first = heading + 1
    while (first < end && lines[first]?.trim() === '') first += 1
    const written = lines.slice(first, end).join('\n').trim()
    const text = isNoAnswer(written, field) ? '' : written
    const line = Math.min(first, end - 1) + 1
    answers.set(field.key, { text, line })
    const character = controlCharacter.exec(text)?.[0] ?? halfCharacter.exec(text)?.[0]
    if (character === undefined) return
    problems.push(
      unexpected(
        'control-character',
        { file, line, column: 1 },
        'character',
        nameOfCharacter(character),
        'text without control characters',
        `remove the character from the answer to “${field.label}”`,
      ),
    )
  })
  if (starts.length === 0) {
    const labels = form.fields.map(({ label }) => `\`### ${label}\``)
    problems.push(
      unexpected(
        'ticket-not-understood',
        { file, line: 1, column: 1 },
        'text',
        lines.find((line) => line.trim() !== '') ?? '',
        `the headings of the form \`${form.file}\`: ${labels.join(', ')}`,
        'open the ticket anew with the form, or say with `--kind` which form it is',
      ),
    )
  }
  return { answers, problems }
}

/** What GitHub writes where a field was left empty; a list of choices had another word for it. */
function isNoAnswer(text: string, { type }: TicketField): boolean {
  return text === '_No response_' || (type === 'dropdown' && text === 'None')
}
