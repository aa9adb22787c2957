import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkMarkdown, inspectMarkdown } from '#catalog/body.ts'

const placeAt = (line: number, column: number) => ({ file: 'text.md', line, column })

const token = fc.constantFrom(
  ...[
    '# ',
    '## ',
    '=',
    '==',
    '\n',
    '\n\n',
    ' ',
    '> ',
    '- ',
    '1. ',
    '10) ',
    '    ',
    '\t',
    '`',
    '```',
    '~~~',
    'text',
    'a@b.example',
    'www.a.example',
  ],
  ...[
    '[',
    ']',
    '(',
    ')',
    '](',
    ']:',
    ']: ',
    '[a]',
    '[a](',
    '!',
    '![',
    '<',
    '>',
    '</',
    '<!--',
    '-->',
    '<?',
    '<b',
    '<https://a.example>',
    '<mailto:a@b.c>',
  ],
  ...[
    'http://a.example',
    'https://a.example/',
    'javascript:alert(1)',
    '&#106;',
    '&lt;',
    '\\',
    '\\<',
    '/own/',
    '](/own/',
    '](/&sol;a)',
    '](/\\a)',
    '//host/',
    '#anchor',
    '|',
    '---',
    '[^1]',
    '[^1]: ',
    '[a][b]',
    '[^a-z]',
    '[UPDATE]: done',
    '---\n',
    'key: value\n',
    '@@ -1,2 +1,2 @@',
    'diff --git a b',
    '--- a\n+++ b\n',
    '├ ',
    '• ',
    '&bull; ',
    '$ make',
    'a@b:~$ make',
    '\\*\\*a\\*\\*',
    '\\`a\\`',
    '*',
    '_',
  ],
)

test('the shortcut never hides a problem that parsing would find', () => {
  let withProblems = 0
  fc.assert(
    fc.property(fc.array(token, { maxLength: 30 }), (tokens) => {
      const text = tokens.join('')
      const found = inspectMarkdown(text, placeAt)
      if (found.length > 0) withProblems += 1
      expect(checkMarkdown(text, placeAt)).toEqual(found)
    }),
    { numRuns: process.env.LONG ? 50_000 : 1500 },
  )
  expect(withProblems).toBeGreaterThan(100)
})

test('plain prose with web links is not parsed', () => {
  const text = 'See [the ticket](https://git.example.org/a/1) and https://example.org/, or `a < b`.\n\n## Next\n'
  expect(checkMarkdown(text, placeAt)).toEqual([])
})
