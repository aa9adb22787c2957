/** From a delivery whose sender is known to evidence: parse, adapt, attribute, and what is left of it. */
import { isUtf8 } from 'node:buffer'
import { isDefinitive } from '#domain/streams.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { Adapted, Adapter, CiResult, DocumentProblem } from '#ingest/adapter.ts'
import { attribute, type Door } from '#ingest/attribute.ts'
import { untrustedEvent } from '#ingest/problems.ts'
import { maximumDepth, parseDocument, type CiDocument } from '#ingest/document.ts'
import { refusals, refuse, type Refusal } from './receive-refusals.ts'
import type { Committed } from './receive-commit.ts'

/** What the sender is told. */
export interface Told {
  /**
   * `stored`: at least one record is new; `known`: all were there; `asked`: the run will be looked up at
   * its provider; `ignored`: it says nothing about a cell.
   */
  became: 'stored' | 'known' | 'asked' | 'ignored'
  /** Results that were read. */
  read: number
  added: number
  known: number
  ignored: number
  problems: DocumentProblem[]
}

export type Parsed = { document: CiDocument; refusal?: undefined } | { refusal: Refusal; document?: undefined }

/** Parses a body. What is no JSON, or too deep, is refused. */
export function parseBody(body: Buffer): Parsed {
  // Decoded, it would be kept with other characters than its sender wrote.
  if (!isUtf8(body)) return { refusal: refuse(refusals.unreadable, 'Send JSON in UTF-8.') }
  const document = parseDocument(body.toString('utf8'))
  if (document.refused === 'too-deep') {
    return { refusal: refuse(refusals.tooDeep, `Lists and objects may be ${maximumDepth} deep.`) }
  }
  if (document.json === undefined && document.lines === undefined) {
    return { refusal: refuse(refusals.unreadable, 'Send JSON.') }
  }
  return { document }
}

export interface Judged {
  evidence: Evidence[]
  problems: DocumentProblem[]
  ignored: number
  read: number
}

export function adaptWith(adapters: readonly Adapter[], document: CiDocument): Adapted {
  const adapter = adapters.find((one) => one.recognises(document))
  return adapter ? adapter.adapt(document) : { results: [], problems: [], ignored: 1 }
}

/**
 * Which results count, and as what.
 * @param object what else must hold between a result and its record; returns what is wrong
 */
export function judge(
  { results, problems, ignored }: Adapted,
  door: Door,
  object: (result: CiResult, evidence: Evidence) => DocumentProblem | undefined,
): Judged {
  const judged: Judged = { evidence: [], problems: [...problems], ignored, read: results.length + ignored }
  for (const result of results) {
    const { evidence, problem, isTimeAssumed } = { isTimeAssumed: false, ...attribute(result, door) }
    if (problem) judged.problems.push(problem)
    else if (!evidence) judged.ignored += 1
    // Taken as of its arrival, it would be another record each time that it is delivered.
    else if (isTimeAssumed && !isDefinitive(evidence)) judged.ignored += 1
    else {
      const objection = isTimeAssumed ? withoutTime(result) : object(result, evidence)
      if (objection) judged.problems.push(objection)
      else judged.evidence.push(evidence)
    }
  }
  return judged
}

export function toldOf(judged: Judged, { added, known, refused }: Committed): Told {
  const became = added > 0 ? 'stored' : known > 0 ? 'known' : 'ignored'
  const problems = [...judged.problems, ...refused.map(({ event }) => untrustedEvent([], event))]
  return { became, read: judged.read, added, known, ignored: judged.ignored + refused.length, problems }
}

function withoutTime({ spot }: CiResult): DocumentProblem {
  return {
    code: 'missing-time',
    severity: 'error',
    spot,
    reason: 'Missing end of the run, expected the instant at which it ended.',
    expected: 'an instant such as `2026-11-02T10:20:30Z`',
    actual: '',
    fix: 'send the delivery that the CI system sends when the job has ended',
  }
}
