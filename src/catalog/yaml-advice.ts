/** What is wrong with YAML, in words for a person who has never heard of YAML. */
import type { Change, Position, Problem } from '#domain/problem.ts'
import { fixOf, shorten, type Fix } from './problems.ts'
import type { YamlSource } from './validate.ts'
import { repairOf } from './yaml-repair.ts'
import { quotation, slipsIn } from './yaml-slips.ts'
import { maximumDepth, parsePositionedYaml, parseYaml, type YamlFault, type YamlValue } from './yaml.ts'

/** What the YAML of a file says; undefined, with a problem, where it is not well-formed. */
export function parseYamlSource(source: YamlSource, problems: Problem[]): YamlValue | undefined {
  const parsed = parseYaml(source.text)
  if (parsed.ok) {
    problems.push(...slipsIn(source))
    return parsed.value
  }
  // The positioned parser often names an earlier, truer place than the fast one, but it gives up on deep nesting.
  const fault =
    parsed.fault.code === 'yaml-too-deep' ? parsed.fault : (parsePositionedYaml(source.text).fault ?? parsed.fault)
  const place = { file: source.file, line: fault.position.line + source.firstLine - 1, column: fault.position.column }
  const advice = adviseOnYaml(fault)
  const repair = fault.code === 'yaml-too-deep' ? undefined : repairIn(source, fault)
  problems.push({ code: fault.code, severity: 'error', place, ...advice, ...(repair && fixOf(repair)) })
  return undefined
}

/** A fix that was tried, with positions in the file. */
function repairIn({ text, firstLine }: YamlSource, fault: YamlFault): Fix | undefined {
  if (fault.code === 'yaml-duplicate-key') {
    const lines = text.split('\n')
    const line = lines[fault.position.line - 1] ?? ''
    const isSaidTwice = /:\s+\S/.test(line) && lines.indexOf(line) < fault.position.line - 1
    return isSaidTwice
      ? { text: 'remove this line: another one says the same', change: { kind: 'remove' } }
      : { text: 'keep one of the two; where both are lists, put the entries of this one below those of the first' }
  }
  if (fault.code === 'yaml-anchor' || fault.code === 'yaml-tag') {
    const line = text.split('\n')[fault.position.line - 1] ?? ''
    // A list or a map in quotes would be text.
    return /[:-]\s+[[{]/.test(line) ? undefined : quotation(line, fault.position.line + firstLine - 1)
  }
  const repair = repairOf(text, fault)
  return repair?.change?.kind === 'replace'
    ? { text: repair.text, change: moved(repair.change, firstLine - 1) }
    : repair
}

function moved(change: Extract<Change, { kind: 'replace' }>, lines: number): Change {
  const down = ({ line, column }: Position): Position => ({ line: line + lines, column })
  return { ...change, ...(change.start && { start: down(change.start) }), end: down(change.end) }
}

type Advice = Pick<Problem, 'reason' | 'expected' | 'actual' | 'fix'>

function adviseOnYaml({ code, actual }: YamlFault): Advice {
  switch (code) {
    case 'yaml-syntax': {
      const known = mistakes.find(({ message }) => message.test(actual))
      const reason = known?.reason ?? `The YAML cannot be read here: ${shorten(actual)}.`
      const fix = known?.fix ?? 'put text that holds `: ` or ` #`, or begins with a sign, in quotes'
      return { reason, expected: 'well-formed YAML', actual, fix }
    }
    case 'yaml-duplicate-key':
      return {
        reason: `The key \`${shorten(actual)}\` stands twice in one map.`,
        expected: 'each key once',
        actual,
        fix: 'keep one of the two, or join their values',
      }
    case 'yaml-anchor':
      return {
        reason: `Unexpected \`${shorten(actual)}\`, expected a plain value: references inside of YAML are not read.`,
        expected: 'values without anchors and aliases',
        actual,
        fix: 'write the value out where it is needed, or put text that begins with `&` or `*` in quotes',
      }
    case 'yaml-tag':
      return {
        reason: `Unexpected \`${shorten(actual)}\`, expected a plain value: every value is text.`,
        expected: 'values without tags',
        actual,
        fix: 'remove it, or put text that begins with `!` in quotes',
      }
    case 'yaml-too-deep':
      return {
        reason: `Unexpected nesting of ${actual}, expected at most ${maximumDepth}.`,
        expected: `at most ${maximumDepth} levels`,
        actual,
        fix: 'remove brackets or indentation that are too many',
      }
    case 'yaml-control-character':
      return {
        reason: `Unexpected character \`${actual}\`, expected text without control characters.`,
        expected: 'text without control characters',
        actual,
        fix: 'remove the escape, or write `\\\\` for a backslash',
      }
    default:
      return code satisfies never
  }
}

/** The mistakes that people make, by what the parser says. The others keep its own words. */
const mistakes: readonly { message: RegExp; reason: string; fix: string }[] = [
  {
    message: /^Nested mappings are not allowed/,
    reason: 'A key and its value begin here, inside of another value.',
    fix: 'put text that holds `: ` in quotes, or begin the next line in the same column as its neighbours',
  },
  {
    message: /^Implicit (map )?keys need|^Missing space after :/,
    reason: 'A key must stand on one line, with a colon and a space after it.',
    fix: 'write `key: value` on one line, and put text of several lines or with `: ` in quotes',
  },
  {
    message: /^Missing closing ["']quote/,
    reason: 'A quotation begins here and never ends.',
    fix: "write the same quote at its end, and `''` for an apostrophe inside of single quotes",
  },
  {
    message:
      /^Flow (map|sequence) in block collection|^Flow (map|sequence) .* must end|^Missing [,:]|^Expected .* to end with [\]}]/,
    reason: 'A bracket that was opened before is not closed here, or a comma is missing.',
    fix: 'close every `[` with `]` and every `{` with `}`, and put text that holds brackets in quotes',
  },
  {
    message:
      /^All (mapping|sequence) items must start|^Sequence item without - indicator|^A block sequence may not|bad indentation/,
    reason: 'This line begins in another column than its neighbours.',
    fix: 'begin it in the column of the lines that it belongs to',
  },
  {
    message: /^(Plain value|Block value|Flow .*) cannot start with/,
    reason: 'Text cannot begin with this sign.',
    fix: 'put the text in quotes',
  },
  {
    message: /directives-end/,
    reason: 'A line that begins with `%` stands where a key should.',
    fix: 'remove the line, or put its text in quotes after a key',
  },
  {
    message: /^Invalid escape sequence/,
    reason: 'A backslash in double quotes begins an escape, and this one means nothing.',
    fix: 'use single quotes, or write `\\\\` for a backslash',
  },
  {
    message: /^Tabs are not allowed|tab characters/,
    reason: 'A tab stands where only spaces may.',
    fix: 'indent with spaces, never with tabs',
  },
  {
    message: /multiple documents|single document/,
    reason: 'A second document begins here.',
    fix: 'remove the line `---` or `...` before it',
  },
  {
    message: /^With stringKeys/,
    reason: 'A list or a map stands where a key should.',
    fix: 'write a word as the key, and put text that begins with `[` or `{` in quotes',
  },
  {
    message: /at node end$|^Block scalar header includes extra/,
    reason: 'Something follows here that does not belong to the value before it.',
    fix: 'put the whole text in quotes, or begin a new line for the next key',
  },
]
