/** `receive` as an operator runs it: a process of its own, which can be killed. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

export interface Receiving {
  process: ChildProcess
  origin: string
  /** What stood on standard output and standard error so far. */
  told: () => { answer: string; log: string }
  /** Waits for its end; code or signal. */
  ended: Promise<number | string>
}

/** Starts the command, and waits until it listens or has ended. It is gone when the test is. */
export async function receive(
  directory: string,
  environment: Record<string, string> = {},
  args: readonly string[] = ['--port', '0'],
): Promise<Receiving> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', main, 'receive', '--content', 'content', ...args],
    {
      cwd: directory,
      // Nothing of the machine's own settings: no tokens, no clock, no other folder.
      env: { PATH: process.env.PATH ?? '', TMPDIR: process.env.TMPDIR ?? '/tmp', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let answer = ''
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text
  })
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => (signal ?? code) as number | string)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const listening = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      answer += text
      if (answer.includes('\n')) resolve()
    })
  })
  await Promise.race([listening, ended])
  return { process: child, origin: answer.trim(), told: () => ({ answer, log }), ended }
}

export const project = (name: string) =>
  `---\nname: ${name}\nsummary: A project\nhomepage: https://example.org/\ncategories: [tests]\n---\n`

/** A registration of a job of `example/<project>`, by its architecture. */
export const registration = (project: string, architecture: string) =>
  [
    'provider: github-actions',
    `repository: example/${project}`,
    `job: test (${architecture})`,
    `project: ${project}`,
    `architecture: ${architecture}`,
    'level: tested',
    '',
  ].join('\n')

/** The webhook about a job of `example/<project>` that passed. */
export function jobBody(project: string, architecture: string, number: number): string {
  return JSON.stringify({
    action: 'completed',
    workflow_job: {
      id: 900_000 + number,
      run_id: 100_000 + Math.floor(number / 2),
      run_attempt: 1,
      workflow_name: 'CI',
      head_branch: 'main',
      head_sha: '3484a3fb816e0859fd6e1cea078d76385ff50625',
      html_url: `https://github.com/example/${project}/actions/runs/${100_000 + Math.floor(number / 2)}/job/${900_000 + number}`,
      status: 'completed',
      conclusion: number % 9 === 0 ? 'failure' : 'success',
      completed_at: new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString().replace('.000', ''),
      name: `test (${architecture})`,
      steps: [
        { name: 'Set up job', status: 'completed', conclusion: 'success', number: 1 },
        { name: 'Test', status: 'completed', conclusion: number % 9 === 0 ? 'failure' : 'success', number: 2 },
      ],
      labels: [architecture === 'arm64' ? 'ubuntu-24.04-arm' : 'ubuntu-24.04'],
      runner_id: 5,
      runner_group_name: 'GitHub Actions',
    },
    repository: { id: 1, full_name: `example/${project}`, default_branch: 'main' },
  })
}
