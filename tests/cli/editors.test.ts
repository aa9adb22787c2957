/** What an editor does: `new`, `draft`, `publish`. */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deriveCell } from '#domain/cell.ts'
import { directions } from '#domain/changes.ts'
import { differenceOfMatrices } from '#views/matrix-difference.ts'
import { architecturesFile, catalogOf, folderOf, projectFile, propertyTimeout, run, runsOf } from '#tests/builders.ts'
import { issueFile, peopleFile, siteFile } from '#tests/feeds/newsletter.ts'

const claims = (...lines: string[]) => projectFile({ claims: lines.map((line) => `\n  - {${line}}`).join('') })

const files: Record<string, string> = {
  'site.yml': siteFile,
  'people.yml': peopleFile,
  'architectures.yml': architecturesFile,
  'categories.yml': 'databases: {name: Databases}\n',
  'projects/redis.md': claims(
    'architectures: [arm64, armv7], support: in-progress, date: 2026-04-01, link: https://example.org/1',
    'architectures: [arm64], support: works, date: 2026-06-01, link: https://example.org/2',
  ),
  'projects/new.md': projectFile({
    name: 'Brand *new*',
    claims: '\n  - {architectures: [arm64], support: works, date: 2026-07-01, link: https://example.org/3}',
  }),
  'events/fair.md': '---\nname: Fair\nstart: 2026-12-01\nplace: Berlin\nlink: https://example.org/fair\n---\n',
  'events/over.md': '---\nname: Over\nstart: 2026-10-01\n---\n',
  'issues/0001.md': issueFile({ date: '2026-05-12', authors: '[bob]', title: 'News, Issue 1' }),
}

const contentOf = (more: Record<string, string> = {}): string =>
  folderOf(Object.fromEntries(Object.entries({ ...files, ...more }).map(([path, text]) => [`content/${path}`, text])))

const textOf = (directory: string, path: string) => readFileSync(join(directory, 'content', path), 'utf8')
const cli = (directory: string, ...args: string[]) => run([...args, '--content', 'content'], { directory })
const item = (directory: string, ...args: string[]) =>
  cli(
    directory,
    'new',
    'item',
    '--section',
    'traps',
    '--link',
    'https://example.org/x',
    '--title',
    'A & B: "c"',
    ...args,
  )

describe('new', () => {
  test('asks for an id where a name has no letter of one', async () => {
    const directory = contentOf()
    const project = [
      'project',
      '--name',
      '数据库',
      '--summary',
      'S',
      '--homepage',
      'https://example.org/',
      '--category',
      'databases',
    ]
    const { code, told } = await cli(directory, 'new', ...project)
    expect([code, told]).toEqual([2, expect.stringContaining('Missing `--id ID`')])
    expect(await cli(directory, 'new', ...project, '--id', 'shujuku')).toMatchObject({ code: 0 })
  })

  test('writes a valid file from options, and says where', async () => {
    const directory = contentOf()
    const { code, answer } = await item(
      directory,
      '--project',
      'redis',
      '--architecture',
      'aarch64',
      '--text',
      'It ships.',
    )
    expect({ code, answer }).toEqual({ code: 0, answer: 'content/items/a-b-c.md\n' })
    expect(textOf(directory, 'items/a-b-c.md')).toBe(
      '---\ntitle: "A & B: \\"c\\""\nlink: "https://example.org/x"\ndate: 2026-11-21\nsection: traps\nprojects: [redis]\narchitectures: [aarch64]\n---\n\nIt ships.\n',
    )
    expect((await cli(directory, 'check')).code).toBe(0)
  })

  test('takes a list with commas, given several times, or both', async () => {
    const directory = contentOf()
    const project = ['--name', 'V', '--summary', 'S', '--homepage', 'https://example.org/', '--category', 'databases']
    const { code } = await cli(
      directory,
      ...['new', 'project', ...project],
      ...['--language', 'c, go', '--language', 'rust'],
      ...['--identifier', 'pkg:npm/v,pkg:generic/v?checksum=sha1:a,sha256:b'],
    )
    expect(code).toBe(0)
    expect(textOf(directory, 'projects/v.md')).toContain(
      'languages: [c, go, rust]\nidentifiers: ["pkg:npm/v", "pkg:generic/v?checksum=sha1:a,sha256:b"]\n',
    )
  })

  test('asks a person at a terminal for what is missing, with what goes without saying', async () => {
    const directory = contentOf()
    const asked: string[] = []
    const answers: Record<string, string> = { 'Name of the event': 'KubeCon', 'First day': '2027-03-01' }
    const ask = (question: string) => {
      asked.push(question)
      return Promise.resolve(Object.entries(answers).find(([start]) => question.startsWith(start))?.[1] ?? '')
    }
    const { code } = await run(['new', 'event', '--content', 'content'], { directory, ask })
    expect(code).toBe(0)
    expect(asked).toContain('conference, meetup or deadline [conference]: ')
    expect(textOf(directory, 'events/kubecon.md')).toBe(
      '---\nname: "KubeCon"\nkind: conference\nstart: 2027-03-01\n---\n',
    )
  })

  test('without a terminal names the options that are missing', async () => {
    const { code, told } = await cli(contentOf(), 'new', 'item')
    expect(code).toBe(2)
    expect(told).toContain('--title')
    expect(told).toContain('--section')
    expect(told).not.toContain('--date')
  })

  test('writes nothing where what was given is wrong, and says what', async () => {
    const directory = contentOf()
    const { code, answer } = await item(directory, '--project', 'rediss')
    expect(code).toBe(1)
    expect(answer).toContain('unknown-project')
    expect(existsSync(join(directory, 'content/items/a-b-c.md'))).toBe(false)
  })

  test('never writes over a file, and gives the second item of a title a number', async () => {
    const directory = contentOf()
    await item(directory)
    expect(await item(directory, '--id', 'a-b-c')).toMatchObject({ code: 2 })
    const { answer } = await item(directory, '--link', 'https://example.org/y')
    expect(answer).toBe('content/items/a-b-c-2.md\n')
  })

  test.each(['../x', 'A B', ''])('takes no id that is none: %j', async (id) => {
    expect(await item(contentOf(), '--id', id)).toMatchObject({ code: 2 })
  })

  test('makes each kind valid from the options that its help names', async () => {
    const directory = contentOf()
    const said = {
      issue: ['--title', 'Next', '--summary', 'What happened.'],
      project: ['--name', 'Valkey', '--summary', 'Store', '--homepage', 'https://valkey.io', '--category', 'databases'],
      recipe: [
        '--title',
        'R',
        '--summary',
        'S',
        '--project',
        'redis',
        '--architecture',
        'arm64',
        '--step',
        'make, # all',
      ],
      note: [
        '--title',
        'N',
        '--summary',
        'S',
        '--symptom',
        'a: b',
        '--cause=- c',
        '--fix',
        '#d',
        '--architecture',
        'arm64',
      ],
      event: ['--name', 'E', '--start', '2027-01', '--place', 'Nowhere, really'],
    }
    for (const [kind, args] of Object.entries(said)) {
      expect(await cli(directory, 'new', kind, ...args), kind).toMatchObject({ code: 0 })
    }
    expect(await cli(directory, 'check')).toMatchObject({ code: 0 })
    expect(textOf(directory, 'issues/0002.md')).toContain('state: draft')
  })
})

describe('draft', () => {
  test('assembles what is there: changes, items by section, events', async () => {
    const directory = contentOf()
    await item(directory, '--project', 'redis')
    const { code, answer } = await cli(directory, 'draft')
    expect(code).toBe(0)
    expect(answer).toBe(textOf(directory, 'issues/0002.md'))
    expect(answer).toContain('number: 2\ntitle: News, Issue 2\ndate: 2026-11-21\nauthors: [bob]\n')
    expect(answer).toContain('state: draft\n')
    expect(answer).toContain('## What changed in the matrix {#what-changed}')
    expect(answer).toMatch(
      /### New in the matrix\n\n- \[Brand \\\*new\\\*]\(\/projects\/new\/\).* Works, claimed on \[arm64]\(\/projects\/new\/#arm64\)/,
    )
    expect(answer).toContain(
      '- [Redis](/projects/redis/): works, claimed on [arm64](/projects/redis/#arm64) (was in progress, said on 1 June 2026, [source](https://example.org/2))',
    )
    expect(answer).toContain('## Traps {#traps}')
    expect(answer).toContain('- [Fair](/events/#fair): 1 December 2026, Berlin')
    expect(answer).not.toContain('Over')
    expect(answer).toContain(
      'Ports that are under way:\n\n- [Redis](/projects/redis/): in progress, claimed on [armv7]',
    )
    expect(textOf(directory, 'items/a-b-c.md')).toContain('\nissue: "0002"\n---\n')
    expect((await cli(directory, 'check')).code).toBe(0)
  })

  test('leaves out what an editor leaves out, and writes nothing where nothing is to be written', async () => {
    const directory = contentOf()
    await item(directory)
    await cli(directory, 'draft', '--dry-run')
    expect(existsSync(join(directory, 'content/issues/0002.md'))).toBe(false)
    await cli(directory, 'draft', '--without', 'a-b-c', '--author', 'ada', '--date', '2026-12-01')
    expect(textOf(directory, 'items/a-b-c.md')).not.toContain('issue:')
    expect(textOf(directory, 'issues/0002.md')).toContain('date: 2026-12-01\nauthors: [ada]\n')
  })

  test('does not write over a draft before somebody says so', async () => {
    const directory = contentOf()
    await cli(directory, 'draft')
    const path = join(directory, 'content/issues/0002.md')
    writeFileSync(path, readFileSync(path, 'utf8').replace('News, Issue 2', 'By hand'))
    await item(directory)
    expect(await cli(directory, 'draft')).toMatchObject({ code: 1, answer: '' })
    expect(readFileSync(path, 'utf8')).toContain('By hand')
    expect(await cli(directory, 'draft', '--again')).toMatchObject({ code: 0 })
    expect(readFileSync(path, 'utf8')).toContain('## Traps')
  })

  test('of content with problems makes nothing', async () => {
    const directory = contentOf({ 'events/bad.md': '---\nname: X\n---\n' })
    expect(await cli(directory, 'draft')).toMatchObject({ code: 1 })
    expect(existsSync(join(directory, 'content/issues/0002.md'))).toBe(false)
  })

  test('of a first issue begins with what the matrix has', async () => {
    const directory = contentOf()
    writeFileSync(join(directory, 'content/issues/0001.md'), issueFile({ state: 'withdrawn' }))
    const { answer } = await cli(directory, 'draft', '--author', 'ada')
    expect(answer).toContain('The matrix begins with 2 projects.')
  })

  test('goes on after an issue that waits for its day', async () => {
    const directory = contentOf({
      'issues/0002.md': issueFile({
        number: '2',
        date: '2026-11-20',
        publishAt: '"2026-12-24T09:00:00Z"',
        title: 'News, Issue 2',
      }),
    })
    const { answer } = await cli(directory, 'draft', '--dry-run')
    expect(answer).toContain('number: 3\n')
    expect(answer).not.toContain('## What changed in the matrix')
  })

  test('does not say more exactly than its source when somebody last looked', async () => {
    const directory = contentOf({
      'projects/redis.md': claims('architectures: [arm64], support: works, date: 2015, link: https://example.org/'),
    })
    const { answer } = await cli(directory, 'draft', '--dry-run')
    expect(answer).toContain('nobody has looked since 2015')
  })

  test('tells programs every changed cell', async () => {
    const { answer } = await cli(contentOf(), 'draft', '--dry-run', '--json')
    expect(JSON.parse(answer)).toMatchObject({
      file: 'content/issues/0002.md',
      number: 2,
      newProjects: ['new'],
      changes: {
        gained: [
          { project: 'new', architecture: 'arm64', to: { support: 'works', basis: 'claimed' } },
          { project: 'redis', architecture: 'arm64', from: { support: 'in-progress' }, to: { support: 'works' } },
        ],
      },
    })
  })
})

describe('what changed', () => {
  const day = fc
    .integer({ min: 0, max: 900 })
    .map((days) => new Date(Date.UTC(2024, 0, 1 + days)).toISOString().slice(0, 10))
  const claim = fc.record({
    architectures: fc.constantFrom('amd64', 'arm64', 'armv7'),
    support: fc.constantFrom('works', 'available', 'in-progress', 'unsupported'),
    date: day,
  })
  const projects = fc.array(fc.array(claim, { maxLength: 6 }), { minLength: 1, maxLength: 4 })

  test(
    'is the difference of two matrices, whatever came and went in between',
    () => {
      fc.assert(
        fc.property(projects, day, day, (all, one, other) => {
          const [since = '', until = ''] = [one, other].sort().map((date) => `${date}T23:59:59Z`)
          const entries = all.map((ofProject, index) => [
            `projects/p${index}.md`,
            claims(
              ...ofProject.map(
                ({ architectures, support, date }) =>
                  `architectures: [${architectures}], support: ${support}, date: ${date}, link: https://example.org/`,
              ),
            ),
          ])
          const { catalog, problems } = catalogOf({
            'architectures.yml': architecturesFile,
            'categories.yml': files['categories.yml'] ?? '',
            ...Object.fromEntries(
              entries.map(([path = '', text = '']) => [path, text.replace(/claims: \n(?!  -)/, 'claims: []\n')]),
            ),
          })
          expect(problems).toEqual([])
          const { cells, newProjects } = differenceOfMatrices(catalog, since, until)
          const told = new Map(cells.map((cell) => [`${cell.project} ${cell.architecture}`, cell]))
          for (const project of catalog.project.keys()) {
            let [wasKnown, isKnown] = [false, false]
            for (const architecture of catalog.architectures.keys()) {
              const [from, to] = [since, until].map((at) => deriveCell(catalog, project, architecture, at))
              const differs = from?.support !== to?.support || from?.basis !== to?.basis
              const cell = told.get(`${project} ${architecture}`)
              expect(cell !== undefined).toBe(differs)
              if (cell) {
                expect([cell.from, cell.to]).toEqual([from, to])
                expect(directions).toContain(cell.direction)
              }
              wasKnown ||= from?.basis !== 'none'
              isKnown ||= to?.basis !== 'none'
            }
            expect(newProjects.includes(project)).toBe(isKnown && !wasKnown)
          }
          expect(told.size).toBe(cells.length)
        }),
        { numRuns: runsOf(60) },
      )
    },
    propertyTimeout,
  )
})

describe('publish', () => {
  async function drafted(): Promise<string> {
    const directory = contentOf()
    await item(directory)
    await cli(directory, 'draft')
    return directory
  }

  test('sets the state and freezes ids and anchors', async () => {
    const directory = await drafted()
    const before = textOf(directory, 'issues/0002.md')
    expect(await cli(directory, 'publish', '2')).toMatchObject({
      code: 0,
      answer: 'https://example.org/issues/0002/\n',
    })
    expect(textOf(directory, 'issues/0002.md')).toBe(before.replace('state: draft', 'state: published'))
    const lock = textOf(directory, 'ids.lock')
    expect(lock).toContain('\nauthority example.org,2026\n')
    expect(lock).toContain('\nissue/0002 2026-11-21\n')
    expect(lock).toContain('\nissue/0002#what-changed\n')
    expect(lock).toContain('\nitem/a-b-c issue/0002\n')
    expect(lock).not.toContain('issue/0001')
  })

  test('done again adds what is new, and takes nothing away', async () => {
    const directory = await drafted()
    await cli(directory, 'publish', '2')
    await cli(directory, 'publish', '1')
    const lock = textOf(directory, 'ids.lock')
    expect(lock).toContain('issue/0001 2026-05-12')
    expect(await cli(directory, 'publish', '0002', '--json')).toMatchObject({ code: 0 })
    expect(textOf(directory, 'ids.lock')).toBe(lock)
    expect((await cli(directory, 'check')).told).toContain('No problems')
  })

  test('makes a lost heading, date or item an error from then on', async () => {
    const directory = await drafted()
    await cli(directory, 'publish', '2')
    await cli(directory, 'publish', '1')
    const path = join(directory, 'content/issues/0002.md')
    const text = readFileSync(path, 'utf8')
    const codesAfter = async (changed: string) => {
      writeFileSync(path, changed)
      const { answer } = await cli(directory, 'check', '--format', 'json')
      return (JSON.parse(answer) as { code: string; severity: string }[]).map(({ code }) => code)
    }
    expect(await codesAfter(text.replace('{#what-changed}', ''))).toContain('published-anchor-missing')
    expect(await codesAfter(text.replace('date: 2026-11-21', 'date: 2026-11-22'))).toEqual(['published-date-changed'])
    expect(await codesAfter(text.replace('state: published', 'state: draft'))).toEqual(['unpublished-issue'])
    expect(await codesAfter(text.replace('state: published', 'state: withdrawn'))).toEqual([])
  })

  test('tells a heading with items from one that items have made', async () => {
    const directory = await drafted()
    const path = join(directory, 'content/issues/0002.md')
    await cli(directory, 'publish', '2')
    writeFileSync(path, readFileSync(path, 'utf8').replace('{#traps}', '{#renamed}'))
    const { answer } = await cli(directory, 'check')
    expect(answer).toContain('published-anchor-missing')
    expect(textOf(directory, 'ids.lock')).not.toContain(' items')
  })

  test('refuses what is not there, what was withdrawn, and content with problems', async () => {
    const directory = await drafted()
    expect(await cli(directory, 'publish', '7')).toMatchObject({ code: 2 })
    expect(await cli(directory, 'publish', '../1')).toMatchObject({ code: 2 })
    cpSync(join(directory, 'content/issues/0002.md'), join(directory, 'content/issues/0003.md'))
    expect(await cli(directory, 'publish', '2')).toMatchObject({ code: 1 })
    expect(existsSync(join(directory, 'content/ids.lock'))).toBe(false)
  })
})
