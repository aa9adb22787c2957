import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runsOf } from '#tests/builders.ts'
import { grepCommand, shellWord } from '#views/shell.ts'

const hostile = [
  `'; rm -rf ~; '`,
  `it's`,
  `''`,
  `'`,
  `\\'`,
  `$(reboot)`,
  '`reboot`',
  `\${HOME}`,
  `!!`,
  `a'!b`,
  `"double"`,
  `back\\slash\\`,
  `^import +"C"`,
  `* ? [a-z] {a,b} ~`,
  `# no comment`,
  `a && b || c ; d | e > f < g &`,
  `%s%n`,
  `-rf`,
  `--include=/etc/passwd`,
  `über 64 € 😀`,
  ``,
]

/** What a shell understands: its words, one by one. */
function wordsRead(shell: string, words: readonly string[]): string[] {
  const output = execFileSync(shell, ['-c', `printf '%s\\0' ${words.join(' ')}`], { encoding: 'utf8' })
  return output.split('\0').slice(0, -1)
}

describe('a word of a shell', () => {
  test('is read back to the character, whatever it holds', () => {
    expect(wordsRead('sh', hostile.map(shellWord))).toEqual(hostile)
  })

  test('is read back to the character for any text', () => {
    const visible = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !/[\p{C}\p{Z}]/u.test(text))
    fc.assert(
      fc.property(fc.array(visible, { minLength: 1, maxLength: 40 }), (texts) => {
        expect(wordsRead('sh', texts.map(shellWord))).toEqual(texts)
      }),
      { numRuns: runsOf(20) },
    )
  })

  test('holds nothing that a terminal would obey', () => {
    const texts = [
      'a\nreboot\n',
      'a\u0003reboot',
      'a\u001b[201~',
      'a\tb',
      'a\u202eb',
      'a\u2028b',
      'a\u007f',
      'a\u200bb',
    ]
    for (const text of texts) expect(shellWord(text)).toMatch(/^\$'[\x20-\x7e]*'$/)
    expect(shellWord(`it's\n!`)).toBe(String.raw`$'it\047s\012\041'`)
  })
})

describe('a search', () => {
  test('looks for the pattern below the current folder', () => {
    expect(grepCommand('GOARCH *[!=]= *"amd64"', '*.go')).toBe(`grep -rnE 'GOARCH *[!=]= *"amd64"' --include='*.go' .`)
  })

  test('without a glob looks into every file', () => {
    expect(grepCommand('/proc/cpuinfo', undefined)).toBe(`grep -rnE '/proc/cpuinfo' .`)
  })

  test('takes a pattern that begins with a hyphen for a pattern', () => {
    expect(grepCommand('--platform=[a-z]+', 'Dockerfile*')).toBe(
      `grep -rnE -e '--platform=[a-z]+' --include='Dockerfile*' .`,
    )
  })

  test('quotes the glob too', () => {
    expect(grepCommand('x', `*.c' /etc '`)).toBe(`grep -rnE 'x' --include='*.c'\\'' /etc '\\''' .`)
  })
})
