/**
 * JUnit XML, which has no specification: what Maven Surefire, Gradle, pytest, GoogleTest, CTest
 * and many others write. Cases are counted while the text streams by; no message is kept.
 */
import { SaxesParser } from 'saxes'
import type { Adapted, Adapter, CiResult, Spot } from './adapter.ts'
import type { CiDocument } from './document.ts'
import { toUtcSeconds } from './instant.ts'
import { JunitReport, Refused, unreadable } from './junit-report.ts'
import { outcomeOfCounts, runIdOfContent, testTime } from './test-counts.ts'
import { rootElement } from './xml-root.ts'

export const junit: Adapter = {
  name: 'junit',
  title: 'JUnit XML: a test report',
  recognises: ({ text }) => {
    const root = rootElement(text)
    return root === 'testsuites' || root === 'testsuite'
  },
  adapt: adaptReport,
}

const whole: Spot = { line: 1, column: 1 }

function adaptReport(document: CiDocument): Adapted {
  const report = new JunitReport()
  try {
    parseXml(document.text, report)
  } catch (error) {
    if (error instanceof Refused) return { results: [], problems: [error.problem], ignored: 0 }
    throw error
  }
  const observedAt = report.end === undefined ? undefined : toUtcSeconds(report.end)
  const result: CiResult = {
    ...outcomeOfCounts(report.counts),
    runId: runIdOfContent(document),
    level: 'tested',
    ...(report.flaky ? { flaky: true } : {}),
    ...(observedAt === undefined ? {} : { observedAt }),
    ...testTime(report.seconds()),
    spot: whole,
  }
  return { results: [result], problems: report.problems, ignored: 0 }
}

function parseXml(text: string, report: JunitReport): void {
  const parser = new SaxesParser()
  // The parser's own table inherits from Object, where `&toString;` would be an entity.
  parser.ENTITIES = Object.assign(Object.create(null) as Record<string, string>, {
    amp: '&',
    gt: '>',
    lt: '<',
    quot: '"',
    apos: "'",
  })
  let spot: Spot = whole
  parser.on('error', (error) => {
    throw new Refused(unreadable(spotOf(parser), error.message.replace(/^\d+:\d+: /, '')))
  })
  // Entities can only be declared here, and no test report needs a type.
  parser.on('doctype', () => {
    throw new Refused(unreadable(spotOf(parser), 'document type declarations are not read'))
  })
  parser.on('opentagstart', () => {
    spot = spotOf(parser)
  })
  parser.on('opentag', ({ name, attributes }) => {
    report.open(name, attributes, spot)
  })
  parser.on('closetag', () => {
    report.close()
  })
  parser.write(text).close()
}

function spotOf(parser: SaxesParser): Spot {
  return { line: Math.max(1, parser.line), column: Math.max(1, parser.columnIndex) }
}
