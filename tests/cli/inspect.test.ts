import { readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { stageNames } from '../../src/cli/inspect-stages.ts'
import { architecturesFile, casesFolder, folderOf, projectFile, run } from '#tests/builders.ts'

const everyKind = join(casesFolder, 'every-kind/content')
const filesOfEveryKind = readdirSync(everyKind, { recursive: true })
  .map(String)
  .filter((path) => /\.(md|yml)$/.test(path))
  .sort()

const claim = '\n  - {architectures: [aarch64], support: works, date: 2026-05-12, link: https://example.org/1}'
const files: Record<string, string> = {
  'content/site.yml': 'title: Test\n',
  'content/architectures.yml': architecturesFile,
  'content/projects/redis.md': projectFile({ claims: claim, blockedBy: '[other]' }, '## Ports\n\nSome *prose*.\n'),
  'content/projects/other.md': projectFile({ name: 'Other' }),
  'content/projects/old.md': '---\nmovedTo: redis\n---\n',
  'content/projects/windows.md': projectFile().replaceAll('\n', '\r\n'),
  'content/projects/no-text.md': 'a\u001bb',
  'content/projects/no-yaml.md': '---\nname: [\n---\n',
  'content/projects/no-front.md': 'Prose.\n',
  'content/projects/no-project.md': projectFile({ categories: '[]', colour: 'red' }),
  'content/projects/no-reference.md': projectFile({ blockedBy: '[nothing]' }),
}

async function at(stage: string, file = 'content/projects/redis.md') {
  const directory = folderOf(files)
  const ran = await run(['inspect', file, '--stage', stage, '--content', 'content'], { directory })
  return { ...ran, value: JSON.parse(ran.answer) as Record<string, unknown> }
}

describe('one file at each stage', () => {
  test('read: its text', async () => {
    const text = files['content/projects/redis.md'] ?? ''
    const { code, value } = await at('read')
    expect([code, value]).toEqual([
      0,
      { file: 'projects/redis.md', bytes: text.length, characters: text.length, lines: 12, repairs: [], text },
    ])
  })

  test('read: what had to be repaired', async () => {
    const { value } = await at('read', 'content/projects/windows.md')
    expect(value.repairs).toEqual([{ code: 'carriage-return', line: 1, column: 4 }])
    expect(value.text).not.toContain('\r')
  })

  test('parse: its keys, and where they stand', async () => {
    const { value } = await at('parse')
    expect(value).toMatchObject({
      frontMatter: { name: 'Redis', claims: [{ architectures: ['aarch64'] }] },
      keys: { name: { line: 2, column: 1 }, 'claims.0.date': { line: 7, column: 48 } },
      body: { line: 10, text: '## Ports\n\nSome *prose*.\n' },
    })
  })

  test('validate: canonical ids, and what they mean', async () => {
    const { value } = await at('validate')
    expect(value).toMatchObject({ id: 'redis', data: { claims: [{ architectures: ['arm64'] }] } })
    expect(value.references).toContainEqual({ path: 'blockedBy.0', kind: 'project', id: 'other', name: 'Other' })
    expect(value.references).toContainEqual({
      path: 'claims.0.architectures.0',
      kind: 'architecture',
      id: 'arm64',
      name: 'Arm 64-bit',
    })
  })

  test('derive: its cells with their reasons', async () => {
    const { value } = await at('derive')
    expect(value).toMatchObject({
      cells: {
        arm64: { support: 'works', basis: 'claimed', link: 'https://example.org/1' },
        amd64: { support: 'unknown' },
      },
    })
  })

  test('view: what its page shows', async () => {
    const { value } = await at('view')
    expect(value).toMatchObject({ page: '/projects/redis/', view: { id: 'redis', name: 'Redis' } })
  })

  test('render: its text as HTML', async () => {
    const { value } = await at('render')
    expect(value).toMatchObject({ html: '<h2 id="ports">Ports</h2>\n<p>Some <em>prose</em>.</p>', words: 3 })
  })

  test('a project that has moved leads to its new id, and goes no further', async () => {
    expect((await at('validate', 'content/projects/old.md')).value.references).toEqual([
      { path: 'movedTo', kind: 'project', id: 'redis', name: 'Redis' },
    ])
    const directory = folderOf(files)
    const { code, told } = await run(['inspect', 'projects/old.md', '--stage', 'derive', '--content', 'content'], {
      directory,
    })
    expect([code, told]).toEqual([2, '`projects/old.md` has no stage `derive`: read, parse, validate.\n'])
  })
})

describe('a file with problems stops', () => {
  test.each([
    ['read', 'no-text', ['control-character']],
    ['parse', 'no-yaml', ['yaml-syntax']],
    ['parse', 'no-front', ['front-matter-missing']],
    ['validate', 'no-project', ['too-short', 'unknown-key']],
    ['validate', 'no-reference', ['unknown-project']],
  ])('at %s: %s', async (stage, id, codes) => {
    const file = `content/projects/${id}.md`
    const { code, value, told } = await at('render', file)
    expect([code, value.stage]).toEqual([1, stage])
    const problems = value.problems as { code: string; place: { file: string } }[]
    expect(problems.map((problem) => problem.code).sort()).toEqual(codes)
    expect(new Set(problems.map(({ place }) => place.file))).toEqual(new Set([file]))
    expect(told).toContain(`the file stops at \`${stage}\``)
    const before = stageNames[stageNames.indexOf(stage as 'read') - 1]
    if (before !== undefined) expect((await at(before, file)).code).toBe(0)
  })

  test('without a stage those that were reached are listed, then the problems', async () => {
    const directory = folderOf(files)
    const { code, answer } = await run(['inspect', 'content/projects/no-yaml.md', '--content', 'content'], {
      directory,
    })
    expect(code).toBe(1)
    expect(answer).toMatch(
      /^projects\/no-yaml[.]md, of kind project\n {2}read {6}16 bytes, 3 lines\ncontent\/projects\/no-yaml[.]md:\d+:\d+ {2}error {2}yaml-syntax\n/,
    )
  })
})

describe('every kind of content', () => {
  test.each(filesOfEveryKind)('%s is shown at every stage that it has', async (path) => {
    const overview = await run(['inspect', path, '--json'])
    expect(overview.code).toBe(0)
    const { stages, stopsAt } = JSON.parse(overview.answer) as { stages: { stage: string }[]; stopsAt: string | null }
    expect(stopsAt).toBeNull()
    for (const { stage } of stages) {
      const { code, answer } = await run(['inspect', path, '--stage', stage])
      expect([stage, code, typeof JSON.parse(answer)]).toEqual([stage, 0, 'object'])
    }
    const isMoved = stages.length === 3
    expect(isMoved || stages.length === stageNames.length || path.endsWith('old-name.md')).toBe(true)
  })

  test('what shares a page is shown alone', async () => {
    const [event = ''] = filesOfEveryKind.filter((path) => path.startsWith('events/'))
    const { answer } = await run(['inspect', event, '--stage', 'view'])
    const { page, view } = JSON.parse(answer) as { page: string; view: { ways: { file: string } } }
    expect([page, view.ways.file]).toEqual(['/events/', event])
  })
})

test('what is no content file is refused', async () => {
  const directory = folderOf(files)
  writeFileSync(join(directory, 'outside.md'), projectFile())
  symlinkSync('../../outside.md', join(directory, 'content/projects/link.md'))
  for (const file of ['outside.md', '../outside.md', 'content/projects', 'content/projects/link.md', 'nothing.md']) {
    expect(await run(['inspect', file, '--content', 'content'], { directory })).toMatchObject({ code: 2, answer: '' })
  }
  const told = async (file: string) => (await run(['inspect', file, '--content', 'content'], { directory })).told
  expect(await told('outside.md')).toBe('`outside.md` is no file of the content, which is in `content`.\n')
  expect(await told('projects')).toBe('`projects` is a folder or a link, expected one file of the content.\n')
  expect(await told('nothing.md')).toBe('There is no file `nothing.md`.\n')
  expect(
    (await run(['inspect', 'projects/redis.md', '--stage', 'derived', '--content', 'content'], { directory })).told,
  ).toBe('Unexpected stage `derived`, expected `derive`.\n')
})
