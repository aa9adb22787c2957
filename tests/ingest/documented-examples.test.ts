/** Holds `docs/evidence.md` to what the product does: what is documented is run as it is written. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Source } from '#domain/source.ts'
import type { Adapter } from '#ingest/adapter.ts'
import { buildkite } from '#ingest/buildkite.ts'
import { circleci } from '#ingest/circleci.ts'
import { concourse } from '#ingest/concourse.ts'
import { parseDocument } from '#ingest/document.ts'
import { githubJobs } from '#ingest/github-jobs.ts'
import { gitlabJobs } from '#ingest/gitlab-jobs.ts'
import { jenkins } from '#ingest/jenkins.ts'
import { Report } from '#ingest/report.ts'
import { travis } from '#ingest/travis.ts'
import { folderOf, projectFile, run } from '#tests/builders.ts'

const page = readFileSync(new URL('../../docs/evidence.md', import.meta.url), 'utf8')
const payloads = new URL('../fixtures/ingest/', import.meta.url)

/** Which payload stands for the document that the commands of a section get. */
const payloadOfSection = new Map([
  ['GitHub Actions: jobs of a run', 'github-jobs/rest-list.json'],
  ['GitHub webhooks', 'github-workflow-job/completed-success.json'],
  ['GitLab: jobs of a pipeline', 'gitlab-jobs/rest-list-failed.json'],
  ['GitLab webhooks', 'gitlab-job-hook/success-with-failure-reason.json'],
  ['Jenkins', 'jenkins/build-success-parameters.json'],
  ['Buildkite', 'buildkite/rest-build.json'],
  ['CircleCI', 'handmade/circleci/api-v2-job-arm.json'],
  ['Concourse', 'concourse/builds-list.json'],
  ['Travis CI', 'handmade/travis/webhook-errored-arches.json'],
  ['JUnit XML', 'junit/pytest.xml'],
  ['CTRF', 'ctrf/playwright.json'],
  ['TAP', 'tap/node-test.tap'],
  ['OCI image index', 'oci-index/index-arm-v6-v7.json'],
])

const command = 'npm run --silent cli -- '
const architectures = ['amd64', 'arm64', 'armv7', 'armv6', 'ppc64le']
  .map((id) => `${id}:\n  name: Test ${id}\n${id === 'amd64' ? '  control: true\n' : ''}`)
  .join('')

function siteWith(files: Record<string, string | Uint8Array>): string {
  return folderOf({
    'content/site.yml': 'title: Test\n',
    'content/architectures.yml': architectures,
    'content/projects/example.md': projectFile({ name: 'Example' }),
    ...files,
  })
}

interface Section {
  title: string
  text: string
}

/** The sections of a level of headings. A `#` within a fence is a comment there. */
function sectionsOf(text: string, heading: '##' | '###'): Section[] {
  const sections: Section[] = []
  let isFenced = false
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) isFenced = !isFenced
    if (!isFenced && line.startsWith(`${heading} `)) sections.push({ title: line.slice(heading.length + 1), text: '' })
    else {
      const section = sections.at(-1)
      if (section) section.text += `${line}\n`
    }
  }
  return sections
}

function sectionOf(title: string): string {
  return sectionsOf(page, '##').find((section) => section.title === title)?.text ?? ''
}

function fencesOf(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, inside = '']) => inside)
}

/** The arguments of the commands of a text that call the product. */
function commandsOf(text: string): string[][] {
  return fencesOf(text, 'sh')
    .flatMap((inside) => inside.split('\n'))
    .filter((line) => line.startsWith(command))
    .map((line) => argumentsOf(line.slice(command.length)))
}

/** As a shell reads them, as far as the page goes: quotes and comments. */
function argumentsOf(line: string): string[] {
  return [...line.replace(/ # .*$/, '').matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}

/** The first line of an example of a registration says in which file it stands. */
function registrationOf(text: string): { id: string; path: string; text: string } {
  const [registration = '', ...more] = fencesOf(text, 'yaml')
  const [, path = '', id = ''] = /^# (content\/sources\/([a-z0-9-]+)\.yml)\n/.exec(registration) ?? []
  expect(more).toEqual([])
  expect(path).not.toBe('')
  return { id, path, text: registration }
}

function evidenceOf(directory: string): string {
  const path = join(directory, 'content/evidence/example.jsonl')
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

async function ingest(directory: string, [name = '', ...args]: readonly string[]) {
  const { code, answer } = await run([name, ...args, '--json', '--content', 'content'], { directory })
  return { code, ...(JSON.parse(answer) as { added: number; problems: { severity: string }[] }) }
}

describe('a section about a format', () => {
  const sections = sectionsOf(sectionOf('Each format'), '###')

  test('stands in the table of this test, and nothing else does', () => {
    expect(sections.map(({ title }) => title)).toEqual([...payloadOfSection.keys()])
  })

  test.each(sections)('works as it is written: $title', async ({ title, text }) => {
    const payload = readFileSync(new URL(payloadOfSection.get(title) ?? title, payloads))
    const registration = registrationOf(text)
    const commands = commandsOf(text)
    expect(commands.length).toBeGreaterThan(0)
    for (const args of commands) {
      const file = args.at(-1) ?? ''
      const directory = siteWith({ [registration.path]: registration.text, [file]: payload })
      const result = await ingest(directory, args)
      expect(result).toMatchObject({ code: 0 })
      expect(result.added).toBeGreaterThan(0)
      // An operator's `--project` needs no registration; everything else comes through the one that is shown.
      const isRegistered = evidenceOf(directory).includes(`"by":"${registration.id}"`)
      expect(isRegistered).toBe(!args.includes('--project'))
      // The line before got the file that this one reads.
      const [before = ''] = fencesOf(text, 'sh').join('').split(command)
      expect(before).toContain(file)
    }
  })
})

describe('the report', () => {
  const text = sectionOf('The simplest way: a report')
  const [report = ''] = fencesOf(text, 'json')

  test('is added as it is written', async () => {
    const [args = []] = commandsOf(text)
    const directory = siteWith({ [args.at(-1) ?? '']: report })
    expect(await ingest(directory, args)).toMatchObject({ code: 0, added: 1, problems: [] })
  })

  test('is added as JSON Lines too', async () => {
    const value = JSON.parse(report) as Record<string, unknown>
    const lines = [value, { ...value, architecture: 'amd64' }].map((one) => JSON.stringify(one))
    const directory = siteWith({ 'reports.jsonl': lines.join('\n') })
    expect(await ingest(directory, ['ingest', 'reports.jsonl'])).toMatchObject({ code: 0, added: 2 })
  })

  test('requires the fields that the page names', () => {
    const [, named = ''] = /^Required: (.*?)\. /m.exec(text) ?? []
    const required = Object.entries(Report.shape).flatMap(([key, { type }]) => (type === 'optional' ? [] : [key]))
    expect(wordsIn(named)).toEqual(required)
  })
})

describe('a registration', () => {
  const text = sectionOf('Registrations')

  test('has no problems as it is written', async () => {
    const registration = registrationOf(text)
    const directory = siteWith({ [registration.path]: registration.text })
    const { answer } = await run(['check', '--format', 'json', '--content', 'content'], { directory })
    const problems = JSON.parse(answer) as { place: { file: string } }[]
    expect(problems.filter(({ place }) => place.file.includes('sources/'))).toEqual([])
  })

  test('has the fields of the table', () => {
    const rows = rowsOf(text).map(([field = '', required]) => [wordsIn(field)[0], required])
    const fields = Object.entries(Source.shape).map(([key, schema]) => [
      key,
      schema.safeParse(undefined).success ? 'no' : 'yes',
    ])
    expect(rows).toEqual(fields)
  })
})

describe('a command about what became of it', () => {
  const commands = commandsOf(sectionOf('What became of it'))

  test.each(commands.map((args) => ({ command: args.join(' '), args })))('runs: $command', async ({ args }) => {
    const [report = ''] = fencesOf(sectionOf('The simplest way: a report'), 'json')
    const directory = siteWith({ 'report.json': report })
    await ingest(directory, ['ingest', 'report.json'])
    const [, id = ''] = /"id":"([0-9a-f]{8})/.exec(evidenceOf(directory)) ?? []
    const real = args.map((arg) => (arg === '1a2b3c4d' ? id : arg))
    expect(await run([...real, '--content', 'content'], { directory })).toMatchObject({ code: 0 })
  })
})

interface System {
  adapter: Adapter
  /** The smallest document in which a job ended with a word; `detail` is what may stand after a colon. */
  document: (word: string, detail: string | undefined) => unknown
}

const systems = new Map<string, System>([
  [
    'GitHub',
    {
      adapter: githubJobs,
      document: (word) => {
        const isStatus = ['queued', 'in_progress', 'waiting', 'requested', 'pending'].includes(word)
        const end = isStatus ? { status: word, conclusion: null } : { status: 'completed', conclusion: word }
        return { id: 1, run_id: 1, name: 'test', runner_id: 1, labels: ['x'], steps: [{ name: 'Test' }], ...end }
      },
    },
  ],
  [
    'GitLab',
    {
      adapter: gitlabJobs,
      document: (status, detail) => {
        const runner = { id: 1, tags: [] }
        return { id: 1, name: 'test', stage: 'test', status, failure_reason: detail, pipeline: { id: 1 }, runner }
      },
    },
  ],
  [
    'Jenkins',
    {
      adapter: jenkins,
      document: (word) => {
        const result = word === 'null' ? null : word
        return { number: 1, result, timestamp: 1_700_000_000_000, url: 'https://ci.example.org/job/test/1/' }
      },
    },
  ],
  [
    'Buildkite',
    {
      adapter: buildkite,
      document: (state, detail) => {
        const exit = detail === undefined ? {} : { exit_status: Number(detail) }
        const job = { id: 'a', type: 'script', name: 'test', state, agent: { id: 'b' }, ...exit }
        return { number: 1, state: 'passed', pipeline: { slug: 'p' }, jobs: [job] }
      },
    },
  ],
  [
    'CircleCI',
    {
      adapter: circleci,
      document: (status) => ({ job_number: 1, name: 'test', project_slug: 'gh/a/b', status }),
    },
  ],
  [
    'Concourse',
    {
      adapter: concourse,
      document: (status) => {
        return { id: 1, team_name: 't', pipeline_name: 'p', job_name: 'j', api_url: '/api/v1/builds/1', status }
      },
    },
  ],
  [
    'Travis CI',
    {
      adapter: travis,
      document: (state) => {
        const build = { id: 1, event_type: 'push' }
        return { '@type': 'job', '@href': '/job/1', id: 1, state, build, repository: { slug: 'a/b' } }
      },
    },
  ],
])

describe('the table of outcome words', () => {
  const rows = rowsOf(sectionOf('Outcome words')).map(([system = '', words = '', ours = '']) => ({
    system,
    words: wordsIn(words),
    ours: ours.replaceAll('`', ''),
  }))
  const cases = rows.flatMap(({ system, words, ours }) => words.map((word) => ({ system, word, ours })))

  test('is about every system with words of its own', () => {
    expect([...new Set(rows.map(({ system }) => system))]).toEqual([...systems.keys()])
  })

  test.each(cases)('is what the adapter does: $system $word', ({ system, word, ours }) => {
    expect(oursOf(system, word)).toBe(ours)
  })

  test.each([...systems.keys()])('leaves out no word that %s has', (system) => {
    const documented = cases.filter((one) => one.system === system).map(({ word }) => word.replace(/:.*/, ''))
    const known = systems.get(system)?.adapter.adapt(documentOf(system, 'no such word')).problems[0]
    expect(known?.code).toBe('unknown-outcome')
    const words = (known?.expected ?? '').split(', ')
    expect(words.length).toBeGreaterThan(3)
    expect(words.filter((word) => !documented.includes(word))).toEqual([])
  })
})

function documentOf(system: string, words: string) {
  const [word = '', detail] = words.split(': ')
  return parseDocument(JSON.stringify(systems.get(system)?.document(word, detail) ?? null))
}

/** `infra (timeout)`, `ignored`, or the code of the problem. */
function oursOf(system: string, words: string): string {
  const adapted = systems.get(system)?.adapter.adapt(documentOf(system, words))
  const result = adapted?.results[0]
  if (result) return result.reason === undefined ? result.outcome : `${result.outcome} (${result.reason})`
  return adapted?.problems[0]?.code ?? (adapted?.ignored === 1 ? 'ignored' : 'nothing')
}

/** The rows of a table, without its head. */
function rowsOf(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter(([cell = '']) => !/^-+$/.test(cell))
}

/** What stands between backticks. */
function wordsIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word)
}
