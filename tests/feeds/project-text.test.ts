import { describe, expect, test } from 'vitest'
import { parseMarkdown } from '#catalog/markdown.ts'
import { portableMarkdown } from '#catalog/portable-markdown.ts'
import { serializeLlms } from '#feeds/llms.ts'
import { serializeProjectText } from '#feeds/project-text.ts'
import { projectFile } from '#tests/builders.ts'
import { entryOf, pageContextOf } from '#tests/views/page-context.ts'
import { toString } from 'mdast-util-to-string'
import { viewLlms } from '#views/llms.ts'
import { viewProjectText } from '#views/project-text.ts'

const note = '---\ntitle: Pages\nsummary: S\ndate: 2026\nsymptom: S\ncause: C\nfix: F\narchitectures: [arm64]\n---\n'

function textOf(changes: Record<string, string>, body?: string): string {
  const context = pageContextOf({ 'projects/redis.md': projectFile(changes, body), 'notes/page-size.md': note })
  const project = entryOf(context.catalog.project, 'redis')
  const places = { absoluteAddressOf: context.absoluteAddressOf, page: 'https://example.org/base/projects/redis/' }
  return serializeProjectText(viewProjectText(project, context, (text) => portableMarkdown(text, places)))
}

describe('a project’s page as Markdown', () => {
  const text = textOf(
    {
      repository: 'https://github.com/redis/redis',
      identifiers: '["pkg:docker/library/redis"]',
      notes: '[page-size]',
      claims: `
  - {architectures: [arm64, armv7], support: partial, date: 2026-05-12, link: 'https://example.org/a|b', version: '7.2', by: Ada, note: "Needs a flag, see [the note](/notes/page-size/)."}
  - {architectures: [arm64], support: works, date: 2017, link: /notes/page-size/, scope: {libc: musl}}`,
    },
    'Prose with [a note](/notes/page-size/).\n\n## Building {#building}\nMore.\n',
  )

  test('says what the page says', () => {
    expect(text).toBe(`# Redis

In-memory data store

- Home page: <https://redis.io/>
- Sources: <https://github.com/redis/redis>
- Categories: databases
- Package URLs: \`pkg:docker/library/redis\`
- Portability notes: [Pages](https://example.org/base/notes/page-size/)
- State of: 2026-11-21
- This page: <https://example.org/base/projects/redis/>
- As data: <https://example.org/base/api/v1/projects/redis.json>
- What the words mean: <https://example.org/base/status-words/>

## Where it works

| Architecture | Support | Basis | Proven | Version | As of | Source |
| --- | --- | --- | --- | --- | --- | --- |
| arm64 | partial | claimed |  | 7.2 | 2026-05-12 | <https://example.org/a%7Cb> |
| armv7 | partial | claimed |  | 7.2 | 2026-05-12 | <https://example.org/a%7Cb> |

Nothing is recorded on \`amd64\`, \`armv6\`.

- arm64: Claimed as partial on 2026-05-12.
- armv7: Claimed as partial on 2026-05-12.

## What sources say

- 2026-05-12: partial on arm64, armv7, version 7.2, by Ada, <https://example.org/a|b>

  Needs a flag, see [the note](https://example.org/base/notes/page-size/).
- 2017: works on arm64, only with musl, <https://example.org/base/notes/page-size/>

## What to know when porting

Prose with [a note](https://example.org/base/notes/page-size/).

## Building
More.
`)
  })

  test('says that nobody has looked where nothing is recorded', () => {
    expect(textOf({})).toContain('Nothing is recorded about Redis on any architecture: nobody has looked yet.')
  })

  test('keeps names and versions as they are', () => {
    const name = '*Red*_is_ <b> [x](y) `c` #1'
    const version = '1.0_rc*2'
    const tree = parseMarkdown(
      textOf({
        name: JSON.stringify(name),
        claims: `[{architectures: [arm64], support: works, date: 2026-05-12, link: 'https://example.org/', version: '${version}'}]`,
      }),
    )
    expect(toString(tree.children[0])).toBe(name)
    const table = tree.children.find(({ type }) => type === 'table')
    expect(toString(table)).toContain(version)
  })
})

describe('llms.txt', () => {
  const llmsOf = (projects: number) =>
    serializeLlms(
      viewLlms(
        pageContextOf({
          'site.yml': 'title: "Runs *there*"\ntagline: Does it run there?\n',
          'notes/page-size.md': note,
          ...Object.fromEntries(
            Array.from({ length: projects }, (_, index) => [
              `projects/p${index}.md`,
              projectFile({ name: `P${index}` }),
            ]),
          ),
        }),
      ),
    )

  test('is a title, a summary, how to read it, then sections that are lists of links and nothing else', () => {
    const { children } = parseMarkdown(llmsOf(2))
    expect(children.slice(0, 2).map((node) => [node.type, toString(node)])).toEqual([
      ['heading', 'Runs *there*'],
      ['blockquote', 'Does it run there?'],
    ])
    const first = children.findIndex((node) => node.type === 'heading' && node.depth === 2)
    expect(children.slice(2, first).map(({ type }) => type)).not.toContain('heading')
    const sections = children.slice(first)
    expect(sections.map(({ type }) => type)).toEqual(sections.map((_, index) => (index % 2 === 0 ? 'heading' : 'list')))
    expect(sections.filter(({ type }) => type === 'heading').map((node) => toString(node))).toEqual([
      'Data',
      'Projects',
      'Porting knowledge',
      'Optional',
    ])
    for (const list of sections) {
      if (list.type !== 'list') continue
      for (const item of list.children) {
        expect(item).toMatchObject({
          children: [{ type: 'paragraph', children: [{ type: 'link' }, { type: 'text' }] }],
        })
      }
    }
  })

  test('names the page of every project as Markdown', () => {
    expect(llmsOf(2)).toContain('- [P1](https://example.org/base/projects/p1/index.md): In-memory data store\n')
  })

  test('of very many projects leads to the list of them', () => {
    const text = llmsOf(301)
    expect(text).not.toContain('## Projects')
    expect(text).toContain('[Every project](https://example.org/base/api/v1/projects.json)')
    expect(text.length).toBeLessThan(6000)
  })
})
