import { existsSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { asOf, folderOf, projectFile, run } from '#tests/builders.ts'

const architectures = `amd64:
  name: x86 64-bit
  control: true
  aliases: [x86_64]
arm64:
  name: Arm 64-bit
  aliases: [aarch64]
armv7:
  name: ARMv7
  ambiguous: {arm: OCI images}
armv6:
  name: ARMv6
  ambiguous: {arm: Go with GOARM=6}
`

const registration = `provider: github-actions
repository: redis/redis
job: test (arm64)
project: redis
architecture: arm64
level: tested
`

function siteFolder(files: Record<string, string> = {}): string {
  return folderOf({
    'content/site.yml': 'title: Test\n',
    'content/architectures.yml': architectures,
    'content/projects/redis.md': projectFile(),
    'content/projects/valkey.md': projectFile({ name: 'Valkey' }),
    'content/sources/redis-arm64.yml': registration,
    ...files,
  })
}

const report = (changes: Record<string, unknown> = {}) => ({
  schema: 'works-on-arm/report@1',
  project: 'redis',
  architecture: 'arm64',
  version: '8.2.1',
  level: 'tested',
  outcome: 'passed',
  execution: 'native',
  observedAt: '2026-11-02T10:20:30Z',
  link: 'https://ci.example.org/runs/1',
  run: { provider: 'github-actions', repository: 'redis/redis', id: '1234567', attempt: 1, job: 'test (arm64)' },
  counts: { passed: 412, failed: 0, skipped: 0 },
  ...changes,
})

interface Answer {
  read: number
  added: number
  duplicates: number
  ignored: number
  problems: { code: string; severity: string; place: { file: string; line: number; column: number }; fix: string }[]
  transitions: { project: string; architecture: string; from: object; to: object }[]
}

async function ingest(directory: string, args: readonly string[]): Promise<Answer & { code: number; told: string }> {
  const { code, answer, told } = await run(['ingest', '--content', 'content', '--json', ...args], { directory })
  // The contract: one object with these keys.
  return { code, told, ...(JSON.parse(answer) as Answer) }
}

const evidenceOf = (directory: string) => {
  const folder = join(directory, 'content/evidence')
  if (!existsSync(folder)) return []
  return readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')])
}

describe('a report', () => {
  test('becomes evidence, and says what it changes', async () => {
    const directory = siteFolder({ 'report.json': JSON.stringify(report({ architecture: 'aarch64' })) })
    expect(await ingest(directory, ['report.json'])).toEqual({
      code: 0,
      told: '',
      read: 1,
      added: 1,
      duplicates: 0,
      ignored: 0,
      problems: [],
      transitions: [
        {
          project: 'redis',
          architecture: 'arm64',
          from: { support: 'unknown', basis: 'none' },
          to: { support: 'works', basis: 'verified' },
        },
      ],
    })
    expect(JSON.parse(readFileSync(join(directory, 'content/evidence/redis.jsonl'), 'utf8'))).toMatchObject({
      architecture: 'arm64',
      version: '8.2.1',
      provenance: { how: 'imported' },
    })
  })

  test('that comes twice changes nothing the second time', async () => {
    const directory = siteFolder({ 'report.json': JSON.stringify([report(), report()]) })
    expect(await ingest(directory, ['report.json'])).toMatchObject({ added: 1, duplicates: 1 })
    const before = evidenceOf(directory)
    expect(await ingest(directory, ['report.json'])).toMatchObject({ added: 0, duplicates: 2, transitions: [] })
    expect(evidenceOf(directory)).toEqual(before)
  })

  test('comes as JSON Lines too, and a bad line does not hide the others', async () => {
    const lines = [
      JSON.stringify(report()),
      '{"schema": "works-on-arm/report@1",',
      JSON.stringify(report({ level: 'passed' })),
    ]
    const directory = siteFolder({ 'reports.jsonl': lines.join('\n') })
    const { code, added, problems } = await ingest(directory, ['reports.jsonl'])
    expect({ code, added }).toEqual({ code: 1, added: 1 })
    expect(problems.map(({ code, place }) => [code, place.file, place.line])).toEqual([
      ['bad-document', 'reports.jsonl', 2],
      ['bad-document', 'reports.jsonl', 3],
    ])
  })

  describe('in JSON Lines', () => {
    const mib = 1024 * 1024
    const line = (changes: Record<string, unknown> = {}) => JSON.stringify(report(changes))
    const long = (megabytes: number) => line({ version: 'x'.repeat(megabytes * mib) })
    const good = (id: number) => line({ run: { id: String(id) } })
    const filling = [...Array(7).keys()].map((id) => line({ project: `p${id}`, version: 'x'.repeat(mib) }))

    test.each([
      ['of 17 MiB', [good(1), long(17), good(2)], [2]],
      ['of 30 MiB', [good(1), long(30), good(2)], [2]],
      ['at the beginning', [long(30), good(1), good(2)], [1]],
      ['at the end', [good(1), good(2), long(30)], [3]],
      ['beside another one', [good(1), long(30), long(30), '', good(2)], [2, 3]],
    ])('that is larger than a document %s is one problem, and the others land', async (_, lines, places) => {
      const directory = siteFolder({ 'reports.jsonl': `${lines.join('\n')}\n` })
      const { added, read, problems } = await ingest(directory, ['reports.jsonl'])
      expect(problems.map(({ code, place }) => [code, place.line])).toEqual(
        places.map((line) => ['document-too-large', line]),
      )
      expect(problems[0]).toMatchObject({ actual: expect.stringMatching(/^\d{8} bytes$/) as string })
      expect({ added, read }).toEqual({ added: 2, read: 2 + places.length })
    })

    test('is read after a broken one that begins a block', async () => {
      const lines = [...filling, `{"version": "${'x'.repeat(2 * mib)}`, ...filling, good(1), good(2)]
      const directory = siteFolder({ 'reports.jsonl': lines.join('\n') })
      const { added, problems } = await ingest(directory, ['reports.jsonl'])
      expect(added).toBe(2)
      expect(problems.map(({ place }) => place.line)).toEqual([...Array(15).keys()].map((index) => index + 1))
    })

    test('is read beside one that is nested too deeply', async () => {
      const deep = `{"schema":${'['.repeat(40)}${']'.repeat(40)}}`
      const directory = siteFolder({ 'reports.jsonl': [good(1), deep, good(2)].join('\n') })
      const { added, problems } = await ingest(directory, ['reports.jsonl'])
      expect(added).toBe(2)
      expect(problems.map(({ place }) => place.line)).toEqual([2])
    })
  })

  test('comes from standard input', async () => {
    const directory = siteFolder()
    const { answer } = await run(['ingest', '--content', 'content', '--json', '-'], {
      directory,
      standardInput: () => Buffer.from(JSON.stringify(report())),
    })
    expect(JSON.parse(answer)).toMatchObject({ added: 1 })
  })

  test.each([
    ['unknown-project', { project: 'redsi' }],
    ['unknown-architecture', { architecture: 'arm46' }],
    ['ambiguous-architecture', { architecture: 'arm' }],
    ['observed-in-future', { observedAt: '2062-01-01T00:00:00Z' }],
    ['bad-document', { link: 'javascript:alert(1)' }],
    ['bad-document', { outcome: 'success' }],
    ['bad-document', { version: 'a\u202eb' }],
    ['bad-document', { extra: true }],
  ])('with a problem (%s) is refused, and nothing is written', async (code, changes) => {
    const directory = siteFolder({ 'report.json': JSON.stringify(report(changes), null, 2) })
    const result = await ingest(directory, ['report.json'])
    expect(result.problems.map((problem) => problem.code)).toEqual([code])
    expect(result).toMatchObject({ code: 1, read: 1, added: 0 })
    expect(evidenceOf(directory)).toEqual([])
  })

  test.each([
    ['project', 'rediss', 'did you mean `redis`?'],
    ['project', 'something-else-entirely', 'correct the id, or add the project first'],
    ['architecture', 'aarch46', 'did you mean `aarch64`?'],
    ['outcome', 'success', 'correct `outcome`'],
  ])('of an unknown %s `%s` is told what to do', async (key, word, fix) => {
    const directory = siteFolder({ 'report.json': JSON.stringify(report({ [key]: word })) })
    expect((await ingest(directory, ['report.json'])).problems.map((problem) => problem.fix)).toEqual([fix])
  })

  test('is taken back by `retract`, and the cell is as if it had never been', async () => {
    const directory = siteFolder({ 'report.json': JSON.stringify(report()) })
    await ingest(directory, ['report.json'])
    const cell = async () =>
      JSON.parse(
        (await run(['explain', 'redis', 'arm64', '--json', '--content', 'content'], { directory })).answer,
      ) as {
        support: string
        witnesses: string[]
        reasons: string[]
      }
    const { witnesses, reasons } = await cell()
    expect(witnesses).toHaveLength(1)
    expect(reasons.join()).toContain(witnesses[0]?.slice(0, 12))
    const taken = await run(['retract', witnesses[0] ?? '', '--why', 'Another machine', '--content', 'content'], {
      directory,
    })
    expect(taken).toMatchObject({ code: 0 })
    expect(await cell()).toMatchObject({
      support: 'unknown',
      witnesses: [],
      evidence: [{ fate: 'retracted', retraction: { why: 'Another machine' } }],
    })
    const told = await run(['explain', 'redis', 'arm64', '--content', 'content'], { directory })
    expect(told.answer).toMatch(/\n {2}retracted: .*\n {4}taken back: Another machine\n/)
  })
})

test('--dry-run tells what would happen, and writes nothing', async () => {
  const directory = siteFolder({ 'report.json': JSON.stringify(report()) })
  expect(await ingest(directory, ['--dry-run', 'report.json'])).toMatchObject({
    added: 1,
    transitions: [{ project: 'redis' }],
  })
  expect(evidenceOf(directory)).toEqual([])
})

test.each([
  ['unrecognised-format', '{"hello": "world"}'],
  ['unrecognised-format', ''],
  ['unrecognised-format', 'make: *** [all] Error 2'],
  ['document-too-deep', '['.repeat(5000)],
  ['document-too-large', ` ${'x'.repeat(17 * 1024 * 1024)}`],
])('a file that says nothing is a problem: %s', async (code, text) => {
  const directory = siteFolder({ 'some.txt': text })
  const result = await ingest(directory, ['some.txt'])
  expect(result).toMatchObject({ code: 1, added: 0 })
  expect(result.problems.map((problem) => problem.code)).toEqual([code])
})

describe('a test report, which knows no architecture,', () => {
  const junit = `<?xml version="1.0"?><testsuites><testsuite name="s" timestamp="2026-11-02T10:20:30"><testcase name="a" classname="b"/></testsuite></testsuites>`

  test('is refused with the advice that helps', async () => {
    const { code, problems } = await ingest(siteFolder({ 'junit.xml': junit }), ['junit.xml'])
    expect(code).toBe(1)
    expect(problems).toMatchObject([{ code: 'missing-project' }])
    expect(problems[0]?.fix).toContain('--source')
  })

  test('lacks the architecture, where only the project is said', async () => {
    const { problems } = await ingest(siteFolder({ 'junit.xml': junit }), ['--project', 'redis', 'junit.xml'])
    expect(problems).toMatchObject([{ code: 'missing-architecture' }])
    expect(problems[0]?.fix).toContain('--architecture')
  })

  test('lacks a link, where nobody names one', async () => {
    const options = ['--project', 'redis', '--architecture', 'arm64', '--level', 'tested']
    const directory = siteFolder({ 'junit.xml': junit })
    expect((await ingest(directory, [...options, 'junit.xml'])).problems).toMatchObject([{ code: 'missing-link' }])
    expect(await ingest(directory, [...options, '--link', 'https://example.org/1', 'junit.xml'])).toMatchObject({
      code: 0,
      added: 1,
    })
  })

  test('counts through a registration', async () => {
    const directory = siteFolder({ 'junit.xml': junit })
    expect(await ingest(directory, ['--source', 'redis-arm64', 'junit.xml'])).toMatchObject({ code: 0, added: 1 })
    expect(await ingest(directory, ['--source', 'redis-arm64', 'junit.xml'])).toMatchObject({ added: 0, duplicates: 1 })
    expect(evidenceOf(directory)[0]?.[1]).toContain('"by":"redis-arm64"')
  })
})

test('a report through the registration of another project is refused', async () => {
  const directory = siteFolder({ 'report.json': JSON.stringify(report({ project: 'valkey' })) })
  const { problems } = await ingest(directory, ['--source', 'redis-arm64', 'report.json'])
  expect(problems).toMatchObject([{ code: 'project-differs' }])
})

test('an image index only says that something exists: level and link come from the operator', async () => {
  const index = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [
      {
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        digest: `sha256:${'a'.repeat(64)}`,
        size: 1,
        platform: { os: 'linux', architecture: 'arm64' },
      },
    ],
  }
  const directory = siteFolder({ 'index.json': JSON.stringify(index) })
  const options = ['--project', 'redis', '--link', 'https://hub.example.org/redis']
  expect(await ingest(directory, [...options, 'index.json'])).toMatchObject({
    added: 1,
    transitions: [{ architecture: 'arm64', to: { support: 'available', basis: 'verified' } }],
  })
})

describe('jobs of a CI system', () => {
  const job = (changes: Record<string, unknown> = {}) => ({
    id: 1,
    run_id: 100,
    run_attempt: 1,
    workflow_name: 'CI',
    head_branch: 'main',
    url: 'https://api.github.com/repos/redis/redis/actions/jobs/1',
    run_url: 'https://api.github.com/repos/redis/redis/actions/runs/100',
    html_url: 'https://github.com/redis/redis/actions/runs/100/job/1',
    status: 'completed',
    conclusion: 'success',
    started_at: '2026-11-02T10:10:30Z',
    completed_at: '2026-11-02T10:20:30Z',
    name: 'test (arm64)',
    labels: ['ubuntu-24.04-arm'],
    runner_id: 7,
    runner_name: 'GitHub Actions 7',
    runner_group_id: 0,
    runner_group_name: 'GitHub Actions',
    steps: [
      { name: 'Set up job', status: 'completed', conclusion: 'success', number: 1 },
      { name: 'Test', status: 'completed', conclusion: 'success', number: 2 },
    ],
    ...changes,
  })
  const file = (...jobs: object[]) => JSON.stringify({ total_count: jobs.length, jobs })

  test('count where they are registered; the others are counted and dropped', async () => {
    const directory = siteFolder({ 'jobs.json': file(job(), job({ id: 2, name: 'lint titles' })) })
    expect(await ingest(directory, ['jobs.json'])).toMatchObject({ code: 0, read: 2, added: 1, ignored: 1 })
    expect(evidenceOf(directory)[0]?.[1]).toContain('"by":"redis-arm64"')
  })

  test('count for nothing where two registrations mean them', async () => {
    const directory = siteFolder({
      'content/sources/redis-any.yml': registration.replace('test (arm64)', 'test (*)'),
      'jobs.json': file(job()),
    })
    expect((await ingest(directory, ['jobs.json'])).problems.map(({ code }) => code)).toEqual(['registered-twice'])
  })

  test('are refused where the runner is of another architecture than is registered', async () => {
    const directory = siteFolder({ 'jobs.json': file(job({ labels: ['ubuntu-24.04'] })) })
    expect((await ingest(directory, ['jobs.json'])).problems).toMatchObject([{ code: 'architecture-differs' }])
  })

  test('need their level from the operator where no registration tells it', async () => {
    const directory = siteFolder({ 'jobs.json': file(job({ name: 'another job' })) })
    expect((await ingest(directory, ['--project', 'redis', 'jobs.json'])).problems).toMatchObject([
      { code: 'missing-level' },
    ])
  })

  test('no longer count after the registration has expired', async () => {
    const directory = siteFolder({
      'content/sources/redis-arm64.yml': `${registration}expires: 2026-11-02\n`,
      'jobs.json': file(job()),
    })
    expect(await ingest(directory, ['jobs.json'])).toMatchObject({
      code: 0,
      added: 0,
      problems: [{ code: 'registration-expired', severity: 'warning' }],
    })
  })

  test('a record that contradicts another one about the same run is kept, and named', async () => {
    const directory = siteFolder({ 'a.json': file(job()), 'b.json': file(job({ conclusion: 'failure' })) })
    await ingest(directory, ['a.json'])
    expect(await ingest(directory, ['b.json'])).toMatchObject({
      added: 1,
      problems: [{ code: 'conflicting-evidence' }],
    })
    const check = () => run(['check', '--content', 'content', '--format', 'json'], { directory })
    const { answer } = await check()
    const [, id = ''] = /"actual": ?"([0-9a-f]{12})"/.exec(answer) ?? []
    expect(answer).toContain('conflicting-evidence')
    // A retraction is of the run: nothing contradicts itself any more.
    await run(['retract', id, '--why', 'Nobody knows', '--content', 'content'], { directory })
    expect((await check()).answer).not.toContain('conflicting-evidence')
  })
})

describe('a mass change', () => {
  const projects = Array.from({ length: 25 }, (_, index) => `p${index}`)
  const files = Object.fromEntries(projects.map((id) => [`content/projects/${id}.md`, projectFile({ name: id })]))
  const reports = JSON.stringify(projects.map((project) => report({ project })))

  test('writes nothing', async () => {
    const directory = siteFolder({ ...files, 'reports.json': reports })
    const result = await ingest(directory, ['reports.json'])
    expect(result).toMatchObject({ code: 1, read: 25, added: 0, problems: [{ code: 'mass-change' }] })
    expect(evidenceOf(directory)).toEqual([])
  })

  test('is shown by a dry run, which adds nothing either', async () => {
    const directory = siteFolder({ ...files, 'reports.json': reports })
    const result = await ingest(directory, ['--dry-run', 'reports.json'])
    expect(result).toMatchObject({ code: 1, read: 25, added: 0, problems: [{ code: 'mass-change' }] })
    expect(result.transitions).toHaveLength(25)
    const { answer } = await run(['ingest', '--content', 'content', '--dry-run', 'reports.json'], { directory })
    expect(answer).toContain('\nLeft out: 25 for `mass-change`.\n25 results read: 0 would be added, ')
    const allowed = await ingest(directory, ['--dry-run', '--allow-mass-change', 'reports.json'])
    expect(allowed).toMatchObject({ code: 0, added: 25, problems: [] })
  })

  test('happens where somebody says so', async () => {
    const directory = siteFolder({ ...files, 'reports.json': reports })
    expect(await ingest(directory, ['--allow-mass-change', 'reports.json'])).toMatchObject({ code: 0, added: 25 })
  })
})

describe('in words the command says', () => {
  const say = async (directory: string, ...args: string[]) =>
    (await run(['ingest', '--content', 'content', ...args], { directory })).answer.trimEnd().split('\n')

  test('what became of everything that was not added', async () => {
    const jobs = ['test (arm64)', 'lint', 'docs'].map((name, id) => ({
      ...{ id: id + 1, run_id: 1, run_attempt: 1, name, status: 'completed', conclusion: 'success' },
      ...(id === 0 ? { status: 'in_progress', conclusion: null } : { completed_at: '2026-11-02T10:20:30Z' }),
      ...{ html_url: `https://github.com/redis/redis/actions/runs/1/job/${id}` },
      ...{ url: `https://api.github.com/repos/redis/redis/actions/jobs/${id}`, labels: ['ubuntu-24.04-arm'] },
      ...{ run_url: 'https://api.github.com/repos/redis/redis/actions/runs/1', runner_id: 1, runner_name: 'a' },
      ...{ head_branch: 'main', head_sha: 'a'.repeat(40), workflow_name: 'CI', steps: [{ conclusion: 'success' }] },
    }))
    const directory = siteFolder({
      'reports.json': JSON.stringify([
        report(),
        report({ project: 'reddis' }),
        report({ project: 'valky' }),
        report({ level: 'passed', outcome: 'fine' }),
      ]),
      'jobs.json': JSON.stringify({ total_count: 3, jobs }),
    })
    expect((await say(directory, 'reports.json', 'jobs.json')).slice(-3)).toEqual([
      'Ignored: 2 that no registration or option asks for, 1 that says nothing about a cell, or not yet.',
      'Left out: 2 for `unknown-project`, 1 for `bad-document`.',
      '7 results read: 1 added, 0 known already, 3 ignored, 4 problems.',
    ])
  })

  test('nothing more where all was added or known', async () => {
    const directory = siteFolder({ 'r.json': JSON.stringify(report()) })
    expect(await say(directory, 'r.json')).toEqual([
      'redis on arm64: unknown, none → works, verified',
      '1 result read: 1 added, 0 known already, 0 ignored, 0 problems.',
    ])
    expect(await say(directory, 'r.json')).toEqual(['1 result read: 0 added, 1 known already, 0 ignored, 0 problems.'])
  })
})

describe('a file in UTF-16', () => {
  const bytesOf = (text: string, isLittle = true) => {
    const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le')
    return isLittle ? bytes : bytes.swap16()
  }
  const ingestBytes = (bytes: Buffer) => {
    const directory = siteFolder()
    writeFileSync(join(directory, 'r.json'), bytes)
    return ingest(directory, ['r.json'])
  }

  test.each([true, false])('that begins by saying so is read (little-endian: %s)', async (isLittle) => {
    const reports = [report({ version: 'ü' }), report({ project: 'valkey' })]
    expect(await ingestBytes(bytesOf(JSON.stringify(reports), isLittle))).toMatchObject({ code: 0, added: 2 })
    const lines = reports.map((one) => JSON.stringify(one)).join('\r\n')
    expect(await ingestBytes(bytesOf(lines, isLittle))).toMatchObject({ code: 0, added: 2 })
  })

  test('that is cut off in the middle of a character is told', async () => {
    const result = await ingestBytes(bytesOf(JSON.stringify(report())).subarray(0, -1))
    expect(result).toMatchObject({ code: 1, added: 0, problems: [{ code: 'unreadable-document', place: { line: 1 } }] })
  })
})

test('a word for another machine is not taken for a mistyped one', async () => {
  const directory = siteFolder({
    'r.json': JSON.stringify(['armv5', 'arm46'].map((architecture) => report({ architecture }))),
  })
  const fixes = (await ingest(directory, ['r.json'])).problems.map(({ fix }) => fix)
  expect(fixes).toEqual(['write the id of a column, as `architectures.yml` has it', 'did you mean `arm64`?'])
})

test('one of several files that is not there is a problem, and the others are kept', async () => {
  const directory = siteFolder({
    'a.json': JSON.stringify(report()),
    'c.json': JSON.stringify(report({ project: 'valkey' })),
  })
  const result = await ingest(directory, ['a.json', 'b.json', 'content', 'c.json'])
  expect(result).toMatchObject({
    code: 1,
    read: 2,
    added: 2,
    problems: [
      { code: 'document-unavailable', severity: 'error', place: { file: 'b.json', line: 1, column: 1 } },
      { code: 'document-unavailable', severity: 'error', place: { file: 'content', line: 1, column: 1 } },
    ],
  })
  expect(evidenceOf(directory).map(([file]) => file)).toEqual(['redis.jsonl', 'valkey.jsonl'])
})

describe('what the command cannot run with', () => {
  test.each([
    [[], 'Expected files'],
    [['missing.json'], 'There is no file'],
    [['content'], '`content` is a folder, expected the files in it.'],
    [['--format', 'junti', 'a'], 'Unexpected format'],
    [['--source', 'nobody', 'a'], 'Unexpected source'],
    [['--level', 'passed', 'a'], 'Unexpected level'],
    [['--observed-at', 'yesterday', 'a'], 'Unexpected instant'],
  ])('%j', async (args, words) => {
    const { code, answer, told } = await run(['ingest', '--content', 'content', ...args], {
      directory: siteFolder({ a: '{}' }),
    })
    expect({ code, answer }).toEqual({ code: 2, answer: '' })
    expect(told).toContain(words)
  })
})

describe('what the operator says', () => {
  test.each([
    ['--link', 'javascript:alert(1)'],
    ['--version', 'a\u001b[31m'],
    ['--version', ''],
    ['--run', 'x'.repeat(201)],
  ])('is held to the same limits as a report: %s %j', async (option, value) => {
    const directory = siteFolder({ 'report.json': JSON.stringify(report()) })
    const { code, told } = await run(['ingest', '--content', 'content', `${option}=${value}`, 'report.json'], {
      directory,
    })
    expect(code).toBe(2)
    expect(told).toContain('Unexpected')
    expect(evidenceOf(directory)).toEqual([])
  })

  test('chooses among what a report says about architectures, and never makes it another one', async () => {
    const directory = siteFolder({ 'report.json': JSON.stringify(report({ architecture: 'arm64' })) })
    const { problems, added } = await ingest(directory, ['--architecture', 'amd64', 'report.json'])
    expect({ added, codes: problems.map(({ code }) => code) }).toEqual({ added: 0, codes: ['architecture-differs'] })
  })
})

describe('evidence that is a link', () => {
  test('to a file is neither read nor copied', async () => {
    const directory = siteFolder({
      'secret.txt': 'SECRET\n',
      'content/evidence/README.md': '',
      'report.json': JSON.stringify(report()),
    })
    symlinkSync(join(directory, 'secret.txt'), join(directory, 'content/evidence/redis.jsonl'))
    const { code, answer } = await run(['ingest', '--content', 'content', 'report.json'], { directory })
    expect({ code, answer }).toEqual({ code: 2, answer: '' })
    expect(readFileSync(join(directory, 'secret.txt'), 'utf8')).toBe('SECRET\n')
  })

  test('to a folder is a problem, and nothing is written there', async () => {
    const directory = siteFolder({ 'elsewhere/README.md': '', 'report.json': JSON.stringify(report()) })
    symlinkSync(join(directory, 'elsewhere'), join(directory, 'content/evidence'))
    expect((await run(['check', '--content', 'content'], { directory })).answer).toContain('not-a-file')
    expect((await run(['ingest', '--content', 'content', 'report.json'], { directory })).code).toBe(2)
    expect(readdirSync(join(directory, 'elsewhere'))).toEqual(['README.md'])
  })
})

test('a report of a project that was renamed meanwhile is still known, and stays retracted', async () => {
  const directory = siteFolder({ 'report.json': JSON.stringify(report()) })
  await ingest(directory, ['report.json'])
  renameSync(join(directory, 'content/projects/redis.md'), join(directory, 'content/projects/redict.md'))
  writeFileSync(join(directory, 'content/projects/redis.md'), '---\nmovedTo: redict\n---\n')
  const cell = async () =>
    JSON.parse((await run(['explain', 'redict', 'arm64', '--json', '--content', 'content'], { directory })).answer) as {
      support: string
      witnesses: string[]
    }
  const { support, witnesses } = await cell()
  expect(support).toBe('works')
  await run(['retract', witnesses[0] ?? '', '--why', 'Another machine', '--content', 'content'], { directory })
  expect(await ingest(directory, ['report.json'])).toMatchObject({ added: 0, duplicates: 1 })
  expect(await cell()).toMatchObject({ support: 'unknown' })
})

test('a text that is not quite JSON is told where it breaks', async () => {
  const directory = siteFolder({ 'report.json': '{\n  "schema": "works-on-arm/report@1",\n}\n' })
  const { problems } = await ingest(directory, ['report.json'])
  expect(problems).toMatchObject([{ code: 'unreadable-document', place: { line: 3 } }])
})

describe('JSON that is not UTF-8', () => {
  const broken = (changes: Record<string, unknown> = {}) => {
    const bytes = Buffer.from(JSON.stringify(report({ version: '8.2.?', ...changes })))
    bytes[bytes.indexOf('?')] = 0xff
    return bytes
  }

  test('is told where it is, and nothing of it is kept', async () => {
    const directory = siteFolder()
    writeFileSync(join(directory, 'report.json'), Buffer.concat([Buffer.from('\n'), broken()]))
    expect(await ingest(directory, ['report.json'])).toMatchObject({
      code: 1,
      added: 0,
      problems: [{ code: 'unreadable-document', place: { file: 'report.json', line: 2 } }],
    })
    expect(existsSync(join(directory, 'content/evidence'))).toBe(false)
  })

  test('costs the lines that it is in, and no other', async () => {
    const directory = siteFolder()
    const lines = [
      Buffer.from(JSON.stringify(report())),
      broken(),
      Buffer.from(JSON.stringify(report({ level: 'starts' }))),
    ]
    writeFileSync(join(directory, 'reports.jsonl'), Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])))
    expect(await ingest(directory, ['reports.jsonl'])).toMatchObject({
      read: 3,
      added: 2,
      problems: [{ code: 'unreadable-document', place: { line: 2 } }],
    })
  })
})

describe('what is asked afterwards', () => {
  const twoFailures = [1, 2].map((day) =>
    report({
      outcome: 'failed',
      observedAt: `2026-11-0${day}T10:20:30Z`,
      run: { provider: 'github-actions', repository: 'redis/redis', id: String(day), job: 'test (arm64)' },
    }),
  )
  const claims = `[{architectures: [arm64], support: works, date: 2026-05-05, link: "https://example.org/"}]`

  test('`status --disputed` and `changes` tell of a contradiction', async () => {
    const directory = siteFolder({
      'content/projects/redis.md': projectFile({ claims }),
      'reports.json': JSON.stringify(twoFailures),
    })
    await ingest(directory, ['reports.json'])
    const disputed = await run(['status', '--disputed', '--json', '--content', 'content'], { directory })
    expect(JSON.parse(disputed.answer)).toMatchObject([
      { project: 'redis', architecture: 'arm64', support: 'broken', basis: 'disputed' },
    ])
    const changes = await run(
      ['changes', '--from', '2026-11-01', '--to', '2026-11-21', '--json', '--content', 'content'],
      { directory },
    )
    expect(JSON.parse(changes.answer)).toMatchObject([
      { on: '2026-11-02', direction: 'lost', to: { support: 'broken' } },
    ])
    const earlier = await run(
      ['explain', 'redis', 'arm64', '--as-of', '2026-11-01', '--json', '--content', 'content'],
      { directory },
    )
    expect(JSON.parse(earlier.answer)).toMatchObject({
      support: 'works',
      basis: 'claimed',
      evidence: [{ fate: 'pending' }, { fate: 'future' }],
    })
  })

  test('`status --stale` lists what is too old', async () => {
    const directory = siteFolder({ 'report.json': JSON.stringify(report({ observedAt: '2025-11-02T10:20:30Z' })) })
    await ingest(directory, ['report.json'])
    const { answer } = await run(['status', '--stale', '--content', 'content'], { directory })
    expect(answer).toContain('works, stale since 2026-05-02')
  })

  test('`compact` keeps every status and every change', async () => {
    const days = Array.from({ length: 120 }, (_, index) =>
      new Date(Date.parse(asOf) - index * 86_400_000).toISOString(),
    )
    const reports = days.map((day, index) =>
      report({
        observedAt: `${day.slice(0, 10)}T10:00:00Z`,
        outcome: index === 60 || index === 61 ? 'failed' : 'passed',
        run: { provider: 'github-actions', repository: 'redis/redis', id: String(10_000 - index), job: 'test (arm64)' },
      }),
    )
    const directory = siteFolder({ 'reports.json': JSON.stringify(reports) })
    await ingest(directory, ['reports.json'])
    const telling = async () => {
      const of = async (...args: string[]) =>
        (await run([...args, '--json', '--content', 'content'], { directory })).answer
      const { evidence: _, ...cell } = JSON.parse(await of('explain', 'redis', 'arm64')) as Record<string, unknown>
      return { cell, changes: await of('changes', '--from', '2026-01-01') }
    }
    const before = await telling()
    const { answer } = await run(['compact', '--archive', 'archive.jsonl', '--content', 'content'], { directory })
    expect(answer).toMatch(/^120 records, of which \d+ are left out/)
    expect(await telling()).toEqual(before)
    const kept = (evidenceOf(directory)[0]?.[1] ?? '').trim().split('\n')
    const archived = readFileSync(join(directory, 'archive.jsonl'), 'utf8').trim().split('\n')
    expect(kept.length).toBeLessThan(50)
    expect(kept.length + archived.length).toBe(120)
    // What went is gone: a second time there is nothing to leave out.
    expect((await run(['compact', '--content', 'content'], { directory })).answer).toContain('of which 0 are left out')
  })
})
