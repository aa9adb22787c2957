/** A job of GitHub Actions that reports, and the two servers that it speaks to, on this machine. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { report } from '../../report/report.mjs'
import type { Machine, World } from '../../report/world.d.ts'
import { folderOf } from '#tests/builders.ts'

export const armMachine: Machine = { uname: 'aarch64', node: 'arm64', endianness: 'LE' }
export const requestToken = 'a-right-to-ask-for-a-token'
export const idToken = 'header.a-token-that-nobody-may-see.signature'

/** What GitHub sets for a step of a job on an Arm runner, and the least that the action is told. */
export const jobEnvironment: Readonly<Record<string, string>> = {
  GITHUB_EVENT_NAME: 'push',
  GITHUB_REPOSITORY: 'redis/redis',
  GITHUB_REPOSITORY_ID: '156018',
  GITHUB_RUN_ID: '1234567',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_WORKFLOW: 'CI',
  GITHUB_JOB: 'test',
  GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
  GITHUB_SERVER_URL: 'https://github.com',
  RUNNER_ARCH: 'ARM64',
  RUNNER_OS: 'Linux',
  INPUT_PROJECT: 'redis',
  INPUT_LEVEL: 'tested',
  INPUT_OUTCOME: 'success',
  'INPUT_JOB-ID': '62',
}

export interface Reported {
  code: number
  printed: string
  outputs: string
  /** How long it paused, each time. */
  pauses: number[]
  file(name: string): unknown
}

/** Runs the action, without waiting for its pauses. */
export async function runAction(
  environment: Record<string, string | undefined> = {},
  { files = {}, ...changes }: Partial<World> & { files?: Record<string, string | Uint8Array> } = {},
): Promise<Reported> {
  const directory = folderOf({ ...files, outputs: '' })
  const pauses: number[] = []
  let printed = ''
  const code = await report({
    environment: { ...jobEnvironment, GITHUB_OUTPUT: join(directory, 'outputs'), ...environment },
    machine: armMachine,
    directory,
    now: () => Date.parse('2026-11-21T12:00:00.750Z'),
    sleep: async (milliseconds) => {
      pauses.push(milliseconds)
      await Promise.resolve()
    },
    patience: 10_000,
    print: (text) => {
      printed += text
    },
    ...changes,
  })
  const read = (name: string) => readFileSync(join(directory, name), 'utf8')
  return { code, printed, outputs: read('outputs'), pauses, file: (name) => JSON.parse(read(name)) as unknown }
}

export interface Seen {
  method: string
  url: string
  authorization: string | undefined
  contentType: string | undefined
  body: string
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void

export function answering(status: number, body = '', headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, headers)
    response.end(body)
  }
}

/** Answers with one after the other, and then always with the last one. */
export async function serverOf(...answers: readonly Answer[]): Promise<{ origin: string; seen: Seen[] }> {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      const { authorization, 'content-type': contentType } = request.headers
      seen.push({ method: request.method ?? '', url: request.url ?? '', authorization, contentType, body })
      const answer = answers[Math.min(seen.length, answers.length) - 1] ?? answering(500)
      answer(response, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

/** GitHub's token service: an address with a query of its own, and a token in JSON. */
export async function tokenService(...answers: readonly Answer[]) {
  const service = await serverOf(
    ...(answers.length > 0 ? answers : [answering(200, JSON.stringify({ value: idToken }))]),
  )
  return {
    ...service,
    environment: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${service.origin}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    },
  }
}
