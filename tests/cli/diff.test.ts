import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fromHtml } from 'hast-util-from-html'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'
import { describe, expect, test } from 'vitest'
import { serializeRecord } from '#domain/evidence-text.ts'
import { architecturesFile, folderOf, observedRun, projectFile, retractionOf, run } from '#tests/builders.ts'
import { commitAll, git, makeRepository } from '../workflows/git.ts'

const claimsOf = (...claims: object[]) => JSON.stringify(claims)
const works = { architectures: ['arm64'], support: 'works', date: '2026-05-12', link: 'https://example.org/claim' }
const start = {
  'content/site.yml': 'title: Test\nurl: https://arm.example\n',
  'content/architectures.yml': architecturesFile.replace('amd64:\n', 'amd64:\n  control: "true"\n'),
  'content/projects/redis.md': projectFile(),
  'content/projects/abc.md': projectFile({ name: 'Abc', claims: claimsOf(works) }),
}

function write(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** A repository with a branch, and what the branch has changed without a commit. */
function changed(files: Record<string, string>, begin: Record<string, string> = start): string {
  const folder = folderOf(begin)
  makeRepository(folder)
  git(folder, 'checkout', '--quiet', '-b', 'change')
  write(folder, files)
  return folder
}

async function diff(folder: string, ...args: string[]) {
  return await run(['diff', 'main', '--content', 'content', ...args], { directory: folder })
}

interface Answer {
  base: string
  head: string | null
  cells: {
    project: string
    architecture: string
    isControl: boolean
    from: object
    to: object
    link?: string
    page: string
  }[]
  pages: Record<'appear' | 'change' | 'move' | 'go', { address: string; movedTo?: string }[]>
  removed: { what: string; by: string; file: string }[]
  problems: Record<'added' | 'mended', { code: string; place: { file: string } }[]>
}

async function answerOf(folder: string, ...args: string[]): Promise<Answer> {
  return JSON.parse((await diff(folder, '--json', ...args)).answer) as Answer
}

const more = { 'content/projects/redis.md': projectFile({ claims: claimsOf(works) }) }

describe('diff', () => {
  test('tells a cell with where it can be checked', async () => {
    const { answer, code, told } = await diff(changed(more))
    expect(answer).toBe(
      'redis\n  arm64: unknown → works, claimed\n    https://example.org/claim\n\npage changes: /projects/redis/\n',
    )
    expect(code).toBe(0)
    expect(told).toMatch(/^Since [0-9a-f]{12}: 1 cell, 1 page\.\n$/)
  })

  test('tells nothing where nothing changes', async () => {
    const folder = changed({})
    expect(await diff(folder)).toMatchObject({ code: 0, answer: '' })
    expect((await diff(folder, '--format', 'markdown')).answer).toBe('Nothing of what the content says changes.\n')
  })

  test('tells what evidence does, the control column included', async () => {
    const records = ['arm64', 'amd64'].map((architecture) => observedRun({ architecture, run: { id: architecture } }))
    const { cells } = await answerOf(
      changed({ 'content/evidence/redis.jsonl': records.map((record) => `${serializeRecord(record)}\n`).join('') }),
    )
    expect(cells).toMatchObject([
      {
        project: 'redis',
        architecture: 'amd64',
        isControl: true,
        to: { support: 'works', basis: 'verified', level: 'tested' },
      },
      {
        architecture: 'arm64',
        isControl: false,
        link: 'https://ci.example.org/runs/1',
        page: 'https://arm.example/projects/redis/#arm64',
      },
    ])
  })

  test('tells projects in the order of the matrix, then those that are gone', async () => {
    const folder = changed({
      'content/projects/zed.md': projectFile({
        name: 'Aaa',
        homepage: 'https://aaa.example/',
        claims: claimsOf(works),
      }),
      ...more,
    })
    rmSync(join(folder, 'content/projects/abc.md'))
    const { cells, problems } = await answerOf(folder)
    expect(cells.map(({ project }) => project)).toEqual(['zed', 'redis', 'abc'])
    expect(cells[2]).toMatchObject({ from: { support: 'works' }, to: { support: 'unknown', basis: 'none' } })
    expect(problems.added).toMatchObject([{ code: 'file-removed', place: { file: 'content/projects/abc.md' } }])
  })

  test('takes no project for gone whose file has problems', async () => {
    const { cells, pages } = await answerOf(
      changed({ 'content/projects/abc.md': projectFile({ homepage: 'nowhere' }) }),
    )
    expect({ cells, pages }).toEqual({ cells: [], pages: { appear: [], change: [], move: [], go: [] } })
  })

  test('follows a rename: its cells are the same, and its page moves', async () => {
    const folder = changed({
      'content/projects/abc.md': '---\nmovedTo: new\n---\n',
      'content/projects/new.md': start['content/projects/abc.md'],
    })
    expect(await answerOf(folder)).toMatchObject({
      cells: [],
      pages: {
        appear: [{ address: '/projects/new/' }],
        move: [{ address: '/projects/abc/', movedTo: '/projects/new/' }],
        go: [],
      },
      problems: { added: [], mended: [] },
    })
  })

  test('takes a project that leads to one which was there for gone, and no page for moved that leads to another kind', async () => {
    const note =
      '---\ntitle: Note\nsummary: News\ndate: 2026-05-12\nsymptom: It stops.\ncause: Pages.\nfix: Align.\narchitectures: [arm64]\n---\nText.\n'
    const folder = changed(
      {
        'content/site.yml':
          'title: Test\nurl: https://arm.example\nredirects: {/notes/one/: /matrix/, /notes/two/: /notes/three/}\n',
        'content/projects/abc.md': '---\nmovedTo: redis\n---\n',
        'content/notes/three.md': note,
      },
      { ...start, 'content/notes/one.md': note, 'content/notes/two.md': note },
    )
    rmSync(join(folder, 'content/notes/one.md'))
    rmSync(join(folder, 'content/notes/two.md'))
    const { cells, pages, problems } = await answerOf(folder)
    expect(cells).toMatchObject([{ project: 'abc', architecture: 'arm64', to: { basis: 'none' } }])
    expect(pages).toMatchObject({
      appear: [{ address: '/notes/three/' }],
      move: [{ address: '/notes/two/', movedTo: '/notes/three/' }],
      go: [{ address: '/notes/one/' }, { address: '/projects/abc/' }],
    })
    expect(problems.added.map(({ code }) => code)).toEqual(['file-removed', 'claim-removed'])
  })

  test('tells pages of every kind, and only public issues', async () => {
    const issue = (number: number, state: string) =>
      `---\nnumber: ${number}\ntitle: Issue\ndate: 2026-05-12\nauthors: [ada]\nsummary: News.\nstate: ${state}\n---\nText.\n`
    const { pages } = await answerOf(
      changed({
        'content/people.yml': 'ada: {name: Ada}\n',
        'content/issues/0001.md': issue(1, 'draft'),
        'content/issues/0002.md': issue(2, 'published'),
        'content/categories.yml': 'databases: {name: Databases}\ntools: {name: Tools}\n',
      }),
    )
    expect(pages.appear.map(({ address }) => address)).toEqual(['/categories/tools/', '/issues/0002/'])
  })

  test('tells problems that are added, with exit code 1, and those that are mended', async () => {
    const bad = projectFile({ homepage: 'nowhere' })
    const folder = changed({ 'content/projects/abc.md': bad }, { ...start, 'content/projects/redis.md': bad })
    write(folder, { 'content/projects/redis.md': projectFile() })
    const { problems } = await answerOf(folder)
    expect(problems.added).toMatchObject([{ code: 'bad-link', place: { file: 'content/projects/abc.md' } }])
    expect(problems.mended).toMatchObject([{ code: 'bad-link', place: { file: 'content/projects/redis.md' } }])
    const text = await diff(folder)
    expect(text.code).toBe(1)
    expect(text.answer).toContain('Problems added:\ncontent/projects/abc.md:4:11  error  bad-link\n')
    expect(text.answer).toContain('Problems mended:\ncontent/projects/redis.md:4:11  error  bad-link\n')
  })

  test('compares a commit that is not checked out', async () => {
    const folder = changed(more)
    commitAll(folder, 'Change')
    const head = git(folder, 'rev-parse', 'HEAD')
    git(folder, 'checkout', '--quiet', 'main')
    expect((await answerOf(folder)).cells).toEqual([])
    const told = await answerOf(folder, '--head', 'change')
    expect(told).toMatchObject({ base: git(folder, 'rev-parse', 'main'), head, cells: [{ project: 'redis' }] })
  })

  test('looks at both by one clock: time alone is no difference', async () => {
    expect((await answerOf(changed({}), '--as-of', '2030-01-01')).cells).toEqual([])
  })

  test('cannot run without a commit, with another format, or with a commit without content', async () => {
    const folder = changed({})
    expect((await run(['diff'], { directory: folder })).code).toBe(2)
    expect((await diff(folder, '--format', 'html')).told).toContain('`markdown`')
    expect((await diff(folder, '--head', 'nowhere')).told).toContain('There is no commit `nowhere`')
    git(folder, 'checkout', '--quiet', '-b', 'empty')
    git(folder, 'rm', '--quiet', '-r', 'content')
    git(folder, 'commit', '--quiet', '--message', 'Remove all')
    git(folder, 'checkout', '--quiet', 'change')
    expect((await diff(folder, '--head', 'empty')).told).toContain('There is no content folder `content/`')
  })
})

describe('what was said to be removed is shown', () => {
  const broken = { ...works, architectures: ['armv7'], support: 'unsupported', date: '2019', note: 'They say so.' }
  const record = serializeRecord(observedRun({ project: 'abc' }))
  const begin = {
    ...start,
    'content/projects/abc.md': projectFile({ name: 'Abc', claims: claimsOf(works, broken) }),
    'content/evidence/abc.jsonl': `${record}\n`,
  }

  test('by the message of a commit, where no cell changes too', async () => {
    const folder = changed({}, { ...begin, 'content/evidence/old/abc.jsonl': `${record}\n` })
    write(folder, {
      'content/projects/abc.md': projectFile({ name: 'Abc', claims: claimsOf(broken) }),
      'content/evidence/abc.jsonl': '',
      'content/evidence/old/abc.jsonl': '',
    })
    commitAll(folder, 'Tidy\n\nremoves: projects/abc.md\nremoves: evidence/')
    const commit = git(folder, 'rev-parse', 'HEAD').slice(0, 12)
    const { answer, told } = await diff(folder)
    expect(answer).toContain(
      `Removed, as commit ${commit} says:\n  1 record of \`evidence/abc.jsonl\`\n  1 record of \`evidence/old/abc.jsonl\`\n  claim of arm64 (works, 2026-05-12)\n`,
    )
    expect(told).toContain("3 removals that somebody's word excuses")
    expect(await answerOf(folder)).toMatchObject({
      problems: { added: [] },
      removed: [
        { by: `commit ${commit}`, what: '1 record of `evidence/abc.jsonl`', file: 'content/evidence/abc.jsonl' },
        { file: 'content/evidence/old/abc.jsonl' },
        { what: 'claim of arm64 (works, 2026-05-12)' },
      ],
    })
  })

  test('by an option and by a key of the file, of what colours no cell', async () => {
    const folder = changed({ 'content/projects/abc.md': projectFile({ name: 'Abc', claims: claimsOf(works) }) }, begin)
    const args = ['--removes', 'projects/abc.md', '--format', 'markdown']
    const said = 'claim of armv7 (unsupported, 2019)'
    expect((await diff(folder, ...args)).answer).toContain(
      `### Removed on somebody's word: 1\n\n- **Removed, as \`--removes\` says:**\n  - ${said}`,
    )
    const key = { name: 'Abc', claims: claimsOf(works), removes: '[armv7]' }
    write(folder, { 'content/projects/abc.md': projectFile(key) })
    expect((await diff(folder)).answer).toContain(`Removed, as \`removes\` of \`projects/abc.md\` says:\n  ${said}\n`)
  })

  test('by a list that ends', async () => {
    const many = Array.from({ length: 300 }, (_, index) => ({ ...works, link: `https://example.org/${index}` }))
    const folder = changed(
      { 'content/projects/abc.md': projectFile({ name: 'Abc', claims: claimsOf(works) }) },
      { ...start, 'content/projects/abc.md': projectFile({ name: 'Abc', claims: claimsOf(works, ...many) }) },
    )
    const args = ['--removes', 'projects/abc.md']
    expect((await diff(folder, ...args)).answer).toContain('  and 100 more\n')
    expect((await diff(folder, ...args, '--format', 'markdown')).answer).toMatch(/word: 300\n[^#]*- and 26\d more/)
  })
})

describe('what stands on no page of its own is shown', () => {
  const markdownOf = async (folder: string) => (await diff(folder, '--format', 'markdown')).answer

  test('evidence that comes with a change, by project and architecture', async () => {
    const runFrom = (id: number) =>
      observedRun({
        run: { id: String(id) },
        observedAt: `2026-11-0${id}T10:20:30Z`,
        link: `https://ci.example.org/${id}`,
      })
    const runs = [runFrom(1), runFrom(2)]
    const lines = [
      ...runs,
      observedRun({ run: { id: '3' }, provenance: { how: 'received' } }),
      retractionOf(runFrom(1)),
    ]
    const begin = {
      ...start,
      'content/evidence/redis.jsonl': `${serializeRecord(observedRun({ run: { id: '9' } }))}\n`,
    }
    const folder = changed(
      { 'content/evidence/more.jsonl': lines.map((line) => `${serializeRecord(line)}\n`).join('') },
      begin,
    )
    expect(await markdownOf(folder)).toContain(
      `### Evidence that comes with it: 3 records, 1 taken back

- \`redis\` on \`arm64\`: 2 records, tested, passed, imported [\`ci.example.org\`](https://ci.example.org/2)
- \`redis\` on \`arm64\`: 1 record, tested, passed, received [\`ci.example.org\`](https://ci.example.org/runs/1)
- \`redis\`: 1 record is taken back`,
    )
    expect((await diff(folder)).answer).toContain('`redis`: 1 record is taken back\n')
    expect(await answerOf(folder)).toMatchObject({
      evidence: {
        records: [
          { count: 2, how: 'imported' },
          { count: 1, how: 'received' },
        ],
        retractions: [{ project: 'redis', count: 1 }],
      },
    })
  })

  test('items and registrations that are added, changed and gone', async () => {
    const item = (title: string, more = '') =>
      `---\ntitle: ${title}\nlink: https://example.org/${encodeURIComponent(title)}\ndate: 2026-05-12\nsection: news\n${more}---\nText.\n`
    const source = (job: string) =>
      `provider: github-actions\nrepository: redis/redis\njob: ${job}\nproject: redis\narchitecture: arm64\nlevel: tested\n`
    const begin = {
      ...start,
      'content/site.yml': 'title: Test\nurl: https://arm.example\nsections: {news: {name: News}}\n',
      'content/items/b.md': item('Before'),
      'content/items/c.md': item('Gone'),
      'content/items/d.md': item('Same'),
      'content/sources/one.yml': source('test'),
    }
    const folder = changed(
      {
        'content/items/a.md': item('Fresh'),
        'content/items/b.md': item('After'),
        'content/sources/one.yml': source('other'),
      },
      begin,
    )
    rmSync(join(folder, 'content/items/c.md'))
    const markdown = await markdownOf(folder)
    const link = (of: string) => `[\`example.org\`](https://example.org/${of})`
    expect(markdown).toContain(
      `### News items: 3\n\n- added: \`Fresh\` (waiting) ${link('Fresh')}\n- changed: \`After\` (waiting) ${link('After')}\n- gone: \`Gone\` (waiting) ${link('Gone')}\n`,
    )
    expect(markdown).toContain(
      '### Registrations: 1\n\n- changed: job `other` of `redis/redis` (`github-actions`) counts for `redis` on `arm64`, tested\n',
    )
    const { told } = await diff(folder)
    expect(told).toContain('3 news items, 1 registration')
  })

  test('an item alone is a difference', async () => {
    const begin = { ...start, 'content/site.yml': 'title: Test\nsections: {news: {name: News}}\n' }
    const folder = changed(
      {
        'content/items/a.md':
          '---\ntitle: New\nlink: https://example.org/\ndate: 2026-05-12\nsection: news\n---\nText.\n',
      },
      begin,
    )
    expect(await markdownOf(folder)).toContain('- added: `New` (waiting)')
    expect(await diff(folder)).toMatchObject({
      answer: 'News items: 1\n  added: `New` (waiting)\n    https://example.org/\n',
    })
  })

  test('an issue that is withdrawn', async () => {
    const issue = (state: string) =>
      `---\nnumber: 2\ntitle: Second\ndate: 2026-05-12\nauthors: [ada]\nsummary: News.\nstate: ${state}\n---\nText.\n`
    const folder = changed(
      { 'content/issues/0002.md': issue('withdrawn') },
      { ...start, 'content/people.yml': 'ada: {name: Ada}\n', 'content/issues/0002.md': issue('published') },
    )
    expect(await markdownOf(folder)).toContain('- issue 2 is withdrawn: `Second`')
    expect((await diff(folder)).answer).toContain('issue 2 is withdrawn: `Second`\n')
  })
})

describe('the difference as Markdown', () => {
  /** As GitHub renders it, but for what it makes of plain words. */
  function render(markdown: string) {
    const html = String(
      unified().use(remarkParse).use(remarkGfm).use(remarkRehype).use(rehypeStringify).processSync(markdown),
    )
    const links: string[] = []
    const texts: string[] = []
    const elements = new Set<string>()
    visit(fromHtml(html, { fragment: true }), (node, _, parent) => {
      if (node.type === 'element') {
        elements.add(node.tagName)
        if (node.tagName === 'a') links.push(String(node.properties.href))
      }
      const isCode = parent?.type === 'element' && parent.tagName === 'code'
      if (node.type === 'text' && !isCode) texts.push(node.value)
    })
    return { links, text: texts.join(''), elements: [...elements].sort() }
  }

  const hostile =
    '@someone #12 <img src=x onerror=alert(1)> `code` ![p](https://evil.example/p) [l](javascript:x) www.evil.example GH-3 **b** |'

  test('reads as a list', async () => {
    expect((await diff(changed(more), '--format', 'markdown')).answer).toBe(
      `### Cells that change: 1

- **\`Redis\`** [page](https://arm.example/projects/redis/)
  - \`arm64\`: unknown → **works, claimed** [\`example.org\`](https://example.org/claim)

### Pages that change: 1

- [\`/projects/redis/\`](https://arm.example/projects/redis/)
`,
    )
  })

  test('leads to no page that is still to come, and counts errors as one does', async () => {
    const folder = changed({
      'content/projects/new.md': projectFile({
        name: 'New',
        homepage: 'https://new.example/',
        claims: claimsOf(works),
      }),
      'content/projects/bad.md': projectFile({ homepage: 'nowhere' }),
    })
    const { answer } = await diff(folder, '--format', 'markdown')
    expect(answer).toContain('This adds **1 error**, which has to be mended first.')
    expect(answer).toContain('- **`New`**\n')
    expect(answer).toContain('- `/projects/new/`\n')
    expect(answer).not.toContain('https://arm.example/projects/new/')
    write(folder, { 'content/projects/worse.md': projectFile({ homepage: 'nowhere' }) })
    expect((await diff(folder, '--format', 'markdown')).answer).toContain(
      '**2 errors**, which have to be mended first.',
    )
  })

  test('shows what strangers wrote and lets it mean nothing', async () => {
    const link = 'https://example.org/)](javascript:alert(1))_@someone`|'
    const { answer } = await diff(
      changed({
        'content/projects/redis.md': projectFile({
          name: JSON.stringify(hostile.slice(0, 100)),
          claims: claimsOf({ ...works, link: link.replace(/[`|]/g, '') }),
        }),
        'content/projects/bad.md': projectFile({ homepage: JSON.stringify(hostile), [`"${'@someone'}"`]: 'x' }),
        [`content/projects/${'@someone #12 <b>'}.md`]: projectFile(),
      }),
      '--format',
      'markdown',
    )
    const { links, text, elements } = render(answer)
    expect(elements).toEqual(['a', 'code', 'h3', 'li', 'p', 'strong', 'ul'])
    expect(links.filter((address) => !/^https:\/\/(arm\.example|example\.org)\//.test(address))).toEqual([])
    expect(text).not.toMatch(/@\w|#\d|GH-\d|:\/\/|www\./)
  })

  test('is short enough for GitHub, and says how much it leaves out', async () => {
    const files: Record<string, string> = {}
    const long = `https://example.org/${'x'.repeat(250)}`
    for (let index = 0; index < 400; index += 1) {
      files[`content/projects/p${index}.md`] = projectFile({
        name: JSON.stringify('@'.repeat(100)),
        claims: claimsOf({ ...works, architectures: ['arm64', 'amd64', 'armv7'], link: long }),
      })
      files[`content/projects/q${index}.md`] = projectFile({
        homepage: JSON.stringify(hostile),
        repository: 'x'.repeat(3000),
      })
    }
    const { answer } = await diff(changed(files), '--format', 'markdown')
    expect(answer.length).toBeLessThan(65_000)
    const [, shown = ''] = /### Cells that change: 1200\n([\s\S]*?)\n###/.exec(answer) ?? []
    const lines = shown.split('\n').filter((line) => line.startsWith('  - '))
    expect(lines.length).toBeGreaterThan(20)
    expect(shown).toContain(`- and ${1200 - lines.length} more`)
  })
})
