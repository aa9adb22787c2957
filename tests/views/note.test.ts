import { describe, expect, test } from 'vitest'
import { projectFile } from '#tests/builders.ts'
import { viewNote, viewNoteList, type NoteView } from '#views/note.ts'
import { entryOf, pageContextOf } from './page-context.ts'

function noteFile(more = '', body = '', title = 'Page size'): string {
  return `---
title: ${title}
summary: Pages differ.
date: 2017-04-28
symptom: It *fails*.
cause: A constant.
fix: |-
  - Ask the system.
  - Test.
architectures: [arm64, armv7]
${more}---
${body}`
}

function view(note: string, files: Record<string, string> = {}, asOf = '2026-11-21T12:00:00Z'): NoteView {
  const context = pageContextOf({ 'notes/n.md': note, ...files }, { asOf })
  return viewNote(entryOf(context.catalog.note, 'n'), context)
}

describe('a note', () => {
  test('answers with symptom, cause and fix, in this order', () => {
    expect(view(noteFile()).answer).toEqual([
      { id: 'symptom', title: 'Symptom', html: '<p>It <em>fails</em>.</p>' },
      { id: 'cause', title: 'Cause', html: '<p>A constant.</p>' },
      { id: 'fix', title: 'Fix', html: '<ul>\n<li>Ask the system.</li>\n<li>Test.</li>\n</ul>' },
    ])
  })

  test('says how old it is, and warns where it is old', () => {
    expect(view(noteFile()).facts.at(-1)).toMatchObject({
      name: 'State of',
      day: { words: '28 April 2017', age: '9 years ago' },
    })
    expect(view(noteFile()).warning).not.toBe('')
    expect(view(noteFile(), {}, '2017-05-30T00:00:00Z').warning).toBe('')
  })

  test('offers a command for each pattern, and says what a match means', () => {
    const { detectors } = view(
      noteFile(`detect:
  - {pattern: "it's [$]HOME", files: "*.[ch]", meaning: A constant}
  - {pattern: "-static"}
`),
    )
    expect(detectors).toEqual([
      {
        id: 'search-1',
        number: 1,
        command: String.raw`grep -rnE 'it'\''s [$]HOME' --include='*.[ch]' .`,
        meaning: 'A constant',
        what: 'the command of search 1: A constant',
      },
      {
        id: 'search-2',
        number: 2,
        command: `grep -rnE -e '-static' .`,
        meaning: 'A place to look at',
        what: 'the command of search 2',
      },
    ])
  })

  test('knows the projects and recipes that name it beside its own', () => {
    const { met } = view(noteFile('projects: [redis]\n'), {
      'projects/redis.md': projectFile(),
      'projects/zlib.md': projectFile({ name: 'zlib', notes: '[n]' }),
      'recipes/r.md': `---
title: A recipe
summary: How.
date: 2017
projects: [redis]
architectures: [arm64]
notes: [n]
steps: [{title: Build it}]
---
`,
    })
    expect(met.map(({ name, links }) => [name, links?.map(({ label }) => label)])).toEqual([
      ['Projects', ['Redis', 'zlib']],
      ['Recipes', ['A recipe']],
    ])
  })

  test('languages have their names', () => {
    expect(view(noteFile('languages: [go, cpp, csharp, brainfuck, constructor]\n')).facts).toContainEqual({
      name: 'Languages',
      text: 'Go, C++, C#, brainfuck, constructor',
    })
  })

  test('no two parts of a page share an id', () => {
    const { answer, sections, ids, detectors } = view(
      noteFile(
        'detect: [{pattern: x}]\n',
        'First.\n\n## Fix\n\nText.\n\n## Background\n\nText.\n\n## Links\n\nText.\n',
      ),
    )
    const all = [...answer, ...sections, ...detectors].map(({ id }) => id).concat(Object.values(ids))
    expect(new Set(all).size).toBe(all.length)
    expect(sections.map(({ title }) => title)).toEqual(['Background', 'Fix', 'Background', 'Links'])
  })

  test('without a body has no background', () => {
    expect(view(noteFile()).sections).toEqual([])
  })
})

describe('the list of notes', () => {
  test('goes by title, and has an index of architectures in the order of columns', () => {
    const context = pageContextOf({
      'notes/a.md': noteFile('', '', 'zeta'),
      'notes/b.md': noteFile('', '', 'Alpha').replace('[arm64, armv7]', '[amd64, armv7]'),
    })
    const { notes, index } = viewNoteList(context)
    expect(notes.map(({ link }) => link.label)).toEqual(['Alpha', 'zeta'])
    expect(index.map(({ architecture, count }) => [architecture.address, count])).toEqual([
      ['/base/architectures/amd64/#notes', 1],
      ['/base/architectures/arm64/#notes', 1],
      ['/base/architectures/armv7/#notes', 2],
    ])
  })

  test('tells what a person sees, and the architectures in the order of columns', () => {
    const note = noteFile('', '', 'Alpha').replace('[arm64, armv7]', '[armv7, arm64]')
    const [entry] = viewNoteList(pageContextOf({ 'notes/a.md': note })).notes
    expect(entry?.symptom).toBe('<p>It <em>fails</em>.</p>')
    expect(entry?.architectures.map(({ label }) => label)).toEqual(['arm64', 'armv7'])
  })

  test('without notes is empty', () => {
    expect(viewNoteList(pageContextOf({}))).toEqual({ notes: [], index: [] })
  })
})
