/** Deliveries at the same time, while the receiver is killed again and again: what it has answered for is kept. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { isRun } from '#domain/evidence.ts'
import { parseRecord } from '#domain/evidence-text.ts'
import { architecturesFile, folderOf } from '#tests/builders.ts'
import { jobBody, project, receive, registration, type Receiving } from './receive-child.ts'
import { signedByGithub } from './receive-started.ts'

const deliveries = process.env.LONG ? 20_000 : 2000
const atATime = 50
const kills = 5

const projects = ['redis', 'nginx', 'jq', 'zlib']
const architectures = ['amd64', 'arm64']
const secret = 'a secret of sixteen characters or more'

function site(): string {
  const files: Record<string, string> = {
    'content/site.yml': 'title: Test\n',
    'content/architectures.yml': architecturesFile,
  }
  for (const name of projects) {
    files[`content/projects/${name}.md`] = project(name)
    for (const arch of architectures) files[`content/sources/${name}-${arch}.yml`] = registration(name, arch)
  }
  return folderOf(files)
}

/** Every line of the evidence is a record; its job ids, as often as they stand there. */
function jobsIn(directory: string): string[] {
  const folder = join(directory, 'content', 'evidence')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean))
    .map((line) => {
      const { record } = parseRecord(line)
      if (!record || !isRun(record)) throw new Error(`no record: ${line}`)
      return record.run.jobId ?? ''
    })
}

test(`${deliveries} deliveries, ${atATime} at a time, and ${kills} kills: every answer is true, every record is there once`, async () => {
  const directory = site()
  const environment = { GITHUB_WEBHOOK_SECRET: secret }
  let current: Receiving = await receive(directory, environment)
  const { origin } = current
  const port = new URL(origin).port

  const acknowledged = new Set<string>()
  const latencies: number[] = []
  let repeated = 0
  let next = 0
  const deliver = async (number: number) => {
    const body = jobBody(projects[number % 4] ?? '', architectures[number % 2] ?? '', number)
    const headers = { 'content-type': 'application/json', ...signedByGithub(body, secret) }
    for (;;) {
      const startedAt = performance.now()
      try {
        const response = await fetch(`${origin}/hooks/github`, { method: 'POST', body, headers })
        await response.arrayBuffer()
        if (response.status === 202) {
          latencies.push(performance.now() - startedAt)
          acknowledged.add(String(900_000 + number))
          return
        }
        expect(response.status).toBe(503)
      } catch (error) {
        // It was killed, or is not back yet: whoever sent this one sends it again.
        if (!(error instanceof TypeError)) throw error
      }
      repeated += 1
      await sleep(20)
    }
  }
  const sender = async () => {
    while (next < deliveries) {
      next += 1
      await deliver(next - 1)
    }
  }
  let down = 0
  const killer = async () => {
    for (let kill = 1; kill <= kills; kill += 1) {
      while (acknowledged.size < (deliveries * kill) / (kills + 1)) await sleep(1)
      const before = new Set(acknowledged)
      const killedAt = performance.now()
      current.process.kill('SIGKILL')
      expect(await current.ended).toBe('SIGKILL')
      // Nobody writes now: what was answered for must be on the disk already.
      const kept = new Set(jobsIn(directory))
      expect([...before].filter((id) => !kept.has(id))).toEqual([])
      current = await receive(directory, environment, ['--port', port])
      expect(current.origin).toBe(origin)
      down += performance.now() - killedAt
    }
  }
  const startedAt = performance.now()
  await Promise.all([killer(), ...Array.from({ length: atATime }, sender)])
  const took = performance.now() - startedAt

  current.process.kill('SIGTERM')
  expect(await current.ended).toBe(0)
  const kept = jobsIn(directory)
  expect(acknowledged.size).toBe(deliveries)
  expect(kept).toHaveLength(deliveries)
  expect(new Set(kept)).toEqual(acknowledged)
  expect(repeated).toBeGreaterThan(0)
  if (process.env.FIGURES) console.log(figures(latencies, took, took - down, repeated))
}, 1_800_000)

function figures(latencies: number[], took: number, up: number, repeated: number): string {
  const sorted = latencies.sort((a, b) => a - b)
  const at = (part: number) => `${(sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(0)} ms`
  return [
    `${deliveries} deliveries in ${(took / 1000).toFixed(1)} s, ${(up / 1000).toFixed(1)} s of them in service:`,
    `${((deliveries / up) * 1000).toFixed(0)} deliveries/s, p50 ${at(0.5)}, p99 ${at(0.99)}, slowest ${at(1)}, ${repeated} sent again`,
  ].join(' ')
}
