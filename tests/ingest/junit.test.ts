import { describe, expect, test } from 'vitest'
import { parseDocument } from '#ingest/document.ts'
import { junit } from '#ingest/junit.ts'
import { expectRecordings, isHostile, recordings } from './recordings.ts'

const adapt = (text: string) => junit.adapt(parseDocument(text))
const resultOf = (text: string) => adapt(text).results[0]
const codesOf = (text: string) => adapt(text).problems.map(({ code }) => code)

describe('a test case', () => {
  test.each([
    ['', { passed: 1, failed: 0, skipped: 0 }],
    ['<failure message="no"/>', { passed: 0, failed: 1, skipped: 0 }],
    ['<error type="Crash"/>', { passed: 0, failed: 1, skipped: 0 }],
    ['<failure/><failure/><error/>', { passed: 0, failed: 1, skipped: 0 }],
    ['<skipped/>', { passed: 0, failed: 0, skipped: 1 }],
    ['<disabled/>', { passed: 0, failed: 0, skipped: 1 }],
    ['<skipped/><failure/>', { passed: 0, failed: 1, skipped: 0 }],
    ['<failure/><rerunFailure/>', { passed: 0, failed: 1, skipped: 0 }],
    ['<rerunError/>', { passed: 0, failed: 1, skipped: 0 }],
    ['<system-out>&lt;failure/&gt;<![CDATA[<failure/>]]></system-out>', { passed: 1, failed: 0, skipped: 0 }],
  ])('with %s counts', (children, counts) => {
    expect(resultOf(`<testsuite><testcase name="a">${children}</testcase></testsuite>`)?.counts).toEqual(counts)
  })

  test.each([
    ['status="notrun"', 'skipped'],
    ['status="disabled"', 'skipped'],
    ['status="run" result="suppressed"', 'skipped'],
    ['status="run" result="completed"', 'passed'],
    ['status="fail"', 'failed'],
  ])('that GoogleTest or CTest calls %s is %s', (attributes, outcome) => {
    expect(resultOf(`<testsuite><testcase ${attributes}/></testsuite>`)?.outcome).toBe(outcome)
  })

  test.each(['flakyFailure', 'flakyError'])('of Surefire with %s passed when it was repeated', (name) => {
    const result = resultOf(`<testsuite><testcase><${name}/></testcase></testsuite>`)
    expect(result).toMatchObject({ outcome: 'passed', flaky: true, counts: { passed: 1, failed: 0 } })
  })

  test('that failed in the end is not flaky', () => {
    expect(resultOf('<testsuite><testcase><flakyError/><failure/></testcase></testsuite>')).not.toHaveProperty('flaky')
  })

  test('of the same class and name as another one is counted too', () => {
    const twice = '<testcase classname="A" name="b"/><testcase classname="A" name="b"/>'
    expect(resultOf(`<testsuite>${twice}</testsuite>`)?.counts?.passed).toBe(2)
  })
})

describe('several suites', () => {
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="a"><testcase name="1"/><testsuite name="b"><testcase name="2"/></testsuite></testsuite>
  <testsuite name="c"><testcase name="3"><skipped/></testcase></testsuite>
  <testcase name="4"/>
</testsuites>`

  test('in one document are one result with all their cases', () => {
    expect(adapt(text).results).toHaveLength(1)
    expect(resultOf(text)).toMatchObject({ outcome: 'passed', counts: { passed: 3, failed: 0, skipped: 1 } })
  })

  test('fail if the set-up of one failed', () => {
    expect(resultOf('<testsuites><testsuite><error/><testcase/></testsuite></testsuites>')).toMatchObject({
      outcome: 'failed',
      counts: { passed: 1, failed: 1, skipped: 0 },
    })
  })
})

test.each(['<testsuite/>', '<testsuites></testsuites>', '<testsuite><testcase><skipped/></testcase></testsuite>'])(
  'where no case was executed, nothing was shown: %s',
  (text) => {
    expect(resultOf(text)).toMatchObject({ outcome: 'skipped', reason: 'no-tests' })
  },
)

describe('what the attributes of a suite say', () => {
  test('is not believed: the cases count, and a disagreement is a warning', () => {
    const { results, problems } = adapt('<testsuite tests="5" failures="0"><testcase><failure/></testcase></testsuite>')
    expect(results[0]).toMatchObject({ outcome: 'failed', counts: { passed: 0, failed: 1, skipped: 0 } })
    expect(problems).toMatchObject([
      {
        code: 'counts-disagree',
        severity: 'warning',
        reason: 'Unexpected summary: it says tests="5", and the report holds 1 cases.',
      },
    ])
  })

  test('about failures is not believed either', () => {
    const text = '<testsuite tests="1" failures="0" errors="0"><testcase><failure/></testcase></testsuite>'
    expect(codesOf(text)).toEqual(['counts-disagree'])
    expect(resultOf(text)?.outcome).toBe('failed')
  })

  test.each([
    '<testsuite tests="1" failures="0" errors="1"><testcase><failure/></testcase></testsuite>',
    '<testsuite tests="2"><testcase/><testsuite tests="1"><testcase/></testsuite></testsuite>',
    '<testsuite tests="1"><testcase/><testsuite tests="1"><testcase/></testsuite></testsuite>',
    '<testsuite tests="many"><testcase/></testsuite>',
  ])('agrees, by one of the ways in which tools count: %s', (text) => {
    expect(codesOf(text)).toEqual([])
  })

  test('is warned about once, with its place', () => {
    const text = '<testsuites tests="9">\n  <testsuite tests="9"/>\n  <testsuite tests="9"/>\n</testsuites>'
    expect(adapt(text).problems).toMatchObject([{ code: 'counts-disagree', spot: { line: 2 } }])
  })
})

describe('the end of the run', () => {
  test('is that of the latest suite: its timestamp and its time', () => {
    const suites = `<testsuites>
      <testsuite timestamp="2026-11-02T10:00:00" time="30.9"/>
      <testsuite timestamp="2026-11-02T09:00:00.123Z" time="1,800.5"/>
      <testsuite timestamp="2026-11-02T11:00:20+01:00" time="1"/>
    </testsuites>`
    expect(resultOf(suites)?.observedAt).toBe('2026-11-02T10:00:30Z')
  })

  test.each(['', 'yesterday', '2026-02-30T10:00:00', '1762077600'])(
    'is not known from the timestamp `%s`',
    (timestamp) => {
      expect(resultOf(`<testsuite timestamp="${timestamp}"><testcase/></testsuite>`)).not.toHaveProperty('observedAt')
    },
  )

  test('is not moved by a time that is none', () => {
    const text = '<testsuite timestamp="2026-11-02T10:00:00" time="1e300"><testcase/></testsuite>'
    expect(resultOf(text)?.observedAt).toBe('2026-11-02T10:00:00Z')
  })
})

describe('the test time', () => {
  const seconds = (text: string) =>
    resultOf(text)?.metrics?.map(({ name, value, unit }) => `${name} ${String(value)} ${unit}`)
  test.each([
    ['<testsuite time="1.5"><testcase/></testsuite>', ['test time 1.5 s']],
    ['<testsuite time="1,234.5"><testcase/></testsuite>', ['test time 1234.5 s']],
    ['<testsuites><testsuite time="1"/><testsuite time="2"/></testsuites>', ['test time 3 s']],
    ['<testsuites time="3"><testsuite time="1"/><testsuite time="2"/></testsuites>', ['test time 3 s']],
    ['<testsuite><testcase time="1"/><testcase time="2"/></testsuite>', ['test time 3 s']],
  ])('of %s is given', (text, expected) => {
    expect(seconds(text)).toEqual(expected)
  })

  test.each([
    ['of suites that ran side by side', '<testsuites time="2"><testsuite time="2"/><testsuite time="2"/></testsuites>'],
    ['with two readings', '<testsuite time="1,234"><testcase/></testsuite>'],
    ['of some cases only', '<testsuite><testcase time="1"/><testcase/></testsuite>'],
  ])('%s is not given', (_, text) => {
    expect(seconds(text)).toBeUndefined()
  })
})

describe('what cannot be read', () => {
  test.each([
    ['a document type', '<!DOCTYPE testsuite><testsuite><testcase/></testsuite>'],
    [
      'entities that multiply',
      '<!DOCTYPE t [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><testsuite><testcase name="&b;"/></testsuite>',
    ],
    ['an external entity', '<!DOCTYPE t [<!ENTITY a SYSTEM "file:///etc/passwd">]><testsuite>&a;</testsuite>'],
    ['an entity that nobody declared', '<testsuite><testcase name="&nbsp;"/></testsuite>'],
    ['an entity named like a method of objects', '<testsuite><testcase name="&toString;"/></testsuite>'],
    ['a control character', '<testsuite><testcase/><system-out>\u001b[31m</system-out></testsuite>'],
    ['a reference to a control character', '<testsuite><testcase name="&#0;"/></testsuite>'],
    ['half of a file', '<testsuite tests="2"><testcase/><testca'],
    ['two files in one', '<testsuite><testcase/></testsuite><testsuite><testcase/></testsuite>'],
    ['an attribute given twice', '<testsuite tests="1" tests="2"/>'],
    ['elements that are nested too deep', '<testsuite>'.repeat(40) + '</testsuite>'.repeat(40)],
  ])('%s is no evidence, and no failure', (_, text) => {
    expect(junit.recognises(parseDocument(text))).toBe(true)
    expect(adapt(text).results).toEqual([])
    expect(codesOf(text)).toEqual(['unreadable-document'])
  })

  test('has a place', () => {
    expect(adapt('<testsuite>\n  <testcase>\n</testsuite>').problems[0]?.spot).toMatchObject({ line: 3 })
  })

  test('is a report of another kind', () => {
    expect(codesOf('<assemblies/>')).toEqual(['bad-document'])
  })
})

test('a report with more tests than are counted is refused', () => {
  const text = `<testsuite>${'<testcase/>'.repeat(1_000_001)}</testsuite>`
  expect(codesOf(text)).toEqual(['too-many-tests'])
  expect(adapt(text).results).toEqual([])
})

describe('a text is recognised', () => {
  test.each([
    '<testsuite/>',
    '\uFEFF<?xml version="1.0" encoding="UTF-16"?>\n<testsuites/>',
    '<!-- by a tool --><?xml-stylesheet href="a"?><testsuite name="x"/>',
    '<!DOCTYPE t [<!ENTITY a ">"> ] ><testsuite/>',
  ])('by its root element: %s', (text) => {
    expect(junit.recognises(parseDocument(text))).toBe(true)
  })

  test.each([
    '',
    '<html><testsuite/></html>',
    '<testsuitesque/>',
    '{"testsuite": 1}',
    'testsuite',
    '<!-- <testsuite/>',
  ])('or not: %s', (text) => {
    expect(junit.recognises(parseDocument(text))).toBe(false)
  })
})

expectRecordings(junit, 'junit', {
  'junit/counts-cut-down.xml': { results: ['passed 3+0+0 at 2024-04-19T08:20:36Z'], problems: ['counts-disagree'] },
  'junit/ctest.xml': { results: ['failed 1+3+3 1s at 2026-11-21T11:50:03Z'] },
  'junit/cunit-no-suites.xml': { results: ['skipped (no-tests) 0+0+0'] },
  'junit/error-and-failure-in-one-case.xml': {
    results: ['failed 0+1+0 0.016s at 2008-07-03T15:42:30Z'],
    problems: ['counts-disagree'],
  },
  'junit/go-junit-report-attributes-disagree.xml': {
    results: ['failed 2+2+1 1.317s at 2022-10-13T21:53:32Z'],
    problems: ['counts-disagree'],
  },
  'junit/gtest.xml': { results: ['failed 2+3+2 at 2026-11-21T11:50:58Z'] },
  'junit/jest-junit-crashed-file-all-green.xml': { results: ['passed 1+0+0 at 2026-11-21T11:55:08Z'] },
  'junit/jest-junit-no-cases.xml': { results: ['skipped (no-tests) 0+0+0 at 2020-10-27T21:39:41Z'] },
  'junit/jest-junit-suite-errors-reported.xml': {
    results: ['failed 1+2+0 at 2026-11-21T11:55:09Z'],
    problems: ['counts-disagree'],
  },
  'junit/jest-junit.xml': { results: ['failed 3+1+1 at 2026-11-21T11:53:37Z'], problems: ['counts-disagree'] },
  'junit/negative-duration-duplicate-names.xml': {
    results: ['passed 2+0+0 at 2009-01-16T22:57:13Z'],
    problems: ['counts-disagree'],
  },
  'junit/nested-suites-attributes-disagree.xml': { results: ['failed 2+3+0 150s'], problems: ['counts-disagree'] },
  'junit/nextest.xml': { results: ['failed 2+1+0 0.946s at 2024-12-02T20:06:10Z'] },
  'junit/node-test.xml': { results: ['failed 2+4+1 0.053s'] },
  'junit/playwright.xml': { results: ['failed 2+2+1 at 2026-11-21T11:51:21Z'] },
  'junit/pytest-collection-error.xml': { results: ['failed 0+1+0 0.109s at 2026-11-21T11:50:04Z'] },
  'junit/pytest.xml': { results: ['failed 4+5+2 0.038s at 2026-11-21T11:50:03Z'], problems: ['counts-disagree'] },
  'junit/retries-as-duplicate-cases.xml': { results: ['failed 4+3+0 2.5s'], problems: ['counts-disagree'] },
  'junit/status-disabled-errored.xml': { results: ['failed 6+6+10'] },
  'junit/surefire-flaky-one-attempt.xml': { results: ['passed 1+0+0 flaky 0.683s'] },
  'junit/surefire-mixed.xml': { results: ['failed 2+2+1 0.01s'] },
  'junit/surefire-rerun-flaky-attributes-disagree.xml': {
    results: ['passed 1+0+0 flaky 0.046s'],
    problems: ['counts-disagree'],
  },
  'junit/timestamps-many-forms.xml': {
    results: ['passed 12+0+0 at 2024-01-03T13:27:11Z'],
    problems: ['counts-disagree'],
  },
  'junit/truncated.xml': { problems: ['unreadable-document'] },
  'junit/vitest.xml': { results: ['failed 2+1+2 0.009s at 2026-11-21T11:50:59Z'] },
})

describe('a text made to do harm', () => {
  const codes: Readonly<Record<string, string>> = {
    'hostile/character-reference-nul.xml': 'unreadable-document',
    'hostile/control-characters.xml': 'unreadable-document',
    'hostile/deep-nesting.xml': 'unreadable-document',
    'hostile/doctype-harmless.xml': 'unreadable-document',
    'hostile/duplicate-attribute.xml': 'unreadable-document',
    'hostile/empty.xml': 'unreadable-document',
    'hostile/entity-bomb.xml': 'unreadable-document',
    'hostile/external-entity.xml': 'unreadable-document',
    'hostile/html-error-page.xml': 'unreadable-document',
    'hostile/invalid-utf8.xml': 'passed',
    'hostile/latin1-declared.xml': 'passed',
    'hostile/locale-numbers.xml': 'passed counts-disagree',
    'hostile/markup-and-bidi.xml': 'passed',
    'hostile/not-junit.xml': 'bad-document',
    'hostile/prototype-names.xml': 'passed',
    'hostile/two-roots.xml': 'unreadable-document',
    'hostile/utf16be-bom.xml': 'passed',
    'hostile/utf16le-bom.xml': 'passed',
    'hostile/utf8-bom.xml': 'passed',
    'hostile/whitespace-only.xml': 'unreadable-document',
  }
  test.each(recordings.filter(isHostile))('is read or refused: $file: $what', ({ file, text }) => {
    const { results, problems } = adapt(text)
    expect([...results.map(({ outcome }) => outcome), ...problems.map(({ code }) => code)].join(' ')).toBe(codes[file])
  })
})
