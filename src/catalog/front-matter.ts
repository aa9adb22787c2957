import matter from 'gray-matter'
import type { Change, Problem } from '#domain/problem.ts'
import { repairOfFences } from './fence-repair.ts'
import { unexpected } from './problems.ts'

/** A content file taken apart: YAML between two `---` lines, then Markdown. */
export interface SplitFile {
  yaml: string
  /** Line of the file on which `yaml` begins. */
  yamlLine: number
  body: string
  /** Line of the file on which `body` begins. */
  bodyLine: number
}

export interface SplitFault {
  code: 'front-matter-missing' | 'front-matter-not-yaml' | 'front-matter-unclosed' | 'front-matter-gap'
  line: number
  /** The line that is wrong, as it was typed. */
  actual: string
}

/** The language that follows the opening fence never chooses a parser: all but plain YAML is refused. */
function refuse(): never {
  throw new Error('front matter is data and never runs')
}
const engines = {
  // The text is handed on as it is: `parseYaml` reads it.
  yaml: { parse: () => ({}), stringify: refuse },
  json: { parse: refuse, stringify: refuse },
  javascript: { parse: refuse, stringify: refuse },
}

/**
 * Splits a content file. The fences must be lines of exactly `---`: gray-matter would also take
 * `---js` (and run it), `--- yaml`, and close at any line that begins with `---`.
 * @param text without byte order mark, lines ended by `\n`
 */
export function splitFrontMatter(text: string): SplitFile | SplitFault {
  const firstLine = lineAt(text, 0)
  if (firstLine !== '---') {
    const code = /^---\s*[A-Za-z]/.test(firstLine) ? 'front-matter-not-yaml' : 'front-matter-missing'
    return { code, line: 1, actual: firstLine }
  }
  const close = text.indexOf('\n---', 3)
  if (close === -1) return { code: 'front-matter-unclosed', line: 1, actual: '---' }
  const closingLine = lineAt(text, close + 1)
  if (closingLine !== '---') {
    return { code: 'front-matter-unclosed', line: lineOf(text, close + 1), actual: closingLine }
  }
  // gray-matter looks for comments with an expression whose time grows with the square of a gap.
  const gap = /\s{2000}/.exec(text.slice(0, close))
  if (gap) return { code: 'front-matter-gap', line: lineOf(text, gap.index), actual: lineAt(text, gap.index) }

  const { content, matter: yaml } = matter(text, { language: 'yaml', engines })
  // gray-matter keeps the line break after the opening fence, so the YAML begins on line 1.
  const bodyLine = yaml.split('\n').length + 2
  return { yaml, yamlLine: 1, body: content, bodyLine }
}

/** The problem that a fault is for the writer of a file. */
export function adviseOnFrontMatter(fault: SplitFault, { path, text }: { path: string; text: string }): Problem {
  const change = repairOfFences(text, fault)
  const problem = problemOf(fault, path)
  if (!change) return problem
  return { ...problem, ...(fault.code === 'front-matter-missing' && { fix: wordsOf(change, problem.fix) }), change }
}

/** What the change does to the first lines, where that is little. */
function wordsOf(change: Change, otherwise: string): string {
  if (change.kind !== 'replace' || change.text !== '---') return otherwise
  return change.end.line === 1
    ? 'write exactly three hyphens on the first line, and nothing else'
    : 'remove what stands before the line `---`'
}

function problemOf({ code, line, actual }: SplitFault, file: string): Problem {
  const place = { file, line, column: 1 }
  switch (code) {
    case 'front-matter-missing': {
      const fix = /^\s*-+\s*$/.test(actual)
        ? 'write exactly three hyphens on the first line, and nothing else'
        : 'begin the file with a line `---`, then the keys, then a line `---`'
      return unexpected(code, place, 'first line', actual, 'front matter that begins with a line of exactly `---`', fix)
    }
    case 'front-matter-not-yaml':
      return unexpected(
        code,
        place,
        'first line',
        actual,
        'a line of exactly `---`: front matter is YAML and never runs',
        'write `---` alone on the first line, and keys and values as YAML',
      )
    case 'front-matter-unclosed': {
      const expected = 'front matter that ends with a line of exactly `---`'
      if (actual !== '---') {
        return unexpected(
          code,
          place,
          'line',
          actual,
          expected,
          'write exactly three hyphens on this line, and nothing else',
        )
      }
      return {
        ...unexpected(code, place, 'line', actual, expected, 'add a line `---` between the keys and the text'),
        reason: 'The front matter that begins here has no end, expected a line of exactly `---` after its keys.',
      }
    }
    case 'front-matter-gap':
      return {
        ...unexpected(
          code,
          place,
          'gap',
          actual,
          'fewer than 2000 blanks and empty lines in a row',
          'remove the empty lines',
        ),
        reason: 'The front matter has a gap here, expected fewer than 2000 blanks and empty lines in a row.',
      }
    default:
      return code satisfies never
  }
}

function lineAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset)
  return text.slice(offset, end === -1 ? undefined : end)
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
