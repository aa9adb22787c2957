/** Problems as text: for a terminal, for GitHub's annotations, for programs. */
import { styleText } from 'node:util'
import { shorten } from '#catalog/problems.ts'
import type { Problem } from '#domain/problem.ts'

export const reportFormats = ['text', 'json', 'github'] as const
export type ReportFormat = (typeof reportFormats)[number]

/** @param colour whether the text is for a terminal that shows colours */
export function serializeProblems(problems: readonly Problem[], format: ReportFormat, colour = false): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(problems.map(withFixedKeys), null, 2)}\n`
    case 'github':
      return problems.map((problem) => `${annotation(problem)}\n`).join('')
    case 'text':
      return problems.map((problem) => `${paragraph(problem, colour)}\n`).join('')
    default:
      return format satisfies never
  }
}

function paragraph({ place, severity, code, reason, fix }: Problem, colour: boolean): string {
  const where = `${shorten(place.file, 500)}:${place.line}:${place.column}`
  const word = colour
    ? styleText(severity === 'error' ? 'red' : 'yellow', severity, { validateStream: false })
    : severity
  return `${where}  ${word}  ${code}\n  ${reason}\n  fix: ${fix}`
}

/** GitHub reads annotations from the output of a step: `::error file=…,line=…,col=…,title=…::message`. */
function annotation({ place, severity, code, reason, fix }: Problem): string {
  const properties = [
    `file=${escapeProperty(place.file)}`,
    `line=${place.line}`,
    `col=${place.column}`,
    `title=${escapeProperty(code)}`,
  ]
  return `::${severity} ${properties.join(',')}::${escapeMessage(`${reason} fix: ${fix}`)}`
}

function escapeMessage(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replace(/:/g, '%3A').replace(/,/g, '%2C')
}

function withFixedKeys({ code, severity, place, reason, expected, actual, fix }: Problem): Problem {
  const { file, line, column } = place
  return { code, severity, place: { file, line, column }, reason, expected, actual, fix }
}

/** `3 errors and 1 warning in 2 files` */
export function summarizeProblems(problems: readonly Problem[]): string {
  const errors = problems.filter((problem) => problem.severity === 'error').length
  const warnings = problems.length - errors
  const files = new Set(problems.map((problem) => problem.place.file)).size
  const parts = [count(errors, 'error'), count(warnings, 'warning')].filter((part) => !part.startsWith('0 '))
  return `${parts.join(' and ')} in ${count(files, 'file')}`
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
