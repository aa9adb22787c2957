/** What the elements of a JUnit report add up to. Nothing is kept of a case but its count. */
import type { Counts } from '#domain/evidence.ts'
import type { DocumentProblem, Spot } from './adapter.ts'
import { maximumDepth } from './document.ts'
import { toUtcSeconds } from './instant.ts'
import { parseLocaleCount, parseLocaleNumber } from './locale-number.ts'
import { badDocument, shownValue } from './problems.ts'
import { addCounts, countsDisagree, maximumTests, noCounts, tooManyTests, totalOf } from './test-counts.ts'

/** What is known of a report so far. */
export class JunitReport {
  counts = noCounts
  flaky = false
  problems: DocumentProblem[] = []
  /** When the latest suite ended, in seconds since 1970. */
  end: number | undefined
  readonly #frames: Frame[] = []
  #cases = 0
  /** Whether the root lists suites, rather than being one. */
  #isList = false
  #statedSeconds: number | undefined
  readonly #suiteSeconds = new Sum()
  readonly #caseSeconds = new Sum()

  open(name: string, attributes: Attributes, spot: Spot): void {
    const parent = this.#frames.at(-1)
    if (!parent && name !== 'testsuites' && name !== 'testsuite') {
      throw new Refused(badDocument(spot, 'root element', name, 'testsuites or testsuite'))
    }
    if (this.#frames.length === maximumDepth) throw new Refused(unreadable(spot, 'elements are nested too deep'))
    this.#frames.push(this.#frameOf(name, attributes, spot, parent))
  }

  close(): void {
    const frame = this.#frames.pop()
    if (frame?.kind === 'case') this.#closeCase(frame)
    else if (frame?.kind === 'suite') this.#closeSuite(frame)
  }

  /**
   * How long the tests took. Suites that ran side by side make the sum of their times differ from
   * the time of the whole, and then neither is given.
   */
  seconds(): number | undefined {
    const stated = this.#statedSeconds
    const summed = this.#suiteSeconds.value()
    if (stated === undefined) return this.#suiteSeconds.knows() ? summed : this.#caseSeconds.value()
    if (summed === undefined) return stated
    return Math.abs(stated - summed) <= 0.1 + stated * 0.01 ? stated : undefined
  }

  #frameOf(name: string, attributes: Attributes, spot: Spot, parent: Frame | undefined): Frame {
    switch (name) {
      case 'testsuites':
      case 'testsuite':
        this.#readTimes(attributes)
        if (!parent) this.#isList = name === 'testsuites'
        return { kind: 'suite', attributes, spot, own: noCounts, nested: noCounts }
      case 'testcase':
        this.#cases += 1
        if (this.#cases > maximumTests) throw new Refused(tooManyTests(spot))
        this.#addCaseTime(secondsOf(attributes))
        return { kind: 'case', ...statusOf(attributes), flaky: false }
      case 'failure':
      case 'error':
        if (parent?.kind === 'case') parent.failed = true
        // What a suite itself failed with: its set-up, or a test file that did not load.
        else if (parent?.kind === 'suite') parent.own = addCounts(parent.own, { ...noCounts, failed: 1 })
        break
      case 'rerunFailure':
      case 'rerunError':
        if (parent?.kind === 'case') parent.failed = true
        break
      case 'flakyFailure':
      case 'flakyError':
        if (parent?.kind === 'case') parent.flaky = true
        break
      case 'skipped':
      case 'disabled':
        if (parent?.kind === 'case') parent.skipped = true
        break
    }
    return { kind: 'other' }
  }

  #closeCase({ failed, skipped, flaky }: Case): void {
    const counts = failed
      ? { ...noCounts, failed: 1 }
      : skipped
        ? { ...noCounts, skipped: 1 }
        : { ...noCounts, passed: 1 }
    if (flaky && counts.passed > 0) this.flaky = true
    const suite = this.#frames.findLast((frame) => frame.kind === 'suite')
    if (suite) suite.own = addCounts(suite.own, counts)
  }

  #closeSuite({ attributes, spot, own, nested }: Suite): void {
    const all = addCounts(own, nested)
    const parent = this.#frames.findLast((frame) => frame.kind === 'suite')
    if (parent) parent.nested = addCounts(parent.nested, all)
    else this.counts = all
    // One is enough: a tool that counts in its own way does so in every suite.
    const disagreement = this.problems.length === 0 ? disagreementOf(attributes, [all, own], spot) : undefined
    if (disagreement) this.problems.push(disagreement)
  }

  #addCaseTime(seconds: number | undefined): void {
    this.#caseSeconds.add(seconds)
    if (this.#frames.length === 1 && this.#isList) this.#suiteSeconds.add(seconds)
  }

  #readTimes(attributes: Attributes): void {
    const seconds = secondsOf(attributes)
    if (this.#frames.length === 0) this.#statedSeconds = seconds
    else if (this.#frames.length === 1 && this.#isList) this.#suiteSeconds.add(seconds)
    const start = toUtcSeconds(attributes.timestamp)
    if (start === undefined) return
    const end = Math.floor(Date.parse(start) / 1000 + (seconds ?? 0))
    if (this.end === undefined || end > this.end) this.end = end
  }
}

/** A sum that is only known if each of its parts is. */
class Sum {
  #total = 0
  #parts = 0
  #unknown = 0

  add(part: number | undefined): void {
    this.#parts += 1
    if (part === undefined) this.#unknown += 1
    else this.#total += part
  }

  /** Whether any part of it is known. */
  knows(): boolean {
    return this.#parts > this.#unknown
  }

  value(): number | undefined {
    return this.#unknown > 0 || this.#parts === 0 ? undefined : this.#total
  }
}

/** Thrown through the parser to stop it: a report that cannot be read shows nothing. */
export class Refused extends Error {
  readonly problem: DocumentProblem
  constructor(problem: DocumentProblem) {
    super(problem.reason)
    this.problem = problem
  }
}

export function unreadable(spot: Spot, why: string): DocumentProblem {
  const shown = shownValue(why)
  return {
    code: 'unreadable-document',
    severity: 'error',
    spot,
    reason: `Unexpected XML, expected a well-formed report without a document type: ${shown}`,
    expected: 'well-formed XML without a document type',
    actual: shown,
    fix: 'send the file as the test tool wrote it; if it is whole, the tool writes text into it that XML does not allow',
  }
}

type Attributes = Readonly<Record<string, string>>

interface Suite {
  kind: 'suite'
  attributes: Attributes
  spot: Spot
  /** Cases that stand in the suite itself. */
  own: Counts
  /** Cases of the suites in it. */
  nested: Counts
}

interface Case {
  kind: 'case'
  failed: boolean
  skipped: boolean
  flaky: boolean
}

type Frame = Suite | Case | { kind: 'other' }

const skippedWords: readonly string[] = ['notrun', 'disabled', 'skipped', 'suppressed', 'ignored', 'pending']
const failedWords: readonly string[] = ['fail', 'failed', 'failure', 'error', 'errored']

/** GoogleTest and CTest say in attributes what others say in elements. */
function statusOf({ status = '', result = '' }: Attributes): { failed: boolean; skipped: boolean } {
  const words = [status.toLowerCase(), result.toLowerCase()]
  return {
    failed: words.some((word) => failedWords.includes(word)),
    skipped: words.some((word) => skippedWords.includes(word)),
  }
}

function secondsOf({ time = '' }: Attributes): number | undefined {
  const seconds = parseLocaleNumber(time)
  return seconds === undefined || seconds > 1e9 ? undefined : seconds
}

/** Attributes count the suites within a suite or leave them out; either is agreement. */
function disagreementOf(attributes: Attributes, readings: readonly Counts[], spot: Spot): DocumentProblem | undefined {
  const [all = noCounts] = readings
  const tests = countOf(attributes.tests)
  if (tests !== undefined && !readings.some((counts) => totalOf(counts) === tests)) {
    return countsDisagree(spot, `tests="${String(tests)}"`, `${String(totalOf(all))} cases`)
  }
  const failures = countOf(attributes.failures)
  if (failures === undefined) return undefined
  const failed = failures + (countOf(attributes.errors) ?? 0)
  if (readings.some((counts) => counts.failed === failed)) return undefined
  return countsDisagree(spot, `${String(failed)} failures and errors`, `${String(all.failed)} cases that failed`)
}

function countOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseLocaleCount(text)
}
