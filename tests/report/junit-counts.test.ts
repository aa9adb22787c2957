/** What the action counts in JUnit XML, held against the adapter of `ingest`, which has a real parser. */
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDocument } from '#ingest/document.ts'
import { junit } from '#ingest/junit.ts'
import { junitCounts } from '../../report/junit-counts.mjs'
import { runsOf } from '#tests/builders.ts'

const folder = new URL('../fixtures/ingest/junit/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.xml'))

function adapterCounts(text: string) {
  return junit.adapt(parseDocument(text)).results[0]?.counts
}

describe('a recorded report has the same counts in both', () => {
  test.each(files)('%s', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8')
    const expected = adapterCounts(text)
    const counts = junitCounts(text)
    if (expected) expect(counts).toEqual(expected)
    else expect(counts).toBeTypeOf('string')
  })

  test('and there are recorded reports', () => {
    expect(files.length).toBeGreaterThan(20)
  })
})

test('a report that is cut off anywhere has no counts', () => {
  const text = readFileSync(new URL('pytest.xml', folder), 'utf8').trimEnd()
  for (let end = 0; end < text.length; end += 7) expect(junitCounts(text.slice(0, end))).toBeTypeOf('string')
})

test.each([
  ['a comment', '<testsuite><!-- <testcase/> > --><testcase/></testsuite>'],
  [
    'output',
    '<testsuite><testcase><system-out><![CDATA[<testcase/></testsuite>]]></system-out></testcase></testsuite>',
  ],
  ['an attribute', `<testsuite><testcase name="a > b" note='"/>'/></testsuite>`],
  ['an instruction', '<?xml version="1.0"?><?note <testcase/> ?><testsuite><testcase/></testsuite>'],
])('a tag in %s is text', (_, text) => {
  expect(junitCounts(text)).toEqual({ passed: 1, failed: 0, skipped: 0 })
  expect(adapterCounts(text)).toEqual({ passed: 1, failed: 0, skipped: 0 })
})

test.each([
  ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><testsuite/>'],
  ['two roots', '<testsuite/><testsuite/>'],
  ['another root', '<html><testcase/></html>'],
  ['tags that cross', '<testsuite><testcase></testsuite></testcase>'],
  ['a tag without a name', '<testsuite>< testcase/></testsuite>'],
  ['no tag', 'Hello'],
  ['a deep nesting', `${'<testsuite>'.repeat(100)}${'</testsuite>'.repeat(100)}`],
])('%s is no report', (_, text) => {
  expect(junitCounts(text)).toBeTypeOf('string')
})

const suite = fc.letrec<{ suite: string; part: string }>((tie) => ({
  suite: fc.array(tie('part'), { maxLength: 4 }).map((parts) => `<testsuite name="s">${parts.join('\n')}</testsuite>`),
  part: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(
      '<testcase name="a"/>',
      '<testcase name="a > b"><failure message="&lt;x&gt;">no</failure></testcase>',
      '<testcase><error/></testcase>',
      '<testcase><skipped/></testcase>',
      '<testcase status="notrun"/>',
      "<testcase result='failed'></testcase>",
      '<testcase><rerunFailure/></testcase>',
      '<testcase><flakyFailure/></testcase>',
      '<error message="did not load"/>',
      '<properties><property name="status" value="failed"/></properties>',
      '<system-out><![CDATA[<testcase>]]></system-out>',
      '<!-- <testcase/> -->',
    ),
    tie('suite'),
  ),
}))

test('any report of these parts has the same counts in both', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(fc.array(suite.suite, { maxLength: 3 }), (suites) => {
      const text = `<testsuites>${suites.join('')}</testsuites>`
      const counts = junitCounts(text)
      expect(counts).toEqual(adapterCounts(text))
      if (typeof counts !== 'string')
        for (const key of ['passed', 'failed', 'skipped'] as const) if (counts[key] > 0) seen.add(key)
    }),
    { numRuns: runsOf(300) },
  )
  expect(seen.size).toBe(3)
})

test('any text has counts or a reason, and neither takes long', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('<', '>', '/', '"', "'", '!', '-', '[CDATA[', 'testcase', 'testsuite', ' ', '?', '='), {
        maxLength: 200,
      }),
      (parts) => {
        const counts = junitCounts(parts.join(''))
        expect(typeof counts === 'string' || counts.passed >= 0).toBe(true)
      },
    ),
    { numRuns: runsOf(500) },
  )
})
