/** Test Anything Protocol, versions 12 to 14: what node --test, prove, bats and many C test suites write. */
import { Parser, type Result } from 'tap-parser'
import type { Counts } from '#domain/evidence.ts'
import type { Adapted, Adapter, CiResult, Spot } from './adapter.ts'
import { maximumDepth, type CiDocument } from './document.ts'
import { badDocument } from './problems.ts'
import {
  addCounts,
  maximumTests,
  noCounts,
  outcomeOfCounts,
  runIdOfContent,
  testTime,
  tooManyTests,
  totalOf,
} from './test-counts.ts'

export const tap: Adapter = {
  name: 'tap',
  title: 'TAP: output of a test suite in the Test Anything Protocol',
  recognises: isTap,
  adapt: adaptReport,
}

const whole: Spot = { line: 1, column: 1 }

const version = /^TAP version \d+\r?$/im
const plan = /^1\.\.\d+(?:[ \t]*#[^\n]*)?\r?$/m
const emptyPlan = /^1\.\.0+(?:[ \t]*#[^\n]*)?\r?$/m
const testPoint = /^(?:not )?ok(?: \d| -|\r?$)/m
const bailOut = /^bail out!/im
const firstTestPoint = /^(?:not )?ok 1(?:\s|$)/

/** A line `ok` alone is in many logs: without a version, a plan is needed, or the first test where a log begins. */
function isTap({ text, json, lines, refused }: CiDocument): boolean {
  if (refused !== undefined || json !== undefined || lines?.some((line) => line.json !== undefined)) return false
  if (version.test(text) || emptyPlan.test(text)) return !text.trimStart().startsWith('<')
  if (plan.test(text) && (testPoint.test(text) || bailOut.test(text))) return !text.trimStart().startsWith('<')
  for (const { line } of linesOf(text)) {
    if (!line.startsWith('#')) return firstTestPoint.test(line)
  }
  return false
}

function adaptReport(document: CiDocument): Adapted {
  const parser = new Parser()
  const tally = watch(parser)
  let another: string | undefined
  let isOverrun = false
  // A report ends with its plan: the parser passes over what follows, be it a failure.
  parser.on('extra', (data: unknown) => {
    if (typeof data !== 'string') return
    if (startOfReport.test(data)) another ??= data.trim()
    else if (strayTest.test(data)) isOverrun = true
  })
  let tests = 0
  let hasTap = false
  for (const line of significantLines(document.text)) {
    if (line.kind === 'too-deep') {
      return nothing(
        badDocument({ line: line.number, column: 1 }, 'subtest', '', `at most ${String(maximumDepth)} levels of them`),
      )
    }
    if (line.kind === 'test' && ++tests > maximumTests) return nothing(tooManyTests({ line: line.number, column: 1 }))
    hasTap ||= line.kind === 'test' || opening.test(line.text)
    parser.write(`${line.text}\n`)
  }
  parser.end()
  if (!hasTap) return nothing(badDocument(whole, 'text', '', 'a report in the Test Anything Protocol'))
  if (another !== undefined) {
    return nothing(badDocument(whole, 'second report', another, 'one report with one plan in a file'))
  }
  const result: CiResult = {
    ...outcomeOf(parser, tally.counts(), isOverrun),
    runId: runIdOfContent(document),
    level: 'tested',
    ...testTime(parser.time === null ? undefined : parser.time / 1000),
    spot: whole,
  }
  return { results: [result], problems: [], ignored: 0 }
}

const opening = /^ *(?:\d+\.\.\d|TAP version \d|bail out!)/i
const startOfReport = /^(?:\d+\.\.\d|TAP version \d)/i
const strayTest = /^(?: {4})*(?:not )?ok(?: |$)/

function outcomeOf(
  parser: Parser,
  counts: Counts,
  isOverrun: boolean,
): Pick<CiResult, 'outcome' | 'reason' | 'counts'> {
  if (counts.failed > 0) return { outcome: 'failed', counts }
  // A suite bails out where it cannot go on: without a failed test, it says nothing about the software.
  if (parser.bailedOut !== false) return { outcome: 'infra', counts }
  // No plan, or not as many tests as planned: the program ended before its tests did. The parser
  // makes up an empty plan where there is none.
  if (!parser.ok || parser.syntheticPlan || isOverrun) return { outcome: 'failed', reason: 'crash', counts }
  return outcomeOfCounts(counts)
}

interface Tally {
  counts: () => Counts
}

/** Counts tests, not the lines that sum subtests up. */
function watch(parser: Parser): Tally {
  let counts = noCounts
  let child: Tally | undefined
  const endChild = (closing?: Result): void => {
    const ofChild = child?.counts() ?? noCounts
    const decidesNothing = closing !== undefined && (closing.skip !== false || closing.todo !== false)
    const of = decidesNothing
      ? { passed: 0, failed: ofChild.failed, skipped: ofChild.skipped + ofChild.passed }
      : ofChild
    child = undefined
    counts = addCounts(counts, of)
    if (!closing) return
    const failedByItself = !closing.ok && !decidesNothing && of.failed === 0
    if (totalOf(of) === 0 || failedByItself) counts = addCounts(counts, countsOfTest(closing))
  }
  parser.on('child', (subtest: Parser) => {
    if (child) endChild()
    child = watch(subtest)
  })
  // The first test point after a subtest is the one that sums it up.
  parser.on('assert', (result: Result) => {
    endChild(result)
  })
  return {
    counts: () => {
      if (child) endChild()
      return counts
    },
  }
}

function countsOfTest(result: Result): Counts {
  // A test that is to be done may fail; some tools report it as `ok` without running it.
  if (result.skip !== false || result.todo !== false) return { ...noCounts, skipped: 1 }
  return result.ok ? { ...noCounts, passed: 1 } : { ...noCounts, failed: 1 }
}

interface Line {
  kind: 'test' | 'other' | 'too-deep'
  text: string
  number: number
}

const significant =
  /^(?:(?:not )?ok(?=[ {]|$)|\d+\.\.\d|bail out!|TAP version \d|# Subtest|# time=|# duration_ms |\}$)/i
const longestLine = 10_000

/**
 * The lines that decide something. What a program prints between them, and diagnostics in YAML,
 * which the parser would build objects from, are left out.
 */
function* significantLines(text: string): Generator<Line> {
  let held: Line | undefined
  let diagnostics: string | undefined
  for (const { line, number } of linesOf(text)) {
    const indent = /^ */.exec(line)?.[0] ?? ''
    const content = line.slice(indent.length)
    if (diagnostics !== undefined) {
      if (line.startsWith(diagnostics)) {
        if (content === '...' && indent === diagnostics) diagnostics = undefined
        continue
      }
      diagnostics = undefined
    }
    if (content === '---' && held && indent.length > indentOf(held.text)) {
      diagnostics = indent
      continue
    }
    if (content === '{' && held && indent.length === indentOf(held.text)) {
      held = { ...held, text: `${held.text} {` }
      continue
    }
    if (indent.length % 4 !== 0 || !significant.test(content)) continue
    if (held) yield held
    held = undefined
    const isTest = /^(?:not )?ok/.test(content)
    const entry: Line = {
      kind: indent.length > maximumDepth * 4 ? 'too-deep' : isTest ? 'test' : 'other',
      text: shortened(line),
      number,
    }
    if (entry.kind === 'test') held = entry
    else yield entry
  }
  if (held) yield held
}

/** Directives stand at the end of a line, so its middle is what can go. */
function shortened(line: string): string {
  return line.length <= longestLine ? line : `${line.slice(0, longestLine / 2)}${line.slice(-longestLine / 2)}`
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

/** The lines of a text that hold something. The parser waits forever on a line with one of the characters replaced here. */
function* linesOf(text: string): Generator<{ line: string; number: number }> {
  const end = /\r\n|[\r\n]/g
  let start = 0
  let number = 0
  while (start < text.length) {
    end.lastIndex = start
    const found = end.exec(text)
    number += 1
    const stop = found?.index ?? text.length
    const line = text
      .slice(start, stop)
      .replace(/[\u2028\u2029]/g, ' ')
      .trimEnd()
    if (line !== '') yield { line, number }
    start = found ? end.lastIndex : text.length
  }
}

function nothing(problem: Adapted['problems'][number]): Adapted {
  return { results: [], problems: [problem], ignored: 0 }
}
