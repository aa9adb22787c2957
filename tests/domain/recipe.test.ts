import { describe, expect, test } from 'vitest'
import { commandOfFetch, Recipe } from '#domain/recipe.ts'
import { variablesIn } from '#domain/step-variables.ts'

const proves = { project: 'jq', version: '1.6', binaries: ['jq-1.6/jq'] }
const recipe = (changes: object) => ({
  title: 'Build jq',
  summary: 'How.',
  date: '2026-11-21',
  projects: ['jq'],
  architectures: ['arm64'],
  steps: [{ title: 'Build it', level: 'builds', run: 'make' }],
  ...changes,
})
const issuesOf = (changes: object) =>
  Recipe.safeParse(recipe(changes)).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []

describe('what a run proves', () => {
  test('is a project of the recipe, a version, and the binaries that are tested', () => {
    expect(issuesOf({ proves })).toEqual([])
    expect(issuesOf({ proves: { ...proves, project: 'yq' } })).toEqual([
      'proves.project: one of the `projects` of the recipe',
    ])
    // It becomes a part of evidence, which is stricter than content.
    expect(issuesOf({ proves: { ...proves, version: '1.6\u200b' } })).toHaveLength(1)
    expect(issuesOf({ proves: { ...proves, binaries: [] } })).toEqual(['proves.binaries: at least one binary'])
  })

  test.each([
    ['/usr/bin/jq', false],
    ['../jq', false],
    ['jq/../../jq', false],
    ['jq/..', false],
    ['./jq', false],
    ['jq/', false],
    ['jq//jq', false],
    ['jq jq', false],
    ['$HOME/jq', false],
    ['jq\u0000', false],
    ['.libs/jq', true],
    ['src/.libs/libjq.so.1.0.4', true],
    ['..data/jq', true],
    ['zlib-1.2.13.dfsg/libz.so.1.2.13', true],
    ['gcc++/c~1/a@b', true],
  ])('names %s below the folder of the run: %s', (path, isRight) => {
    expect(issuesOf({ proves: { ...proves, binaries: [path] } }).length === 0).toBe(isRight)
  })

  test('is shown by a step or a check with commands', () => {
    const words = 'proves: a step with `level` and `run`, or a check with `run`, that shows it'
    expect(issuesOf({ proves, steps: [{ title: 'Build it', run: 'make' }] })).toEqual([words])
    expect(issuesOf({ proves, steps: [{ title: 'Build it', level: 'builds' }] })).toEqual([words])
    const verify = [{ run: 'make check', expect: 'Nothing.' }]
    expect(issuesOf({ proves, steps: [{ title: 'Build it', run: 'make' }], verify })).toEqual([])
    // For people alone, nothing has to be shown.
    expect(issuesOf({ steps: [{ title: 'Build it' }] })).toEqual([])
  })

  test('is never that something is merely there', () => {
    expect(issuesOf({ steps: [{ title: 'Build it', level: 'available', run: 'make' }] })).toHaveLength(1)
  })
})

describe('a source package', () => {
  const step = (fetch: object, more = {}) => ({ steps: [{ title: 'Fetch it', fetch, ...more }] })
  const jq = { suite: 'bookworm', source: 'jq', version: '1.6-2.1+deb12u2' }

  test('is fetched by a command that people can type', () => {
    expect(issuesOf(step(jq))).toEqual([])
    expect(commandOfFetch({ ...jq, source: 'zlib', version: '1:1.2.13.dfsg-1' })).toBe(
      'apt-get source zlib=1:1.2.13.dfsg-1',
    )
  })

  test('stands in the place of commands, not beside them', () => {
    expect(issuesOf(step(jq, { run: 'make' }))).toEqual(['steps: steps that either `fetch` or `run`'])
  })

  test.each([
    [{ ...jq, source: '--option' }],
    [{ ...jq, source: 'jq;rm' }],
    [{ ...jq, suite: '../bookworm' }],
    [{ ...jq, suite: 'bookworm main' }],
    [{ ...jq, version: '1.6 -o x' }],
    [{ ...jq, version: '-1' }],
    [{ suite: 'bookworm', source: 'jq' }],
  ])('is nothing that apt could take for something else: %o', (fetch) => {
    expect(issuesOf(step(fetch))).toHaveLength(1)
  })
})

test('the variables that commands use are found', () => {
  expect(variablesIn('cd "$WORK/x"; ${CROSS_COMPILE}gcc; $CCACHE; $EMULATOR ./x; $WORKER')).toEqual([
    'WORK',
    'CROSS_COMPILE',
    'EMULATOR',
  ])
})
