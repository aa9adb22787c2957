import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { controlCharacter } from '#catalog/control-character.ts'
import { maximumLogBytes } from '#domain/run-log.ts'
import { privateWords } from '#hooks/private-words.ts'
import { cleaned, writeLog, type LoggedStep } from '#hooks/run-log.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'

const step = (head: string, changes: Partial<LoggedStep> = {}): LoggedStep => ({
  title: 'Build it',
  commands: 'make -j2\n',
  output: { head, tail: '', leftOut: { bytes: 0, lines: 0 } },
  ending: 'passed, exit code 0, 1.0 s',
  ...changes,
})

describe('a log', () => {
  test('says what was run, what came out, and how it ended', () => {
    const output = { head: 'first\n', tail: 'last\n', leftOut: { bytes: 1234, lines: 56 } }
    expect(writeLog(['jq 1.6 on arm64'], [step('CC main.o\n'), step('', { output })], ['builds: passed'], [])).toBe(
      `jq 1.6 on arm64

== 1. Build it
$ make -j2
CC main.o
-- passed, exit code 0, 1.0 s

== 2. Build it
$ make -j2
first
[56 lines, 1234 bytes, left out]
last
-- passed, exit code 0, 1.0 s

== Results
builds: passed
`,
    )
  })

  test('is never larger than a log may be', () => {
    const long = step('x'.repeat(300).concat('\n').repeat(30))
    const many = Array.from({ length: 12 }, () => long)
    const log = writeLog(['facts'], many, ['tested: passed'], [])
    expect(Buffer.byteLength(log)).toBeLessThanOrEqual(maximumLogBytes)
    expect(log).toContain('output left out')
    expect(log).toContain('tested: passed')
    const huge = writeLog(['facts'], [step('', { commands: 'echo\n'.repeat(20_000) })], [], [])
    expect(Buffer.byteLength(huge)).toBeLessThanOrEqual(maximumLogBytes)
    expect(huge).toMatch(/\[the rest is left out\]\n$/)
  })

  test(
    'holds no control character and no line that is too long, whatever was printed',
    () => {
      fc.assert(
        fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
          const log = writeLog([], [step(text)], [], [])
          expect(controlCharacter.exec(log)).toBeNull()
          expect(log.isWellFormed()).toBe(true)
        }),
        { numRuns: runsOf(300) },
      )
    },
    propertyTimeout,
  )

  test.each([
    ['colours', '\u001b[31mFAIL\u001b[0m jqtest', 'FAIL jqtest'],
    ['progress on one line', '10 %\r50 %\r100 %\nend', '100 %\nend'],
    ['Windows line ends', 'one\r\ntwo\r\n', 'one\ntwo'],
    ['a bell and a null byte', 'a\u0007b\u0000c', 'a·b·c'],
    ['text that turns around', 'user\u202etxt.exe', 'user·txt.exe'],
    ['a title of the terminal', '\u001b]0;title\u0007text', 'text'],
    ['many empty lines', 'a\n\n\n\n\nb', 'a\n\nb'],
    ['markup, which stays text', '<script>alert(1)</script>', '<script>alert(1)</script>'],
  ])('is clean of %s', (_what, text, shown) => {
    expect(cleaned(text, [])).toBe(shown)
  })
})

describe('what is for nobody else', () => {
  test.each([
    ['the folder of the run', '/tmp/run-1/arm64/work/jq.c:1: error', '$WORK/jq.c:1: error'],
    ['a folder within a folder, by its own name', '/tmp/run-1/arm64/log', '$RUN/log'],
    [
      'the name of the machine, as a word',
      'Linux vm7 x86_64, llvm7 and vm7-tools',
      'Linux [host] x86_64, llvm7 and vm7-tools',
    ],
    ['a user and a password in an address', 'GET https://ann:pass@example.org/x', 'GET https://example.org/x'],
    ['private networks', 'connected to 10.1.2.3:3128 and 192.168.7.1', 'connected to [address] and [address]'],
    ['versions stay', 'gcc 12.2.0, jq 1.6, 10.2.3', 'gcc 12.2.0, jq 1.6, 10.2.3'],
  ])('is hidden: %s', (_what, text, shown) => {
    const words = [
      ['/tmp/run-1/arm64/work', '$WORK'],
      ['/tmp/run-1/arm64', '$RUN'],
      ['vm7', '[host]'],
    ] as const
    expect(cleaned(text, words)).toBe(shown)
  })

  test('is what the environment tells: secrets, proxies, registries, the home', () => {
    const environment = {
      HOME: '/home/ann',
      USER: 'ann',
      PATH: '/home/ann/bin:/usr/bin',
      GITHUB_TOKEN: 'ghp_0123456789',
      https_proxy: 'http://ann:word@proxy.example.org:3128',
      npm_config_registry: 'https://registry.example.org/npm/',
      EDITOR: 'vi-improved',
    }
    const words = privateWords([['/srv/site', '$SITE']], environment, 'http://mirror.example.org/debian')
    const text = [
      '/srv/site/content /home/ann/.cache, ann, annotated',
      'token ghp_0123456789',
      'proxy.example.org:3128 https://registry.example.org/npm/x',
      'Get:1 http://mirror.example.org/debian bookworm',
      'vi-improved',
      'finish: PATH="/home/ann/bin:/usr/bin:/sbin"',
    ].join('\n')
    expect(cleaned(text, words)).toBe(
      [
        '$SITE/content ~/.cache, [user], annotated',
        'token [secret]',
        '[address] https://[address]/npm/x',
        'Get:1 http://[mirror]/debian bookworm',
        'vi-improved',
        'finish: PATH="$PATH:/sbin"',
      ].join('\n'),
    )
  })

  test('is not the mirror that everybody has', () => {
    const words = privateWords([], {}, 'http://deb.debian.org/debian')
    expect(cleaned('Get:1 http://deb.debian.org/debian', words)).toBe('Get:1 http://deb.debian.org/debian')
  })
})
