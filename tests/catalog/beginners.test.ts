import { describe, expect, test } from 'vitest'
import { editOf, withEdits } from '#catalog/change.ts'
import { catalogOf } from '#tests/builders.ts'

const categories = { 'categories.yml': 'databases: {name: Databases}\n' }
const keys = `name: Redis
summary: A store
homepage: https://redis.io/
categories: [databases]
`
const claim = `  - architectures: [arm64]
    support: works
    date: 2026-05-12
    link: https://redis.io/download/
`
const file = (yaml: string) => `---\n${yaml}---\nProse.\n`

/** What hurried hands do, what they are told, and what is there once they did as they were told. */
const mistakes: readonly (readonly [what: string, text: string, fix: string | RegExp, after: string])[] = [
  ['a stray line', file(`${keys}x\n`), 'remove the line `x`', file(keys)],
  [
    'a claim without `claims:` above it',
    file(`${keys}${claim}`),
    'write a line `claims:` before `- architectures: [arm64]`',
    file(`${keys}claims:\n${claim}`),
  ],
  [
    'a claim without its hyphen',
    file(`${keys}claims:\n${claim.replace('  - arch', '  arch').replaceAll('\n    ', '\n  ')}`),
    /^make it an item of a list/,
    file(`${keys}claims:\n${claim}`),
  ],
  [
    'a no-break space in the indentation',
    file(`${keys}claims:\n${claim.replace('    support', '\u00a0   support')}`),
    'begin the line `support: works` in column 5',
    file(`${keys}claims:\n${claim}`),
  ],
  [
    'dashes of a word processor',
    `\u2013\u2013\u2013\n${keys}---\nProse.\n`,
    /exactly three hyphens on the first line/,
    file(keys),
  ],
  [
    'a fence around the front matter',
    `\`\`\`yaml\n---\n${keys}---\nProse.\n`,
    'remove what stands before the line `---`',
    file(keys),
  ],
  [
    'curly quotes that hold a colon',
    file(keys.replace('A store', '\u201ca: b\u201d # why')),
    'did you mean `summary: "a: b" # why`?',
    file(keys.replace('A store', '"a: b" # why')),
  ],
  [
    'another form of the word',
    file(`${keys}claims:\n${claim.replace('works', 'working')}`),
    'did you mean `works`?',
    file(`${keys}claims:\n${claim}`),
  ],
  [
    'a link as Markdown has it',
    file(keys.replace('https://redis.io/', '"[here](https://redis.io/)"')),
    'did you mean `https://redis.io/`?',
    file(keys),
  ],
  [
    'a line that was pasted twice',
    file(`${keys}name: Redis\n`),
    'remove this line: another one says the same',
    file(keys),
  ],
  ['one word where a list belongs', file(keys.replace('[databases]', 'databases')), 'write `[databases]`', file(keys)],
  ['a key with a slip', file(keys.replace('summary', 'sumary')), 'did you mean `summary`?', file(keys)],
  [
    'a key with a slip beside the right one',
    file(`${keys}homepag: https://redis.example/\n`),
    'did you mean `homepage`, which is there already? Remove `homepag`',
    file(keys),
  ],
  ['a key that resembles none', file(`${keys}stars: 5\n`), 'remove `stars`', file(keys)],
]

describe('who does literally what a fix says has no problem left, after', () => {
  test.each(mistakes)('%s', (_, text, fix, after) => {
    const { problems } = catalogOf({ ...categories, 'projects/redis.md': text })
    const [problem] = problems
    expect(problems.map((one) => one.fix)[0]).toEqual(typeof fix === 'string' ? fix : expect.stringMatching(fix))
    const edit = problem?.change && editOf(problem.change, problem.place, { file: 'projects/redis.md', text })
    const mended = withEdits(text, edit ? [edit] : [])
    expect(mended).toBe(after)
    expect(catalogOf({ ...categories, 'projects/redis.md': mended }).problems).toEqual([])
  })
})

test('short vocabularies are told whole', () => {
  const { problems } = catalogOf({ ...categories, 'projects/redis.md': file(keys.replace('databases', 'db')) })
  expect(problems[0]?.reason).toBe('Unexpected category `db`, expected an id in `categories.yml`: `databases`.')
})
