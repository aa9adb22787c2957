/** Texts that a person, a machine or an enemy could put into a content file. */
import fc from 'fast-check'

/** Pieces that YAML, fences and Markdown are made of, in no order. */
const piece = fc.constantFrom(
  ...[
    '---',
    '--- js',
    '---js',
    '...',
    '\n',
    '\n\n',
    ' ',
    '  ',
    '    ',
    '\t',
    ':',
    ': ',
    '- ',
    '? ',
    ',',
    '[',
    ']',
    '{',
    '}',
  ],
  ...[
    '&a ',
    '*a',
    '!t ',
    '!!js/function ',
    '|',
    '|-\n',
    '>\n',
    "'",
    '"',
    '#',
    ' # ',
    '%YAML 1.2\n',
    '@',
    '`',
    '\\',
    '\\u0000',
  ],
  ...[
    'name',
    'name: ',
    'claims',
    'support: works',
    'date: 2026-02-30',
    'link: javascript:alert(1)',
    '__proto__: ',
    '<<: ',
  ],
  ...[
    'a',
    '1.10',
    'no',
    '~',
    '=',
    'null',
    '\u00e9',
    '\ud83d\ude00',
    '\u0085',
    '\u2028',
    '\u00a0',
    '\ufeff',
    '"\\x41"',
    '"\\u0000"',
  ],
  ...[
    '# ',
    '## ',
    '[x](',
    '](/a)',
    '![',
    '<b>',
    '<!--',
    '> ',
    '* ',
    '_',
    '~~',
    '[^1]',
    '|--|',
    'https://a.example/',
    '{#x}',
  ],
)
export const pieces = fc.array(piece, { maxLength: 40 }).map((parts) => parts.join(''))

/** Any text that a file in UTF-8 can hold. */
export const anyText = fc.string({ unit: 'binary', maxLength: 200 }).map((text) => text.replace(/\r\n?/g, '\n'))

const scalar = fc.oneof(
  fc.constantFrom(
    'a',
    '1.10',
    'no',
    '12:30',
    '2026-05-12',
    "''",
    '""',
    '"a: b"',
    "'it''s'",
    '"\\u00e9"',
    '"\\e[0m"',
    'two words',
    '',
  ),
  fc.stringMatching(/^[A-Za-z][A-Za-z0-9 .-]{0,12}[A-Za-z]$/),
)
const key = fc.oneof(
  fc.stringMatching(/^[a-z]{1,6}$/),
  fc.constantFrom('"a"', "'b'", '__proto__', 'constructor', '1', '<<'),
)

/** YAML that is mostly well-formed: maps and lists, in both styles, with comments and empty lines. */
export const yamlText = fc
  .letrec<{ block: string[]; flow: string }>((tie) => ({
    flow: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar.map((text) => (text === '' || /[,[\]{}#:]/.test(text) ? "''" : text)),
      fc.array(tie('flow'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
      fc
        .array(fc.tuple(key, tie('flow')), { maxLength: 3 })
        .map((pairs) => `{${pairs.map(([k, v]) => `${k}: ${v}`).join(', ')}}`),
    ),
    block: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof(scalar, tie('flow')).map((text) => [text]),
      fc
        .array(fc.tuple(key, tie('block')), { minLength: 1, maxLength: 4 })
        .map((pairs) =>
          pairs.flatMap(([k, lines]) =>
            lines.length === 1 ? [`${k}: ${lines[0] ?? ''}`] : [`${k}:`, ...lines.map((line) => `  ${line}`)],
          ),
        ),
      fc
        .array(tie('block'), { minLength: 1, maxLength: 4 })
        .map((items) => items.flatMap(([first = '', ...more]) => [`- ${first}`, ...more.map((line) => `  ${line}`)])),
      fc
        .tuple(
          key,
          fc.constantFrom('|', '>-', '|+'),
          fc.array(fc.constantFrom('text', 'a: b', '# c', ''), { minLength: 1, maxLength: 3 }),
        )
        .map(([k, style, lines]) => [`${k}: ${style}`, ...lines.map((line) => `  ${line}`)]),
    ),
  }))
  .block.map((lines) => lines.join('\n'))

type Mutation = (text: string, at: number, part: string) => string
const mutations: Mutation[] = [
  (text, at, part) => text.slice(0, at) + part + text.slice(at),
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(0, at) + text.slice(at).replace(/[a-z0-9]+/, 'nothing'),
  (text, at) => text.slice(0, at) + text.slice(at).replace(/\[[^\]]+\]/, '[nothing]'),
  (text, at) => text.replaceAll(/[a-z]{4,}/.exec(text.slice(at))?.[0] ?? 'redis', 'nothing'),
  (text, at, part) => text.slice(0, at) + part + text.slice(at + 1),
  (text, at) => lineMutation(text, at, (lines, index) => lines.toSpliced(index, 1)),
  (text, at) => lineMutation(text, at, (lines, index) => lines.toSpliced(index, 0, lines[index] ?? '')),
  (text, at) => lineMutation(text, at, (lines, index) => lines.with(index, `  ${lines[index] ?? ''}`)),
  (text, at, part) =>
    lineMutation(text, at, (lines, index) => lines.with(index, (lines[index] ?? '').replace(/: .*/, `: ${part}`))),
]

function lineMutation(text: string, at: number, change: (lines: string[], index: number) => string[]): string {
  return change(text.split('\n'), text.slice(0, at).split('\n').length - 1).join('\n')
}

/** A text with a few changes, as hasty hands make them. */
export function mutated(text: string, maximum = 3): fc.Arbitrary<string> {
  const change = fc.tuple(fc.constantFrom(...mutations), fc.double({ min: 0, max: 1, noNaN: true }), piece)
  return fc
    .array(change, { maxLength: maximum })
    .map((changes) =>
      changes.reduce((its, [mutate, share, part]) => mutate(its, Math.floor(share * its.length), part), text),
    )
}

/** Shapes that exhaust what is not ready for them. */
export const extreme = fc
  .tuple(
    fc.constantFrom(
      '[',
      '{a: ',
      '- ',
      '? ',
      '> ',
      '>',
      '* ',
      '![',
      '[',
      '*a _b ',
      '&a ',
      '!t ',
      '\n',
      ' ',
      'a\n',
      '- a\n',
      '# a\n',
      '"',
      '`',
      '<b>',
      '|',
    ),
    fc.integer({ min: 1, max: 1500 }),
    fc.constantFrom('', 'x', ']', '}'),
  )
  .map(([part, times, end]) => part.repeat(times) + end)
