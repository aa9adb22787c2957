import { describe, expect, test } from 'vitest'
import { projectFile } from '#tests/builders.ts'
import { viewRecipeList } from '#views/recipe-list.ts'
import { viewRecipe, type RecipeView } from '#views/recipe.ts'
import { entryOf, pageContextOf } from './page-context.ts'

/** A recipe's file: front matter that is always there, then `more` of it, then the body. */
function recipeFile(more = 'steps: [{title: Build it}]\n', body = ''): string {
  return `---
title: Redis on Arm
summary: How it was built.
date: 2014-10-28
projects: [redis]
architectures: [arm64]
${more}---
${body}`
}

function view(recipe: string, files: Record<string, string> = {}, asOf = '2026-11-21T12:00:00Z'): RecipeView {
  const context = pageContextOf({ 'recipes/r.md': recipe, 'projects/redis.md': projectFile(), ...files }, { asOf })
  return viewRecipe(entryOf(context.catalog.recipe, 'r'), context)
}

const noteFile = (more = '') => `---
title: A trap
summary: What it is.
date: 2019
symptom: It fails.
cause: A reason.
fix: A way.
architectures: [arm64]
${more}---
`

const hardwareFile = `---
name: Big Board
kind: board
summary: A machine.
architectures: [arm64]
date: 2017
---
`

describe('the state of a recipe', () => {
  test('an old recipe says that the world has moved', () => {
    const { state, isOld, facts } = view(recipeFile())
    expect(facts[0]).toEqual({
      name: 'State of',
      day: { datetime: '2014-10-28', words: '28 October 2014', age: '12 years ago' },
    })
    expect(isOld).toBe(true)
    expect(state).toContain('check each step')
  })

  test('a young recipe does not', () => {
    const { state, isOld } = view(recipeFile(), {}, '2015-03-01T00:00:00Z')
    expect(isOld).toBe(false)
    expect(state).toBe('No trial of it is recorded.')
  })

  test('later trials and updates are told with their days', () => {
    const { state } = view(
      recipeFile(`testedOn:
  - {architecture: arm64, date: 2014-10-28, result: builds}
  - {architecture: arm64, date: 2016-05, result: works}
updates:
  - {date: 2015-02-01, text: Second.}
  - {date: 2014-12-01, text: First.}
steps: [{title: Build it}]
`),
    )
    expect(state).toMatch(/^It was last tried in May 2016\. It was last updated on 1 February 2015\./)
  })

  test('updates stand in the order of their days', () => {
    const { updates } = view(
      recipeFile(`updates:
  - {date: 2015-02-01, text: Second.}
  - {date: 2014-12-01, text: First.}
steps: [{title: Build it}]
`),
    )
    expect(updates.map(({ html }) => html)).toEqual(['<p>First.</p>', '<p>Second.</p>'])
  })
})

describe('steps', () => {
  test('a step has the id that its writer gave it, or one from its title', () => {
    const { steps } = view(recipeFile('steps: [{title: Get it, id: source}, {title: "Build GCC, then cgo!"}]\n'))
    expect(steps.map(({ id, number }) => [number, id])).toEqual([
      [1, 'source'],
      [2, 'build-gcc-then-cgo'],
    ])
  })

  test('no two parts of a page share an id', () => {
    const { steps, patches, sections, headings } = view(
      recipeFile(
        `steps: [{title: Links}, {title: Steps, id: steps}, {title: Links}, {title: Content}, {title: Background}, {title: 検証}, {title: "!"}]
patches: [{file: a.c, change: A., why: B.}]
`,
        '## Background\n\nText.\n\n## Patch 1\n\nText.\n',
      ),
    )
    const ids = [...steps, ...patches, ...sections, ...Object.values(headings)].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(sections.map(({ id }) => id)).toEqual(['background', 'patch-1'])
    expect(steps.map(({ id }) => id)).toEqual([
      'links',
      'steps',
      'links-2',
      'content-2',
      'background-2',
      '検証',
      'part',
    ])
    expect(headings.steps.id).toBe('steps-2')
  })

  test('commands are kept to the character, without the line break that only YAML needs', () => {
    const { steps } = view(
      recipeFile(`steps:
  - title: Build it
    run: |
      cd <src> && make	-j4 \\
        CC='gcc'   # tail
`),
    )
    expect(steps[0]?.commands).toBe("cd <src> && make\t-j4 \\\n  CC='gcc'   # tail")
  })

  test('a step that is not needed any more says since when and why', () => {
    const { steps, contents } = view(
      recipeFile(
        `steps: [{title: Patch it, notNeededSince: {date: 2014-11-11, why: It is upstream.}}, ${'{title: Wait}, '.repeat(9)}]\n`,
      ),
    )
    expect(steps[0]?.notNeeded).toMatchObject({
      day: { words: '11 November 2014' },
      html: '<p>It is upstream.</p>',
    })
    expect(contents.find(({ label }) => label === 'Steps')?.parts[0]?.label).toBe(
      '1. Patch it (not needed since 11 November 2014)',
    )
  })

  test('a patch and the step that applies it know of each other', () => {
    const { steps, patches } = view(
      recipeFile(`steps: [{title: Get it}, {title: Patch it}]
patches:
  - {file: a.c, function: main, change: A., why: B., step: patch-it}
  - {file: b.c, change: A., why: B., step: nowhere}
`),
    )
    expect(steps[1]?.patches).toEqual([{ label: 'a.c, main', address: '#patch-1' }])
    expect(patches.map(({ step }) => step)).toEqual([{ label: 'step 2', address: '#patch-it' }, undefined])
  })
})

describe('trials', () => {
  const runs = `testedOn:
  - {architecture: arm64, hardware: board, date: 2014-10-28, result: works, note: "See [it](/notes/trap/)."}
  - {architecture: aarch64, machine: "Board, size S", hardware: board, date: 2026-10, result: fails}
  - {architecture: arm64, date: 2014, result: builds, os: Debian}
steps: [{title: Build it}]
`
  const files = { 'hardware/board.md': hardwareFile, 'notes/trap.md': noteFile() }

  test('a trial names its machine in words, and its page where there is one', () => {
    const { rows } = view(recipeFile(runs), files).runs
    expect(rows.map(({ machine, machineAddress }) => [machine, machineAddress])).toEqual([
      ['Big Board', '/base/hardware/#board'],
      ['Board, size S', '/base/hardware/#board'],
      ['not given', undefined],
    ])
    expect(rows[0]?.noteHtml).toBe('<p>See <a href="/base/notes/trap/">it</a>.</p>')
  })

  test('what was seen long ago is stale', () => {
    const { rows } = view(recipeFile(runs), files).runs
    expect(rows.map(({ result }) => [result.label, result.group, result.basis])).toEqual([
      ['works', 'works', 'stale'],
      ['fails', 'no', 'claimed'],
      ['builds', 'exists', 'stale'],
    ])
  })

  test('a column that no trial fills is left out', () => {
    expect(view(recipeFile(runs), files).runs).toMatchObject({ hasOs: true, hasVersion: false, hasDuration: false })
  })
})

describe('what a recipe is about', () => {
  test('projects and notes that name the recipe stand behind its own', () => {
    const { facts, notes } = view(recipeFile('notes: [trap]\nsteps: [{title: Build it}]\n'), {
      'projects/zlib.md': projectFile({ name: 'zlib', recipes: '[r]' }),
      'projects/other.md': projectFile({ name: 'Other' }),
      'notes/trap.md': noteFile(),
      'notes/another.md': noteFile('recipes: [r]\n'),
    })
    expect(facts.find(({ name }) => name === 'Projects')?.links?.map(({ label }) => label)).toEqual(['Redis', 'zlib'])
    expect(notes.map(({ link }) => link.address)).toEqual(['/base/notes/trap/', '/base/notes/another/'])
  })

  test('claims that name the recipe as their source lead to their cells', () => {
    const claims = `
  - {architectures: [arm64], support: works, date: 2014-10-28, version: "2.8", link: /recipes/r/}
  - {architectures: [amd64, armv7], support: works, date: 2014-10-29, link: "/recipes/r/#build-it"}
  - {architectures: [amd64], support: works, date: 2014-10-29, link: https://example.org/recipes/r/}`
    const view1 = view(recipeFile(), { 'projects/redis.md': projectFile({ claims }) })
    expect(view1.claims.map((claim) => [claim.version, ...claim.architectures.map(({ address }) => address)])).toEqual([
      [undefined, '/base/projects/redis/#amd64', '/base/projects/redis/#armv7'],
      ['2.8', '/base/projects/redis/#arm64'],
    ])
    expect(view1.claims[0]).toMatchObject({ label: 'works', basis: 'stale' })
  })

  test('a text with headings begins with an introduction; one without is the background', () => {
    const divided = view(recipeFile(undefined, 'First.\n\n## What failed\n\nAll.\n'))
    expect(divided.intro).toBe('<p>First.</p>')
    expect(divided.sections).toEqual([{ id: 'what-failed', title: 'What failed', html: '<p>All.</p>' }])
    const whole = view(recipeFile(undefined, 'First.\n'))
    expect(whole.intro).toBe('')
    expect(whole.sections).toEqual([{ id: 'background', title: 'Background', html: '<p>First.</p>' }])
    expect(view(recipeFile()).sections).toEqual([])
  })

  test('links to our own pages carry the base path', () => {
    const { links } = view(
      recipeFile(
        'links: [{title: Here, link: /matrix/}, {title: There, link: "https://example.org/"}]\nsteps: [{title: Build it}]\n',
      ),
    )
    expect(links.map(({ address }) => address)).toEqual(['/base/matrix/', 'https://example.org/'])
  })

  test('search engines are told of the steps and of the day that it speaks of', () => {
    expect(view(recipeFile()).structuredData).toMatchObject({
      '@type': ['TechArticle', 'HowTo'],
      headline: 'Redis on Arm',
      temporalCoverage: '2014-10-28',
      url: 'https://example.org/base/recipes/r/',
      step: [{ position: 1, name: 'Build it', url: 'https://example.org/base/recipes/r/#build-it' }],
    })
  })
})

describe('the table of contents', () => {
  test('a short recipe has none', () => {
    expect(view(recipeFile()).contents).toEqual([])
  })

  test('a long one lists its parts in the order of the page', () => {
    const { contents } = view(
      recipeFile(
        `requirements: [Time]
updates: [{date: 2015-02-01, text: Second.}]
environment: [{name: CC, meaning: Compiler}]
steps: [{title: Get it}, {title: Build it}]
patches: [{file: a.c, change: A., why: B.}]
checklists: [{title: All, items: [One]}]
verify: [{expect: It runs.}]
links: [{title: Here, link: /matrix/}]
`,
        '## What failed\n\nAll.\n',
      ),
    )
    expect(contents.map(({ label }) => label)).toEqual([
      'Tested on',
      'Updates since',
      'Before the first step',
      'Environment variables',
      'Steps',
      'Patches',
      'Checklists',
      'How to see that it worked',
      'What failed',
      'Where to read on',
    ])
    expect(contents[4]?.parts).toEqual([
      { label: '1. Get it', address: '#get-it' },
      { label: '2. Build it', address: '#build-it' },
    ])
  })
})

describe('the list of recipes', () => {
  const dated = (title: string, date: string, more = '') =>
    recipeFile(`${more}steps: [{title: Build it}]\n`)
      .replace('Redis on Arm', title)
      .replace('2014-10-28', date)
      .replace('[arm64]', '[amd64, arm64]')

  test('the newest stands first, and of one day they go by title', () => {
    const context = pageContextOf({
      'projects/redis.md': projectFile(),
      'recipes/a.md': dated('Zebra', '2017'),
      'recipes/b.md': dated('Apple', '2017-01-01'),
      'recipes/c.md': dated('Newest', '2019-04'),
    })
    expect(viewRecipeList(context).recipes.map(({ link }) => link.label)).toEqual(['Newest', 'Apple', 'Zebra'])
  })

  test('an architecture shows its best result, and says where nobody has tried', () => {
    const context = pageContextOf({
      'projects/redis.md': projectFile(),
      'recipes/a.md': dated(
        'One',
        '2017',
        `testedOn:
  - {architecture: arm64, date: 2016, result: works}
  - {architecture: arm64, date: 2017, result: works}
  - {architecture: arm64, date: 2018, result: fails}
`,
      ),
    })
    const { recipes, index } = viewRecipeList(context)
    expect(
      recipes[0]?.outcomes.map(({ architectures, result, day }) => [
        architectures.map(({ label }) => label),
        result?.label,
        day?.words,
      ]),
    ).toEqual([
      [['amd64'], undefined, undefined],
      // Tried on the day of the recipe itself.
      [['arm64'], 'works', undefined],
    ])
    expect(index.map(({ architecture }) => architecture.label)).toEqual(['amd64', 'arm64'])
  })

  test('without recipes it is empty', () => {
    expect(viewRecipeList(pageContextOf({}))).toEqual({ recipes: [], index: [] })
  })
})
