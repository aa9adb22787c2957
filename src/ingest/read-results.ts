/** From a text to evidence and problems: parse, recognise, adapt, attribute. Pure; never throws. */
import { findNodeAtLocation, parse, parseTree, printParseErrorCode, type ParseError } from 'jsonc-parser'
import type { Evidence } from '#domain/evidence.ts'
import type { Place, Problem } from '#domain/problem.ts'
import type { Adapted, Adapter, DocumentProblem, Spot } from './adapter.ts'
import { attribute, type Door } from './attribute.ts'
import { repeatedKeys } from './repeated-keys.ts'
import { maximumDepth, maximumDocumentBytes, parseDocument, type CiDocument } from './document.ts'

export interface ResultsRead {
  /** Results that the text holds, whatever became of them. */
  read: number
  /** What says nothing, and what no registration names. */
  ignored: number
  /** Of these, what no registration names. */
  unregistered: number
  /** How many results became nothing, by the code of the problem that they have. */
  leftOut: Map<string, number>
  evidence: Evidence[]
  /** Records whose time is that of the ingest, because nobody said another one. */
  timeAssumed: Set<Evidence>
  problems: Problem[]
  /** The format that was recognised. */
  format: string | undefined
}

/**
 * Reads one file of CI results.
 * @param name   how the file is called, for problems
 * @param format name of an adapter, or `auto`
 * @param isLines whether it is known that each line is a document of its own
 */
export function readResults(
  name: string,
  text: string,
  format: string,
  adapters: readonly Adapter[],
  door: Door,
  isLines = false,
): ResultsRead {
  const result: ResultsRead = {
    read: 0,
    ignored: 0,
    unregistered: 0,
    leftOut: new Map(),
    evidence: [],
    timeAssumed: new Set(),
    problems: [],
    format: undefined,
  }
  const document = parseDocument(text, isLines)
  const report = (problem: DocumentProblem) => {
    result.problems.push(withPlace(problem, name, document))
  }
  const leaveOut = (code: string) => {
    result.leftOut.set(code, (result.leftOut.get(code) ?? 0) + 1)
  }
  if (document.refused) {
    report(refusal(document.refused))
    return result
  }
  repeatedKeys(document).forEach(report)
  const take = ({ results, problems, ignored }: Adapted) => {
    // A result with several problems is left out once, for the first of them.
    const codeByResult = new Map(
      problems
        .filter(isResult)
        .toReversed()
        .map(({ spot, code }) => [resultAt(spot), code]),
    )
    result.read += results.length + ignored + codeByResult.size
    result.ignored += ignored
    for (const code of codeByResult.values()) leaveOut(code)
    problems.forEach(report)
    for (const one of results) {
      const attributed = attribute(one, door)
      if (attributed.evidence) {
        result.evidence.push(attributed.evidence)
        if (attributed.isTimeAssumed) result.timeAssumed.add(attributed.evidence)
      } else if (attributed.problem) {
        leaveOut(attributed.problem.code)
        report(attributed.problem)
      } else {
        result.ignored += 1
        result.unregistered += 1
      }
    }
  }

  const chosen = choose(document, format, adapters)
  // A format that somebody names may be that of each line.
  const adapter = document.lines && chosen?.recognises(document) === false ? undefined : chosen
  if (adapter) {
    result.format = adapter.name
    const adapted = adapter.adapt(document)
    take(adapted)
    if (hasNothing(adapted) && !adapter.recognises(document) && !isEmptyList(document.json)) {
      report(notJson(text) ?? unrecognised([], [adapter]))
    }
  } else if (document.lines) {
    // One document a line: the bodies that a receiver has logged.
    for (const { line, json } of document.lines) {
      const ofLine: CiDocument = { text: '', json, lines: undefined, refused: undefined }
      const adapterOfLine = json === undefined ? undefined : choose(ofLine, format, adapters)
      if (!adapterOfLine) {
        report(unrecognised({ line, column: 1 }, adapters))
        continue
      }
      result.format ??= adapterOfLine.name
      const { results, problems, ignored } = adapterOfLine.adapt(ofLine)
      const spot = { line, column: 1 }
      take({
        ignored,
        results: results.map((one) => ({ ...one, spot })),
        problems: problems.map((problem) => ({ ...problem, spot })),
      })
    }
  } else if (isEmptyList(document.json)) report(emptyDocument())
  else report(notJson(text) ?? unrecognised([], adapters))
  return result
}

function hasNothing({ results, problems, ignored }: Adapted): boolean {
  return results.length === 0 && problems.length === 0 && ignored === 0
}

/** What a CI system answers where it has no jobs. */
function isEmptyList(json: unknown): boolean {
  return Array.isArray(json) && json.length === 0
}

/** Problems that stand for a result; the others are about the document, or about what is counted as ignored. */
function isResult({ code }: DocumentProblem): boolean {
  return !['unreadable-document', 'counts-disagree', 'no-runner', 'run-without-jobs', 'nested-index'].includes(code)
}

/** The result that a spot is in: a line, or a path up to its first number. */
function resultAt(spot: Spot): string {
  if (!isPath(spot)) return String(spot.line)
  return JSON.stringify(spot.slice(0, spot.findIndex((part) => typeof part === 'number') + 1))
}

function choose(document: CiDocument, format: string, adapters: readonly Adapter[]): Adapter | undefined {
  if (format !== 'auto') return adapters.find(({ name }) => name === format)
  return adapters.find((adapter) => adapter.recognises(document))
}

function refusal(reason: NonNullable<CiDocument['refused']>): DocumentProblem {
  const problem = { severity: 'error', spot: [], actual: '' } as const
  switch (reason) {
    case 'too-large': {
      const expected = `at most ${maximumDocumentBytes} bytes`
      const fix = 'send the results in several files, or as JSON Lines'
      return {
        code: 'document-too-large',
        ...problem,
        reason: `Unexpected size, expected ${expected}.`,
        expected,
        actual: `more than ${maximumDocumentBytes} bytes`,
        fix,
      }
    }
    case 'too-deep': {
      const expected = `lists and objects at most ${maximumDepth} deep`
      const fix = 'send the document of the CI system as it is'
      return {
        code: 'document-too-deep',
        ...problem,
        reason: `Unexpected nesting, expected ${expected}.`,
        expected,
        fix,
      }
    }
    case 'empty': {
      const expected = 'the results of a CI system'
      const fix = 'look why the file is empty'
      return {
        code: 'unrecognised-format',
        ...problem,
        reason: `Unexpected empty file, expected ${expected}.`,
        expected,
        fix,
      }
    }
    default:
      return reason satisfies never
  }
}

/** A text that begins as JSON and is none: the place where it breaks says more than a list of formats. */
function notJson(text: string): DocumentProblem | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined
  const errors: ParseError[] = []
  parse(text, errors, { disallowComments: true })
  const [error] = errors
  if (!error) return undefined
  const before = text.slice(0, error.offset).split('\n')
  return {
    code: 'unreadable-document',
    severity: 'error',
    spot: { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 },
    reason: `Unexpected text, expected JSON: ${printParseErrorCode(error.error)}.`,
    expected: 'JSON',
    actual: '',
    fix: 'mend it there, or send the document as the program wrote it',
  }
}

function unrecognised(spot: Spot, adapters: readonly Adapter[]): DocumentProblem {
  const names = adapters.map(({ name }) => `\`${name}\``)
  const [only] = names
  const expected = names.join(', ')
  return {
    code: 'unrecognised-format',
    severity: 'error',
    spot,
    reason: `Unexpected format, expected ${names.length === 1 ? '' : 'one of '}${expected}.`,
    expected,
    actual: '',
    fix:
      names.length === 1
        ? `send what ${only ?? ''} means, whole, or leave \`--format\` out`
        : 'name the format with `--format`, or send a report in our own format',
  }
}

/** Of which format a list without anything in it is, nobody can tell, and nothing is lost by it. */
function emptyDocument(): DocumentProblem {
  const expected = 'at least one result'
  return {
    code: 'empty-document',
    severity: 'warning',
    spot: [],
    reason: `Unexpected empty list, expected ${expected}.`,
    expected,
    actual: '[]',
    fix: 'look why there are no results; where a CI system had none, nothing is to be done',
  }
}

function withPlace({ spot, ...problem }: DocumentProblem, file: string, document: CiDocument): Problem {
  return { ...problem, place: { file, ...placeOf(spot, document) } }
}

/** Files that are larger are not parsed a second time only to name a line. */
const maximumPlacedLength = 4_000_000

function placeOf(spot: Spot, { text, json }: CiDocument): Omit<Place, 'file'> {
  if (!isPath(spot)) return spot
  const start = { line: 1, column: 1 }
  if (spot.length === 0 || json === undefined || text.length > maximumPlacedLength) return start
  const tree = parseTree(text)
  if (!tree) return start
  // What is missing has no place: the nearest thing around it has one.
  for (let length = spot.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(tree, spot.slice(0, length))
    if (node) {
      const before = text.slice(0, node.offset).split('\n')
      return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
    }
  }
  return start
}

function isPath(spot: Spot): spot is readonly (string | number)[] {
  return Array.isArray(spot)
}
