import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { folderOf, projectFile, run as runCommand } from '#tests/builders.ts'
import {
  github,
  gitlab,
  gitlabJob,
  job,
  jobsPath,
  pipeline,
  pipelineId,
  projectId,
  projectName,
  repositoryId,
  repositoryName,
  run,
  runId,
  runsPath,
} from './pull-recordings.ts'
import { json, replayOf, type Answer } from './pull-replay.ts'

const githubSource = (changes: Record<string, string> = {}) =>
  fileOf({
    provider: 'github-actions',
    repository: repositoryName,
    repositoryId: `'${repositoryId}'`,
    job: 'my dummy job',
    project: 'redis',
    architecture: 'amd64',
    level: 'tested',
    ...changes,
  })
const gitlabSource = githubSource({
  provider: 'gitlab',
  repository: projectName,
  repositoryId: `'${projectId}'`,
  job: 'probe-fail',
  project: 'valkey',
  architecture: 'arm64',
})

function fileOf(keys: Record<string, string>): string {
  return Object.entries(keys)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('')
}

function siteFolder(files: Record<string, string> = {}): string {
  return folderOf({
    'content/site.yml': 'title: Test\n',
    'content/architectures.yml': 'amd64: {name: x86 64-bit, control: true}\narm64: {name: Arm 64-bit}\n',
    'content/projects/redis.md': projectFile(),
    'content/projects/valkey.md': projectFile({ name: 'Valkey' }),
    'content/sources/redis-amd64.yml': githubSource(),
    'content/sources/valkey-arm64.yml': gitlabSource,
    ...files,
  })
}

const updated = pipeline({ updated_at: '2026-09-30T17:54:59.819Z' })
const answers = (): Record<string, Answer> => ({
  ...github([run()], { [`${runId}/1`]: [job()] }),
  ...gitlab([updated], { [pipelineId]: [gitlabJob({ pipeline: updated })] }),
})

async function pull(folder: string, origin: string, args: readonly string[] = [], token?: string) {
  const environment = {
    GITHUB_API_URL: origin,
    GITLAB_API_URL: origin,
    ...(token === undefined ? {} : { GITHUB_TOKEN: token, GITLAB_TOKEN: token }),
  }
  const { code, answer, told } = await runCommand(['pull', '--since', '2022-01-01', '--json', ...args], {
    directory: folder,
    home: folder,
    environment,
  })
  // What `--json` prints, or nothing where the command could not run.
  return {
    code,
    told,
    text: answer,
    answer: (answer === '' ? undefined : JSON.parse(answer)) as Record<string, unknown> | undefined,
  }
}

function evidenceOf(folder: string): Record<string, string> {
  const path = join(folder, 'content/evidence')
  if (!existsSync(path)) return {}
  return Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name), 'utf8')]))
}

test('what is new is recorded; the second time nothing is, and less is asked', async () => {
  const { origin } = await replayOf(answers())
  const folder = siteFolder()
  const first = await pull(folder, origin)
  expect(first.code).toBe(0)
  expect(first.answer).toEqual({
    read: 2,
    added: 2,
    duplicates: 0,
    ignored: 0,
    problems: [],
    transitions: [
      {
        project: 'redis',
        architecture: 'amd64',
        from: { support: 'unknown', basis: 'none' },
        // The recorded run is four years old.
        to: { support: 'works', basis: 'stale' },
      },
    ],
    sources: [
      { source: 'redis-amd64', runs: 1, attempts: 1, jobs: 1, calls: 3 },
      { source: 'valkey-arm64', runs: 1, attempts: 1, jobs: 1, calls: 4 },
    ],
    calls: 7,
    unfinished: 0,
  })
  const before = evidenceOf(folder)
  expect(Object.keys(before)).toEqual(['redis.jsonl', 'valkey.jsonl'])
  expect(before['redis.jsonl']).toContain('"provenance":{"how":"pulled","by":"redis-amd64"}')

  const second = await pull(folder, origin)
  expect(second.answer).toMatchObject({ read: 0, added: 0, duplicates: 0, transitions: [], calls: 5 })
  const again = await pull(folder, origin, ['--again'])
  expect(again.answer).toMatchObject({ read: 2, added: 0, duplicates: 2, transitions: [], calls: 7 })
  expect(evidenceOf(folder)).toEqual(before)
})

test('one source is read alone, and nothing is written to look first', async () => {
  const replay = await replayOf(answers())
  const folder = siteFolder()
  const { answer } = await pull(folder, replay.origin, ['--source', 'redis-amd64', '--dry-run'])
  expect(answer).toMatchObject({ added: 1, sources: [{ source: 'redis-amd64' }] })
  expect(replay.asked.every(({ path }) => path.startsWith('/repos/'))).toBe(true)
  expect(evidenceOf(folder)).toEqual({})
})

test('what was read before a limit is recorded, and the rest the next time', async () => {
  const limited = json({}, 429, { 'retry-after': '3600' })
  const served = { ...github([run({ id: 22 }), run({ id: 21 })], { '22/1': [job({ id: 1, run_id: 22 })] }) }
  const last = github([run({ id: 21 })], { '21/1': [job({ id: 2, run_id: 21 })] })[jobsPath('21/1')] ?? limited
  const { origin } = await replayOf({ ...served, [jobsPath('21/1')]: [limited, last] })
  const folder = siteFolder()
  const only = ['--source', 'redis-amd64']
  const first = await pull(folder, origin, only)
  expect(first.code).toBe(1)
  expect(first.answer).toMatchObject({ added: 1, problems: [{ code: 'rate-limited' }] })
  const second = await pull(folder, origin, only)
  expect(second.answer).toMatchObject({ added: 1, problems: [], sources: [{ runs: 2, attempts: 1 }] })
})

test('a problem names the file of the registration as it is seen from here', async () => {
  const { origin } = await replayOf(answers())
  const folder = siteFolder({ 'content/sources/gone.yml': githubSource({ repository: 'a/b', repositoryId: "'5'" }) })
  const { code, answer } = await pull(folder, origin)
  expect(code).toBe(1)
  expect(answer).toMatchObject({
    added: 2,
    problems: [{ code: 'repository-missing', place: { file: 'content/sources/gone.yml', line: 1, column: 1 } }],
  })
})

test('too many changes at once are written only where somebody says so', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `p${index}`)
  const jobs = names.map((name, index) => job({ id: 100 + index, name, completed_at: '2026-11-01T10:00:00Z' }))
  const { origin } = await replayOf(github([run()], { [`${runId}/1`]: jobs }))
  const folder = folderOf({
    'content/site.yml': 'title: Test\n',
    'content/architectures.yml': 'amd64: {name: x86 64-bit}\n',
    ...Object.fromEntries(names.map((name) => [`content/projects/${name}.md`, projectFile({ name })])),
    ...Object.fromEntries(
      names.map((name) => [`content/sources/${name}.yml`, githubSource({ job: name, project: name })]),
    ),
  })
  const refused = await pull(folder, origin)
  expect(refused).toMatchObject({ code: 1, answer: { added: 0, problems: [{ code: 'mass-change' }] } })
  expect(evidenceOf(folder)).toEqual({})
  expect((await pull(folder, origin, ['--allow-mass-change'])).answer).toMatchObject({ added: 30 })
})

test('without a token it says what that means, and a token is nowhere to be seen', async () => {
  const { origin, asked } = await replayOf(answers())
  const without = await pull(siteFolder(), origin)
  expect(without.told).toMatch(/^Without GITHUB_TOKEN, .* 60 calls an hour\.\nWithout GITLAB_TOKEN, .*\n$/)
  expect(asked.every(({ authorization }) => authorization === undefined)).toBe(true)
  const folder = siteFolder()
  const token = 'glpat-0123456789abcdef'
  const { told, text } = await pull(folder, origin, [], token)
  expect(told).toBe('')
  expect(text + JSON.stringify(evidenceOf(folder))).not.toContain(token)
})

test('progress is for a terminal alone', async () => {
  const { origin } = await replayOf(answers())
  const folder = siteFolder()
  const environment = { GITHUB_API_URL: origin, GITLAB_API_URL: origin, GITHUB_TOKEN: 'a', GITLAB_TOKEN: 'b' }
  const ask = (isTerminal: boolean) =>
    runCommand(['pull', '--since', '2022-01-01', '--dry-run'], {
      directory: folder,
      home: folder,
      environment,
      isTerminal,
    })
  const terminal = await ask(true)
  expect(terminal.told).toContain(`\r${repositoryName}: run 1 of 1`)
  const pipe = await ask(false)
  expect(pipe.told).toBe('')
  expect(pipe.answer).toContain('redis-amd64: 1 run, 1 attempt read, 1 job, 3 calls.\n')
  expect(pipe.answer).toContain('2 results read: 2 would be added, 0 known already, 0 ignored, 0 problems.\n')
})

test.each([
  [['--source', 'redis'], 'Unexpected source `redis`, expected one of `redis-amd64`, `valkey-arm64`.'],
  [['--since', 'yesterday'], 'Unexpected day `yesterday`'],
  [['--since', '2026-02-30'], 'Unexpected day `2026-02-30`'],
  [['--overlap', '0'], 'Unexpected overlap `0`'],
  [['--overlap', '401'], 'Unexpected overlap `401`'],
  [['--overlap', '3', '--since', '2026-01-01'], 'not both'],
  [['redis'], 'Unexpected argument'],
])('%j cannot run', async (args, message) => {
  const folder = siteFolder()
  const { code, told } = await runCommand(['pull', ...args], { directory: folder, home: folder })
  expect(code).toBe(2)
  expect(told).toContain(message)
})

test('a registration of a system that is not read cannot be asked for', async () => {
  const jenkins = { 'content/sources/ci.yml': githubSource({ provider: 'jenkins', link: 'https://ci.example.org/' }) }
  const folder = siteFolder(jenkins)
  const { code, told } = await runCommand(['pull', '--source', 'ci'], { directory: folder, home: folder })
  expect({ code, told }).toEqual({
    code: 2,
    told: 'Unexpected source `ci` of `jenkins`, expected one of `github-actions` or `gitlab`: others are not read, they send.\n',
  })
})

test('an address without TLS, and a token that is none, cannot run', async () => {
  const folder = siteFolder()
  const ask = (environment: Record<string, string>) =>
    runCommand(['pull'], { directory: folder, home: folder, environment })
  expect(await ask({ GITHUB_API_URL: 'http://example.org' })).toMatchObject({ code: 2 })
  const { code, told } = await ask({ GITHUB_TOKEN: 'not one' })
  expect(code).toBe(2)
  expect(told).not.toContain('not one')
})

test('the time that is looked at ends now, and begins 35 days ago', async () => {
  const replay = await replayOf(github([], {}))
  const folder = siteFolder()
  await runCommand(['pull', '--source', 'redis-amd64'], {
    directory: folder,
    home: folder,
    environment: { GITHUB_API_URL: replay.origin },
  })
  const listed = replay.asked.find(({ path }) => path === runsPath)
  expect(listed?.query.get('created')).toBe('2026-10-17T12:00:00Z..2026-11-21T12:00:00Z')
})

test('whoever interrupts it leaves the store as it was, and at once', async () => {
  let askedForJobs: () => void = () => undefined
  const reached = new Promise<void>((resolve) => {
    askedForJobs = resolve
  })
  const { origin } = await replayOf({
    ...answers(),
    ...github([run({ id: 22 }), run({ id: 21 })], { '22/1': [job({ id: 1, run_id: 22 })] }),
    [jobsPath('21/1')]: () => {
      askedForJobs()
    },
  })
  const folder = siteFolder()
  const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, 'pull', '--since', '2022-01-01', '--content', join(folder, 'content')], {
    env: { ...process.env, GITHUB_API_URL: origin, GITLAB_API_URL: origin },
    stdio: 'ignore',
  })
  await reached
  child.kill('SIGINT')
  await once(child, 'exit')
  expect(child.signalCode).toBe('SIGINT')
  expect(evidenceOf(folder)).toEqual({})
})
