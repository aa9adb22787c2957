/**
 * The log of a run, as a reader may see it: plain text without control characters, without what
 * only says something about the machine, and short.
 */
import { stripVTControlCharacters } from 'node:util'
import { maximumLogBytes } from '#domain/run-log.ts'
import type { Excerpt } from './kept-output.ts'

export interface LoggedStep {
  title: string
  /** What was run, as a person would type it. */
  commands: string
  output: Excerpt
  /** How it ended, as a sentence. */
  ending: string
}

/** Something that is not for readers, and what they see instead. */
export type Replacement = readonly [secret: string, shown: string]

const longestLine = 400
const mostSteps = 40

/**
 * Writes a log.
 * @param facts        lines that begin it: what ran, where, with which tools
 * @param replacements what is never shown, such as the folder of the run
 */
export function writeLog(
  facts: readonly string[],
  steps: readonly LoggedStep[],
  results: readonly string[],
  replacements: readonly Replacement[],
): string {
  const shown = steps.slice(0, mostSteps)
  const parts = (withOutput: boolean) =>
    [
      ...facts.map((fact) => cleaned(fact, replacements)),
      ...shown.flatMap(({ title, commands, output, ending }, index) => [
        '',
        `== ${index + 1}. ${cleaned(title, replacements)}`,
        ...cleaned(commands, replacements)
          .split('\n')
          .map((line) => `$ ${line}`),
        ...(withOutput ? outputOf(output, replacements) : ['[output left out: the log would be too long]']),
        `-- ${cleaned(ending, replacements)}`,
      ]),
      '',
      '== Results',
      ...results.map((result) => cleaned(result, replacements)),
    ]
      .join('\n')
      .concat('\n')
  const whole = parts(true)
  if (Buffer.byteLength(whole) <= maximumLogBytes) return whole
  const short = parts(false)
  return Buffer.byteLength(short) <= maximumLogBytes ? short : cutTo(short, maximumLogBytes)
}

function outputOf({ head, tail, leftOut }: Excerpt, replacements: readonly Replacement[]): string[] {
  const lines = (text: string) => (text === '' ? [] : cleaned(text, replacements).split('\n'))
  if (leftOut.bytes === 0) return lines(head)
  return [...lines(head), `[${leftOut.lines} lines, ${leftOut.bytes} bytes, left out]`, ...lines(tail)]
}

/** A text without control characters, long lines and what is replaced. */
export function cleaned(text: string, replacements: readonly Replacement[]): string {
  return hidden(stripVTControlCharacters(text), replacements)
    .replace(/\r\n/g, '\n')
    .split('\n')
    .map((line) => shortened(withoutControls(overwritten(line))).trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '')
}

/** What a terminal would show of a line on which a program has gone back to the beginning. */
function overwritten(line: string): string {
  return line.replace(/\r+$/, '').split('\r').at(-1) ?? ''
}

// Controls, what is not seen, half characters, and what turns the direction of text around. Tabs stay.
const controls = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu

function withoutControls(line: string): string {
  return line.replace(controls, (character) => (character === '\t' ? '\t' : '\u00b7'))
}

function shortened(line: string): string {
  return line.length > longestLine ? `${line.slice(0, longestLine).replace(/[\ud800-\udbff]$/, '')}…` : line
}

/** Replaces what is not for readers, the longest first: a path may begin with another one. */
function hidden(text: string, replacements: readonly Replacement[]): string {
  let result = text.replace(credentials, '$1')
  for (const [secret, shown] of [...replacements].sort(([a], [b]) => b.length - a.length)) {
    if (secret.length < 2) continue
    // The name of a machine is a word: `vm` is no part of `llvm`.
    const isWord = /^[\w-]+$/.test(secret)
    result = isWord
      ? result.replace(new RegExp(`(?<![\\w-])${secret}(?![\\w-])`, 'g'), () => shown)
      : result.replaceAll(secret, () => shown)
  }
  return result.replace(privateAddress, '[address]')
}

// Networks that only mean something to one machine. RFC 1918, RFC 6598, RFC 3927.
const privateAddress =
  /\b(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.\d{1,3}\.\d{1,3}(?::\d{1,5})?\b/g
const credentials = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@:]+(?::[^\s/@]*)?@/gi

function cutTo(text: string, bytes: number): string {
  const note = '\n[the rest is left out]\n'
  const room = Buffer.from(text)
    .subarray(0, bytes - Buffer.byteLength(note))
    .toString('utf8')
  return `${room.slice(0, room.lastIndexOf('\n'))}${note}`
}
