import { Ajv2020 } from 'ajv/dist/2020.js'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { loadCatalog } from '#catalog/catalog.ts'
import { kindNames } from '#catalog/kinds.ts'
import { deriveCell } from '#domain/cell.ts'
import type { Problem } from '#domain/problem.ts'
import { fullAddress } from '#domain/site-address.ts'
import { asOf, casesFolder, folderOf, projectFile, run } from '#tests/builders.ts'
import { viewApiCell } from '#views/api-cell.ts'
import { ExplainedCell } from '#views/api-schemas.ts'

const wrong = join(casesFolder, 'several-problems')
const warnings = join(casesFolder, 'date-in-future')

describe('the command line', () => {
  test('without a command lists them, and could not run', async () => {
    const { code, answer, told } = await run([])
    expect(code).toBe(2)
    for (const name of ['check', 'explain', 'schema']) expect(answer).toMatch(new RegExp(`^${name} `, 'm'))
    expect(told).toBe('')
  })

  test.each([['help'], ['--help'], ['-h']])('lists the commands when it is asked for %s', async (word) => {
    expect(await run([word])).toMatchObject({ code: 0, answer: expect.stringContaining('check [FILE…]') as string })
  })

  test.each(['check', 'explain', 'schema'])('explains %s when it is asked for help', async (name) => {
    const { code, answer, told } = await run([name, 'whatever', '--help'])
    expect(code).toBe(0)
    expect(answer.startsWith(`${name} `)).toBe(true)
    expect(told).toBe('')
  })

  test('does not know other commands, and offers the nearest', async () => {
    expect(await run(['chekc'])).toEqual({
      code: 2,
      answer: '',
      told: 'There is no command `chekc`; did you mean `check`?\n',
    })
    expect((await run(['frobnicate'])).told).toBe('There is no command `frobnicate`; `help` lists them.\n')
  })

  test.each(['constructor', '__proto__', 'toString'])('does not know the command %s', async (name) => {
    expect(await run([name])).toMatchObject({ code: 2, answer: '' })
  })

  test.each([
    [['check', '--colour']],
    [['check', '--format']],
    [['explain', 'redis', 'arm64', '--frob']],
    [['schema', '-x', 'project']],
    [['check', '--as-of=']],
  ])('does not take %j', async (args) => {
    const { code, answer, told } = await run(args)
    expect(code).toBe(2)
    expect(answer).toBe('')
    expect(told).toMatch(/\S\n$/)
    expect(told).not.toContain('    at ')
  })

  test('says how to see where it broke, and shows it then', async () => {
    const broken = { tell: undefined, home: undefined as unknown as string }
    let told = ''
    const tell = (text: string) => {
      told += text
    }
    expect((await run(['check'], { ...broken, tell })).code).toBe(2)
    expect(told).toMatch(/--debug/)
    expect(told).not.toContain('    at ')
    told = ''
    await run(['check', '--debug'], { ...broken, tell })
    expect(told).toContain('    at ')
  })
})

describe('check', () => {
  test('of content without problems answers nothing and counts what is there', async () => {
    expect(await run(['check'])).toEqual({
      code: 0,
      answer: '',
      told: 'No problems: 2 projects, 1 issue, 1 recipe, 1 note.\n',
    })
  })

  test('of content with errors answers them alone, and counts them beside', async () => {
    const { code, answer, told } = await run(['check', '--content', 'content'], { directory: wrong })
    expect(code).toBe(1)
    expect(answer).toMatch(/^content\/notes\/page-size\.md:1:1 {2}error {2}front-matter-missing\n/)
    expect(told).toMatch(/^\d+ errors in 3 files\n$/)
  })

  test('of content with warnings alone is clean', async () => {
    const { code, answer, told } = await run(['check', '--content', 'content'], { directory: warnings })
    expect(code).toBe(0)
    expect(answer).toContain('  warning  date-in-future')
    expect(told).toBe('2 warnings in 1 file\n')
  })

  test('tells the future by the clock', async () => {
    const args = ['check', '--content', 'content']
    expect((await run([...args, '--as-of', '2027-01-01'], { directory: warnings })).answer).toBe('')
    expect((await run(args, { directory: warnings, environment: { AS_OF: '2027-01-01' } })).answer).toBe('')
    expect((await run(args, { directory: warnings, environment: { SOURCE_DATE_EPOCH: '1798761600' } })).answer).toBe('')
    expect((await run(args, { directory: warnings, now: '2027-01-01T00:00:00Z' })).answer).toBe('')
    const both = { AS_OF: '2026-01-01', SOURCE_DATE_EPOCH: '1798761600' }
    expect((await run(args, { directory: warnings, environment: both })).answer).not.toBe('')
  })

  test.each(['yesterday', '2026-02-30', '20261121'])('does not understand the clock %s', async (clock) => {
    expect(await run(['check', '--as-of', clock])).toMatchObject({
      code: 2,
      answer: '',
      told: expect.stringContaining(`Unexpected clock \`${clock}\``) as string,
    })
  })

  test('as JSON answers an array of problems', async () => {
    for (const args of [['--json'], ['--format', 'json'], ['--format', 'text', '--json']]) {
      const { code, answer } = await run(['check', '--content', 'content', ...args], { directory: wrong })
      const problems = JSON.parse(answer) as Problem[]
      expect(code).toBe(1)
      expect(problems.length).toBeGreaterThan(5)
      for (const problem of problems) {
        expect(Object.keys(problem)).toEqual(['code', 'severity', 'place', 'reason', 'expected', 'actual', 'fix'])
        expect(problem.place.file).toMatch(/^content\//)
      }
    }
    expect(JSON.parse((await run(['check', '--json'])).answer)).toEqual([])
  })

  test('for GitHub answers one annotation a line', async () => {
    const { answer } = await run(['check', '--content', 'content', '--format', 'github'], { directory: wrong })
    for (const line of answer.trimEnd().split('\n')) {
      expect(line).toMatch(/^::(error|warning) file=content\/[^,]+,line=\d+,col=\d+,title=[a-z0-9-]+::.+/)
    }
  })

  test('takes a folder for all that is below it, and nothing that is no content', async () => {
    const directory = folderOf({
      'content/site.yml': 'title: T\n',
      'content/projects/redis.md': projectFile({ sumary: 'twice' }),
      'content/notes/a.md': 'x',
      'package.json': '{}',
    })
    const files = async (...names: string[]) => {
      const { answer } = await run(['check', ...names, '--content', 'content'], { directory })
      return [...new Set(answer.match(/^content\/[^:]+/gm))]
    }
    expect(await files('content/projects')).toEqual(['content/projects/redis.md'])
    expect(await files('content/projects/')).toEqual(['content/projects/redis.md'])
    expect(await files('content')).toEqual(['content/notes/a.md', 'content/projects/redis.md'])
    expect(await run(['check', 'package.json', '--content', 'content'], { directory })).toMatchObject({
      code: 2,
      told: '`package.json` is no file of the content, which is in `content`.\n',
    })
    expect(await run(['check', 'content/site.yml', '--content', 'content'], { directory })).toMatchObject({
      code: 0,
      told: 'No problems in `content/site.yml`.\n',
    })
  })

  test('knows four formats', async () => {
    expect(await run(['check', '--format', 'xml'])).toMatchObject({
      code: 2,
      answer: '',
      told: 'Unexpected format `xml`, expected one of `text`, `json`, `github`, `sarif`.\n',
    })
  })

  test('has colours on a terminal alone, and never in JSON', async () => {
    const terminal = { directory: wrong, isTerminal: true }
    expect((await run(['check', '--content', 'content'], terminal)).answer).toContain('\u001b[31m')
    expect((await run(['check', '--content', 'content', '--json'], terminal)).answer).not.toContain('\u001b')
    expect((await run(['check', '--content', 'content'], { directory: wrong })).answer).not.toContain('\u001b')
  })

  test('of one file answers its problems alone, however it is named', async () => {
    for (const [directory, file] of [
      [wrong, 'content/projects/valkey.md'],
      [wrong, './content/projects/../projects/valkey.md'],
      [wrong, join(wrong, 'content/projects/valkey.md')],
      [join(wrong, 'content/projects'), 'valkey.md'],
      [wrong, 'projects/valkey.md'],
    ] as const) {
      const { code, answer, told } = await run(['check', file, '--content', join(wrong, 'content')], { directory })
      expect(code).toBe(1)
      expect(answer.match(/valkey\.md/g)).toHaveLength(1)
      expect(told).toBe('1 error in 1 file\n')
    }
    const clean = await run(['check', 'content/projects/memcached.md', '--content', 'content'], { directory: wrong })
    expect(clean).toMatchObject({ code: 0, answer: '' })
  })

  test('of a file that is not there could not run', async () => {
    expect(await run(['check', 'content/projects/none.md', '--content', 'content'], { directory: wrong })).toEqual({
      code: 2,
      answer: '',
      told: 'There is no file `content/projects/none.md`.\n',
    })
  })

  test('of a folder that is not there, or is a file, could not run', async () => {
    for (const content of ['nowhere', 'expected.txt']) {
      const { code, answer, told } = await run(['check', '--content', content], { directory: wrong })
      expect({ code, answer, told }).toEqual({
        code: 2,
        answer: '',
        told: `There is no content folder at \`${content}\`.\n`,
      })
    }
  })

  test('takes the folder from --content, else from CONTENT_DIR, else the own one', async () => {
    const environment = { CONTENT_DIR: '../several-problems/content' }
    const directory = join(casesFolder, 'every-kind')
    expect((await run(['check'], { directory, environment })).code).toBe(1)
    expect((await run(['check', '--content', 'content'], { directory, environment })).code).toBe(0)
    expect((await run(['check'], { directory: wrong })).code).toBe(0)
  })

  test('names files as they are seen from the working directory', async () => {
    const folder = folderOf({ 'here/site.yml': 'title: Test\n', 'here/projects/a.md': '' })
    const first = async (directory: string) =>
      (await run(['check', '--content', join(folder, 'here')], { directory })).answer.split(':')[0]
    expect(await first(folder)).toBe('here/projects/a.md')
    expect(await first(join(folder, 'here/projects'))).toBe('a.md')
    expect(await first(wrong)).toBe(join(folder, 'here/projects/a.md'))
  })
})

describe('hostile content', () => {
  afterEach(() => {
    delete (globalThis as { frontMatterRan?: boolean }).frontMatterRan
    delete process.env.FRONT_MATTER_RAN
  })

  test('never runs', async () => {
    const directory = join(casesFolder, 'front-matter-not-yaml')
    const mark = '/tmp/works-on-arm-front-matter-ran'
    expect(readFileSync(join(directory, 'content/projects/javascript.md'), 'utf8')).toContain(mark)
    expect((await run(['check', '--content', 'content'], { directory })).code).toBe(1)
    await run(['check', '--content', 'content'], { directory: join(casesFolder, 'yaml-tag') })
    expect(globalThis).not.toHaveProperty('frontMatterRan')
    expect(process.env.FRONT_MATTER_RAN).toBeUndefined()
    expect(() => readFileSync(mark)).toThrow('ENOENT')
  })

  test('changes no prototype', async () => {
    await run(['check', '--content', 'content'], { directory: join(casesFolder, 'prototype-keys') })
    expect({}).not.toHaveProperty('polluted')
    expect(Object.prototype).not.toHaveProperty('scope')
  })
})

test.each(['explain redis arm64', 'scan package.json --arch arm64', 'scan package.json'])(
  'architectures that are none are told with their place: %s',
  async (command) => {
    const directory = folderOf({
      'content/site.yml': 'title: T\n',
      'content/architectures.yml': '',
      'content/projects/redis.md': projectFile(),
      'package.json': '{}',
    })
    expect(await run([...command.split(' '), '--content', 'content'], { directory })).toEqual({
      code: 2,
      answer: '',
      told: 'The architectures of the content have problems, which `check` lists: content/architectures.yml:1:1 Unexpected empty list of architectures, expected at least one architecture.\n',
    })
  },
)

describe('explain', () => {
  test('says what a cell is, why, and what was claimed', async () => {
    const { code, answer, told } = await run(['explain', 'redis', 'arm64'])
    expect(code).toBe(0)
    expect(told).toBe('')
    expect(answer).toBe(
      [
        'Redis on arm64: works, claimed (readers first see: works)',
        '  Claimed as works on 2026-05-12.',
        '  see https://example.org/redis-on-arm',
        '  certain until 2027-11-12, if nothing new is learnt',
        '  claim: works on 2026-05-12, since 1.10, https://example.org/redis-on-arm',
        '  claim: partial on 2026-06, only with pages of 64k, /notes/page-size/',
        '    Background saves need `--page-size` set, see [the note](/notes/page-size/).',
        '',
      ].join('\n'),
    )
  })

  test('says which claims nobody knew of on that day', async () => {
    const { answer } = await run(['explain', 'redis', 'arm64', '--as-of', '2026-05-31'])
    expect(answer).toContain('\n  claim: works on 2026-05-12,')
    expect(answer).toContain('\n  claim, not yet known on that day: partial on 2026-06,')
  })

  test('says so where nothing is known', async () => {
    expect((await run(['explain', 'go', 's390x'])).answer).toBe(
      'Go on s390x: unknown, none (readers first see: not known)\n  No claim and no run is recorded.\n',
    )
  })

  test('as JSON answers the cell', async () => {
    const { answer } = await run(['explain', 'redis', 'arm64', '--json'])
    expect(JSON.parse(answer)).toMatchObject({
      project: 'redis',
      architecture: 'arm64',
      support: 'works',
      basis: 'claimed',
      observedAt: '2026-05-12',
      link: 'https://example.org/redis-on-arm',
      reasons: ['Claimed as works on 2026-05-12.'],
      claims: [{ since: '1.10' }, { scope: { pageSize: '64k' } }],
    })
  })

  test('as JSON answers the cell of the API, with its witnesses, and nothing that its schema does not name', async () => {
    const { catalog } = loadCatalog(join(casesFolder, 'every-kind', 'content'))
    const environment = { SITE_URL: 'https://elsewhere.example', BASE_PATH: '/deep/' }
    const site = { siteUrl: 'https://elsewhere.example', basePath: '/deep/' }
    const context = { catalog, asOf, absoluteAddressOf: (path: string) => fullAddress(path, site) }
    for (const project of catalog.project.keys()) {
      for (const architecture of catalog.architectures.keys()) {
        const { answer } = await run(['explain', project, architecture, '--json'], { environment })
        const { witnesses, ...explained } = ExplainedCell.parse(JSON.parse(answer))
        expect(Array.isArray(witnesses)).toBe(true)
        expect(explained).toMatchObject(viewApiCell(deriveCell(catalog, project, architecture, asOf), context))
      }
    }
  })

  test('as JSON gives full addresses: a source may be a page of the site', async () => {
    const links = async (environment: Record<string, string>) => {
      const { answer } = await run(['explain', 'redis', 'arm64', '--json'], { environment })
      return ExplainedCell.parse(JSON.parse(answer)).claims.map(({ link }) => link)
    }
    expect(await links({})).toEqual([
      'https://example.org/redis-on-arm',
      'https://worksontest.example/notes/page-size/',
    ])
    expect(await links({ SITE_URL: 'https://elsewhere.example', BASE_PATH: 'deep' })).toEqual([
      'https://example.org/redis-on-arm',
      'https://elsewhere.example/deep/notes/page-size/',
    ])
  })

  test('as JSON gives the full address of what decides, too', async () => {
    const claims = "[{architectures: [arm64], support: works, date: '2026-05', link: /matrix/}]"
    const directory = folderOf({
      'content/site.yml': 'title: Test\n',
      'content/architectures.yml': 'arm64: {name: A}\n',
      'content/projects/redis.md': projectFile({ claims }),
    })
    const { answer } = await run(['explain', 'redis', 'arm64', '--json', '--content', 'content'], { directory })
    expect(ExplainedCell.parse(JSON.parse(answer)).link).toBe('https://localhost/matrix/')
  })

  test.each([
    [{ SITE_URL: 'https://example.org/path' }, 'Unexpected SITE_URL `https://example.org/path`'],
    [{ BASE_PATH: 'a b' }, 'Unexpected BASE_PATH `a b`'],
  ])('as JSON could not run with %j', async (environment, told) => {
    const ran = await run(['explain', 'redis', 'arm64', '--json'], { environment })
    expect(ran).toMatchObject({ code: 2, answer: '' })
    expect(ran.told).toContain(told)
  })

  test('takes other words for the architecture and an old name of the project', async () => {
    expect((await run(['explain', 'redis', 'AArch64'])).answer).toMatch(/^Redis on arm64: works/)
    expect((await run(['explain', 'golang', 'x86_64'])).answer).toMatch(/^Go on amd64: unknown/)
  })

  test('is about the day of the clock', async () => {
    const at = async (day: string) => (await run(['explain', 'redis', 'amd64', '--as-of', day])).answer.split('\n')[0]
    expect(await at('2016-12-31')).toContain('unknown, none')
    expect(await at('2017-01-01')).toContain('works, claimed')
    expect(await at('2018-07-01')).toContain('works, stale')
  })

  test.each([
    [['explain'], 'Expected a project and an architecture'],
    [['explain', 'redis'], 'Expected a project and an architecture'],
    [['explain', 'redis', 'arm64', 'more'], 'Expected a project and an architecture'],
    [['explain', 'rediss', 'arm64'], 'There is no project `rediss`; did you mean `redis`?'],
    [['status', '--stael'], "Unknown option '--stael'; did you mean `--stale`?"],
    [['explain', 'something-else', 'arm64'], 'There is no project `something-else`.'],
    [['explain', '../redis', 'arm64'], 'There is no project `../redis`'],
    [
      ['explain', 'redis', 'arm'],
      '`arm` could mean `armv7` (OCI images without a variant, and Node.js) or `armv6` (Go',
    ],
    [['explain', 'redis', 'sparc'], 'There is no architecture `sparc`, expected one of `amd64`, `arm64`'],
    [['explain', 'constructor', '__proto__'], 'There is no project `constructor`'],
  ])('%j could not run, and says why', async (args, message) => {
    const { code, answer, told } = await run(args)
    expect(code).toBe(2)
    expect(answer).toBe('')
    expect(told).toContain(message)
  })

  test('says that a project is there but has problems', async () => {
    const content = folderOf({
      'site.yml': 'title: Test\n',
      'projects/redis.md': projectFile({ homepage: 'redis.io' }),
    })
    const { code, told } = await run(['explain', 'redis', 'arm64', '--content', content])
    expect(code).toBe(2)
    expect(told).toContain('The project `redis` has problems')
    expect(told).toContain('projects/redis.md:4:11')
  })
})

describe('schema', () => {
  test('of evidence takes what takes a record back, and no half of it', async () => {
    const isValid = new Ajv2020({ strict: false, validateFormats: false }).compile(
      JSON.parse((await run(['schema', 'evidence'])).answer) as object,
    )
    const retraction = { schema: 1, id: 'a'.repeat(64), project: 'redis', retracts: 'b'.repeat(64), why: 'wrong' }
    expect([isValid(retraction), isValid.errors]).toEqual([true, null])
    expect(isValid({ ...retraction, retracts: undefined })).toBe(false)
  })

  test.each(kindNames)('of %s answers JSON Schema that describes its keys', async (kind) => {
    const { code, answer, told } = await run(['schema', kind])
    expect(code).toBe(0)
    expect(told).toBe('')
    const schema = JSON.parse(answer) as {
      type: string
      additionalProperties: boolean
      properties: object
      required: string[]
    }
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false })
    expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(schema.required))
  })

  test.each([
    ['site', 'title'],
    ['architectures', 'control'],
    ['categories', 'summary'],
    ['people', 'affiliation'],
  ])('of %s.yml answers JSON Schema that knows `%s`', async (file, key) => {
    const { code, answer } = await run(['schema', file])
    expect(code).toBe(0)
    const { properties, additionalProperties } = JSON.parse(answer) as {
      properties?: object
      additionalProperties: { properties: object }
    }
    expect(Object.keys(properties ?? additionalProperties.properties)).toContain(key)
  })

  test('of issue takes its number in quotes and without, as the reader of content does', async () => {
    const { properties } = JSON.parse((await run(['schema', 'issue'])).answer) as { properties: { number: object } }
    const isNumber = new Ajv2020({ strict: true }).compile(properties.number)
    expect([1, '1', 0, 999_999_999].filter((number) => !isNumber(number))).toEqual([])
    expect([1.5, -1, '01', 'one', true, 1e9].filter((number) => isNumber(number))).toEqual([])
  })

  test.each([[[]], [['projects']], [['constructor']]])('of %j could not run, and lists the kinds', async (args) => {
    const { code, answer, told } = await run(['schema', ...args])
    expect(code).toBe(2)
    expect(answer).toBe('')
    expect(told).toContain('`project`, `source`, `issue`')
  })
})
