import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { executionWords, levelWords, outcomeWords } from '#domain/status-words.ts'
import { Report } from '#ingest/report.ts'
import { executions, levels, outcomes } from '../../report/build-report.mjs'
import { folderOf, projectFile, run } from '#tests/builders.ts'
import { jobEnvironment, runAction } from './job.ts'

const action = new URL('../../report/', import.meta.url)
const file = 'works-on-arm-report.json'

test('without a receiver the report is a file, as the site wants it', async () => {
  const reported = await runAction({
    INPUT_VERSION: ' 8.2.1 ',
    INPUT_COUNTS: '{"passed":412,"failed":0,"skipped":3}',
    INPUT_LIBC: 'musl',
  })
  expect(reported).toMatchObject({ code: 0, printed: 'Written: redis on arm64, tested: passed\n' })
  expect(reported.outputs).toContain(file)
  expect(reported.file(file)).toEqual({
    schema: 'works-on-arm/report@1',
    project: 'redis',
    architecture: 'arm64',
    libc: 'musl',
    version: '8.2.1',
    commit: '0123456789abcdef0123456789abcdef01234567',
    level: 'tested',
    outcome: 'passed',
    observedAt: '2026-11-21T12:00:00Z',
    link: 'https://github.com/redis/redis/actions/runs/1234567/job/62',
    run: {
      provider: 'github-actions',
      repository: 'redis/redis',
      repositoryId: '156018',
      workflow: 'CI',
      id: '1234567',
      attempt: 2,
      job: 'test (arm64)',
      jobId: '62',
    },
    counts: { passed: 412, failed: 0, skipped: 3 },
  })
})

test('what is written is what `ingest` takes', async () => {
  const reported = await runAction()
  const directory = folderOf({
    'content/site.yml': 'title: Test\n',
    'content/projects/redis.md': projectFile(),
    'report.json': JSON.stringify(reported.file(file)),
  })
  const { code, answer } = await run(['ingest', 'report.json', '--json', '--content', 'content'], { directory })
  expect({ code, ...(JSON.parse(answer) as object) }).toMatchObject({ code: 0, read: 1, added: 1, problems: [] })
})

const reports: [string, Record<string, string | undefined>, object][] = [
  ['a failed job', { INPUT_OUTCOME: 'failure' }, { outcome: 'failed' }],
  ['a cancelled job', { INPUT_OUTCOME: 'cancelled' }, { outcome: 'cancelled' }],
  ['a step that was not reached', { INPUT_OUTCOME: 'skipped' }, { outcome: 'skipped' }],
  ['a word of our own', { INPUT_OUTCOME: 'infra' }, { outcome: 'infra' }],
  ['a green job with failed tests', { INPUT_COUNTS: '{"passed":1,"failed":1,"skipped":0}' }, { outcome: 'failed' }],
  ['a level', { INPUT_LEVEL: 'builds' }, { level: 'builds' }],
  [
    'an emulated run',
    { INPUT_EXECUTION: 'emulated', INPUT_ARCHITECTURE: 's390x' },
    { execution: 'emulated', architecture: 's390x' },
  ],
  ['another system', { RUNNER_OS: 'macOS' }, { os: 'macos' }],
  ['a page of its own', { INPUT_LINK: 'https://ci.example.org/1' }, { link: 'https://ci.example.org/1' }],
  ['a job called otherwise', { INPUT_JOB: 'test (*)' }, { run: { job: 'test (*)' } }],
  [
    'a runner that does not tell the id of the job',
    { 'INPUT_JOB-ID': '' },
    { link: 'https://github.com/redis/redis/actions/runs/1234567/attempts/2' },
  ],
  [
    'a server of a company',
    { GITHUB_SERVER_URL: 'https://git.example.org' },
    { link: 'https://git.example.org/redis/redis/actions/runs/1234567/job/62' },
  ],
  ['a workflow whose name is no line of text', { GITHUB_WORKFLOW: 'a\nb' }, { run: { job: 'test (arm64)' } }],
]

test.each(reports)('%s is reported', async (_, environment, expected) => {
  const made = (await runAction(environment)).file(file)
  expect(made).toMatchObject(expected)
  expect(Report.safeParse(made).error).toBeUndefined()
})

const mistakes: [string, Record<string, string | undefined>, string][] = [
  ['no project', { INPUT_PROJECT: '' }, 'Expected `project`.'],
  ['a project that is no id', { INPUT_PROJECT: '../redis' }, 'the name of its file'],
  ['a project with a command in it', { INPUT_PROJECT: 'redis\n::set-output name=sent::true' }, 'the name of its file'],
  ['an unknown level', { INPUT_LEVEL: 'works' }, 'expected one of available, builds, starts, tested'],
  ['an unknown execution', { INPUT_EXECUTION: 'qemu' }, 'expected one of native, emulated, cross'],
  ['an unknown outcome', { INPUT_OUTCOME: 'neutral' }, 'expected one of success'],
  ['an outcome of a step without an id', { INPUT_OUTCOME: '' }, 'Expected `outcome`.'],
  ['a version of two lines', { INPUT_VERSION: '8.2\n1' }, 'one line of at most 80 characters'],
  ['a version that turns text around', { INPUT_VERSION: '8\u202e2' }, 'one line of at most 80 characters'],
  ['a long version', { INPUT_VERSION: '8'.repeat(81) }, 'one line of at most 80 characters'],
  ['a link that runs', { INPUT_LINK: 'javascript:alert(1)' }, 'starts with `https://`'],
  ['counts that are no JSON', { INPUT_COUNTS: '412 passed' }, '{"passed":412'],
  ['counts below nothing', { INPUT_COUNTS: '{"passed":-1,"failed":0,"skipped":0}' }, '{"passed":412'],
  ['counts with more keys', { INPUT_COUNTS: '{"passed":1,"failed":0,"skipped":0,"__proto__":1}' }, '{"passed":412'],
  [
    'counts and files',
    { INPUT_COUNTS: '{"passed":1,"failed":0,"skipped":0}', 'INPUT_TEST-REPORT': '*.xml' },
    'not both',
  ],
  ['a pass without its test report', { 'INPUT_TEST-REPORT': 'junit.xml' }, 'There is no test report'],
  ['no job of GitHub', { GITHUB_RUN_ID: undefined }, 'this is no job of GitHub Actions'],
]

test.each(mistakes)('%s is told and not reported, and the job stays green', async (_, environment, expected) => {
  const reported = await runAction(environment)
  expect(reported.code).toBe(0)
  expect(reported.printed).toContain(expected)
  expect(reported.printed).toMatch(/^::warning title=Works on ARM::[^\n]*\n$/)
  expect(() => reported.file(file)).toThrow()
})

describe('a test report', () => {
  const junit = '<testsuite><testcase name="a"/><testcase name="b"><skipped/></testcase></testsuite>'
  const failed = '<testsuite><testcase name="a"><failure/></testcase></testsuite>'
  const ctrf = JSON.stringify({
    reportFormat: 'CTRF',
    results: { tests: [{ status: 'passed' }, { status: 'pending' }] },
  })

  test('is counted', async () => {
    const reported = await runAction({ 'INPUT_TEST-REPORT': 'junit.xml' }, { files: { 'junit.xml': junit } })
    expect(reported.file(file)).toMatchObject({ outcome: 'passed', counts: { passed: 1, failed: 0, skipped: 1 } })
  })

  test('may be several files, by pattern and by line, each counted once', async () => {
    const files = { 'a/TEST-1.xml': junit, 'a/TEST-2.xml': failed, 'ctrf.json': ctrf }
    const reported = await runAction({ 'INPUT_TEST-REPORT': 'a/*.xml\n\na/TEST-1.xml\nctrf.json' }, { files })
    expect(reported.file(file)).toMatchObject({ outcome: 'failed', counts: { passed: 2, failed: 1, skipped: 2 } })
  })

  test('may be missing where the tests failed or were not reached', async () => {
    for (const outcome of ['failure', 'skipped', 'cancelled']) {
      const made = (await runAction({ 'INPUT_TEST-REPORT': 'junit.xml', INPUT_OUTCOME: outcome })).file(file)
      expect(made).not.toHaveProperty('counts')
    }
  })

  test.each([
    ['cut off', '<testsuite><testcase name="a"/>'],
    ['of another kind', '{"tests":1}'],
    ['no text', Buffer.from([0xff, 0xfe, 0x3c, 0x00])],
    ['empty', ''],
  ])('that is %s is told', async (_, text) => {
    const reported = await runAction({ 'INPUT_TEST-REPORT': 'junit.xml' }, { files: { 'junit.xml': text } })
    expect(reported.printed).toContain('`junit.xml`')
    expect(() => reported.file(file)).toThrow()
  })
})

test('the words of the action are the words of the product', () => {
  expect(levels).toEqual(levelWords)
  expect(executions).toEqual(executionWords)
  expect([...new Set(outcomes.values())].sort()).toEqual([...outcomeWords].sort())
})

interface Metadata {
  inputs: Record<string, { description: string; default?: string; required?: boolean }>
  outputs: Record<string, { description: string }>
  runs: { using: string; main: string }
}

describe('the action', () => {
  const text = readFileSync(new URL('action.yml', action), 'utf8')
  const metadata = parse(text) as Metadata
  const modules = readdirSync(action).filter((name) => name.endsWith('.mjs'))
  const code = modules.map((name) => readFileSync(new URL(name, action), 'utf8')).join('\n')

  test('has the inputs that it reads, and reads those that it has', () => {
    const read = [...code.matchAll(/\b(?:input|required)\('([a-z-]+)'/g)].map(([, name]) => name)
    expect([...new Set(read)].sort()).toEqual(Object.keys(metadata.inputs).sort())
  })

  test('has the outputs that it sets', () => {
    const set = [...code.matchAll(/\boutput\('([a-z-]+)'/g)].map(([, name]) => name)
    expect([...new Set(set)].sort()).toEqual(Object.keys(metadata.outputs).sort())
  })

  test('has expressions in defaults alone: GitHub refuses them in descriptions', () => {
    const descriptions = [...Object.values(metadata.inputs), ...Object.values(metadata.outputs)].map(
      ({ description }) => description,
    )
    expect(descriptions.filter((description) => description.includes('${{'))).toEqual([])
  })

  test('brings nothing: it imports Node.js and itself', () => {
    const imported = [...code.matchAll(/\bfrom '([^']+)'/g)].map(([, from = '']) => from)
    expect(imported.filter((from) => !from.startsWith('node:') && !modules.includes(from.slice(2)))).toEqual([])
    expect(code).not.toMatch(/child_process|eval\(|new Function/)
  })

  test('is described, input by input', () => {
    const readme = readFileSync(new URL('README.md', action), 'utf8')
    const rows = [...readme.matchAll(/^\| `([a-z-]+)`/gm)].map(([, name]) => name)
    expect(rows).toEqual([...Object.keys(metadata.inputs), ...Object.keys(metadata.outputs)])
  })

  test('runs as a runner runs it', () => {
    const directory = folderOf({ outputs: '' })
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', fileURLToPath(new URL(metadata.runs.main, action))],
      {
        encoding: 'utf8',
        // The architecture is that of the machine, whichever it is.
        env: {
          ...jobEnvironment,
          RUNNER_ARCH: '',
          GITHUB_WORKSPACE: directory,
          GITHUB_OUTPUT: join(directory, 'outputs'),
        },
      },
    )
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^Written: redis on \w+, tested: passed\n$/)
    expect(Report.safeParse(JSON.parse(readFileSync(join(directory, file), 'utf8'))).error).toBeUndefined()
  })
})
