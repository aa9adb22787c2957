import { describe, expect, test } from 'vitest'
import { parseDocument } from '#ingest/document.ts'
import { tap } from '#ingest/tap.ts'
import { expectRecordings } from './recordings.ts'

const lines = (...text: string[]) => `${text.join('\n')}\n`
const adapt = (text: string) => tap.adapt(parseDocument(text))
const resultOf = (text: string) => adapt(text).results[0]

describe('a report', () => {
  test('passes with all its tests', () => {
    expect(resultOf(lines('TAP version 14', '1..2', 'ok 1 - a', 'ok 2'))).toMatchObject({
      outcome: 'passed',
      level: 'tested',
      counts: { passed: 2, failed: 0, skipped: 0 },
    })
  })

  test('fails with one of them', () => {
    expect(resultOf(lines('1..2', 'ok 1', 'not ok 2'))).toMatchObject({
      outcome: 'failed',
      counts: { passed: 1, failed: 1, skipped: 0 },
    })
  })

  test('may have its plan at the end', () => {
    expect(resultOf(lines('ok 1', 'ok 2', '1..2'))?.outcome).toBe('passed')
  })

  test('tolerates tests that are to be done, and does not count what was skipped as run', () => {
    const text = lines('1..4', 'ok 1', 'not ok 2 # TODO later', 'ok 3 # SKIP no qemu', 'not ok 4 # skip')
    expect(resultOf(text)).toMatchObject({ outcome: 'passed', counts: { passed: 1, failed: 0, skipped: 3 } })
  })

  test.each([
    lines('1..0 # SKIP not on this architecture'),
    lines('1..1', 'ok 1 # SKIP'),
    lines('1..1', 'not ok 1 # TODO'),
  ])('shows nothing if no test was executed: %s', (text) => {
    expect(resultOf(text)).toMatchObject({ outcome: 'skipped', reason: 'no-tests' })
  })

  test.each([
    ['fewer tests than planned', lines('1..3', 'ok 1', 'ok 2')],
    ['no plan', lines('ok 1', 'ok 2')],
    ['more tests than planned', lines('1..1', 'ok 1', 'ok 2')],
    ['a test after its plan', lines('ok 1', '1..1', 'not ok 2')],
    ['a test although none was planned', lines('1..0', 'ok 1')],
    ['nothing after its version', lines('TAP version 13')],
  ])('with %s failed', (_, text) => {
    expect(resultOf(text)).toMatchObject({ outcome: 'failed', reason: 'crash' })
  })

  test('that bails out says nothing, unless a test had failed', () => {
    expect(resultOf(lines('1..3', 'ok 1', 'Bail out! No database'))).toMatchObject({ outcome: 'infra' })
    expect(resultOf(lines('1..3', 'not ok 1', 'Bail out!'))).toMatchObject({ outcome: 'failed' })
    expect(resultOf(lines('1..1', '    1..2', '    Bail out!'))).toMatchObject({ outcome: 'infra' })
  })

  test('tells how long it took', () => {
    expect(resultOf(lines('1..1', 'ok 1', '# time=1250.5ms'))?.metrics).toEqual([
      { name: 'test time', value: 1.251, unit: 's' },
    ])
    expect(resultOf(lines('1..1', 'ok 1', '# duration_ms 40'))?.metrics).toMatchObject([{ value: 0.04 }])
  })

  test('does not know where and when it ran', () => {
    const result = resultOf(lines('1..1', 'ok 1'))
    expect(result?.runId).toMatch(/^sha256:[0-9a-f]{64}$/)
    for (const key of ['provider', 'job', 'observedAt', 'architecture']) expect(result).not.toHaveProperty(key)
  })
})

describe('subtests', () => {
  const ofNode = lines(
    'TAP version 13',
    '# Subtest: suite',
    '    # Subtest: one',
    '    ok 1 - one',
    '      ---',
    '      duration_ms: 1.2',
    '      ...',
    '    # Subtest: two',
    '    not ok 2 - two',
    '    1..2',
    'not ok 1 - suite',
    '1..1',
  )

  test('are counted, and the line that sums them up is not', () => {
    expect(resultOf(ofNode)).toMatchObject({ outcome: 'failed', counts: { passed: 1, failed: 1, skipped: 0 } })
  })

  test('that all pass leave a failure to the test around them', () => {
    const text = lines('# Subtest: a', '    ok 1', '    1..1', 'not ok 1 - a', '1..1')
    expect(resultOf(text)).toMatchObject({ outcome: 'failed', counts: { passed: 1, failed: 1, skipped: 0 } })
  })

  test('in braces are counted too', () => {
    const text = lines('1..1', 'ok 1 - a {', '    ok 1', '    ok 2 # SKIP', '    1..2', '}')
    expect(resultOf(text)).toMatchObject({ outcome: 'passed', counts: { passed: 1, failed: 0, skipped: 1 } })
  })

  test('in braces may come after diagnostics', () => {
    const text = lines('1..1', 'ok 1 - a', '  ---', '  a: b', '  ...', '{', '    ok 1', '    1..1', '}')
    expect(resultOf(text)).toMatchObject({ outcome: 'passed', counts: { passed: 1, failed: 0, skipped: 0 } })
  })

  test('that are empty count as the test around them', () => {
    const text = lines('# Subtest: a', '    1..0 # SKIP', 'ok 1 - a # SKIP', '1..1')
    expect(resultOf(text)).toMatchObject({ outcome: 'skipped', counts: { passed: 0, failed: 0, skipped: 1 } })
  })

  test('that are nested too deep are refused', () => {
    const text = lines('1..1', `${' '.repeat(132)}ok 1`)
    expect(adapt(text)).toMatchObject({ results: [], problems: [{ code: 'bad-document', spot: { line: 2 } }] })
  })
})

describe('what stands between tests', () => {
  test('does not count: output, diagnostics, comments', () => {
    const text = lines(
      '1..2',
      'starting up',
      '[1] okay',
      'ok 1',
      '  ---',
      '  message: >-',
      '    not ok 7 - quoted',
      '    ok 8',
      '  ...',
      '# not ok 3',
      'ok 2',
    )
    expect(resultOf(text)).toMatchObject({ outcome: 'passed', counts: { passed: 2, failed: 0, skipped: 0 } })
  })

  test('in YAML is never made into objects', () => {
    const bomb = ['  a: &a [x,x]', ...Array.from({ length: 30 }, (_, at) => `  b${String(at)}: &b [*a,*a,*a]`)]
    const text = lines('1..1', 'ok 1', '  ---', ...bomb, '  date: !!js/function "function () {}"', '  ...')
    expect(resultOf(text)).toMatchObject({ outcome: 'passed' })
  })

  test('ends where a block of diagnostics is not ended', () => {
    expect(resultOf(lines('1..2', 'ok 1', '  ---', '  a: b', 'not ok 2'))?.counts?.failed).toBe(1)
  })

  test.each([
    ['a bar that a carriage return repaints', '10 %\r100 %\rok 1\nok 2'],
    ['a line separator', 'output \u2028 of a test\nok 1\nok 2 \u2029'],
    ['Windows lines', 'ok 1\r\nok 2\r\n'],
    ['a description without end', `ok 1 ${'x'.repeat(100_000)}\nok 2 ${'x'.repeat(100_000)} # SKIP`],
  ])('does not stop the parser: %s', (_, text) => {
    expect(resultOf(`1..2\n${text}\n`)?.outcome).toBe('passed')
  })
})

test.each([
  ['with their plans last', lines('ok 1', '1..1', 'not ok 1', '1..1')],
  ['with their plans first', lines('1..1', 'ok 1', '1..1', 'not ok 1')],
  ['with versions', lines('TAP version 13', '1..1', 'ok 1', 'TAP version 13', '1..1', 'ok 1')],
])('two reports in one text, %s, are refused: the parser would pass over the second', (_, text) => {
  expect(adapt(text)).toMatchObject({ results: [], problems: [{ code: 'bad-document' }] })
})

test('a text without a line of the protocol is no report that failed', () => {
  for (const text of ['<html>Not found</html>', '{\n  "ok": true\n}\n', '# time=1s\n']) {
    expect(adapt(text)).toMatchObject({ results: [], problems: [{ code: 'bad-document' }] })
  }
})

describe('a text is recognised', () => {
  test.each(['TAP version 14\n', '1..0 # skip\n', 'noise\n1..2\nok 1\nok 2', 'ok 1 - a\nok 2\n', '\n# a\n\nnot ok 1'])(
    'as TAP: %s',
    (text) => {
      expect(tap.recognises(parseDocument(text))).toBe(true)
    },
  )

  test.each([
    '',
    'ok  \tgithub.com/a/b\t0.02s\nok  \tgithub.com/a/c\t0.01s\n',
    'ok\n',
    'Everything is ok 1 time',
    '{"a": "TAP version 14"}',
    '<log>\n1..1\nok 1\n</log>',
    '1..5 of 9 files copied\nok then\n',
  ])('as something else: %s', (text) => {
    expect(tap.recognises(parseDocument(text))).toBe(false)
  })
})

expectRecordings(tap, 'tap', {
  'tap/bailout.tap': { results: ['infra 3+0+0'] },
  'tap/buffered-nested-failure-top-ok.tap': { results: ['failed 0+1+0'] },
  'tap/duplicates.tap': { results: ['failed (crash) 11+0+0'] },
  'tap/node-test.tap': { results: ['failed 2+3+2 0.567s'] },
  'tap/not-ok-todo.tap': { results: ['passed 3+0+1'] },
  'tap/perl-bail-out.tap': { results: ['failed 3+1+4'] },
  'tap/perl-test-more.tap': { results: ['failed 3+1+4'] },
  'tap/perl-test2-buffered.tap': { results: ['failed 8+1+0'] },
  'tap/skip-all-with-assert.tap': { results: ['failed (crash) 0+0+0'] },
  'tap/skipall_v13.tap': { results: ['skipped (no-tests) 0+0+0'] },
  'tap/skipping-a-few.tap': { results: ['passed 1+0+4'] },
  'tap/subtest-buffer-todo.tap': { results: ['skipped (no-tests) 0+0+2'] },
  'tap/too_many.tap': { results: ['failed (crash) 7+0+0'] },
  'tap/unfinished.tap': { results: ['failed (crash) 2+0+0'] },
  'tap/version-14.tap': { results: ['passed 5+0+0'] },
  'tap/vitest-flat.tap': { results: ['failed 2+1+2'] },
  'tap/vitest-nested.tap': { results: ['failed 2+1+2'] },
  'handmade/tap/no-plan.tap': { results: ['failed (crash) 2+0+0'] },
})
