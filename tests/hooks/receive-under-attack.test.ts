/** A receiver in a process of its own, attacked in several ways at once, and asked by those who mean it meanwhile. */
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { JsonLinesStore } from '#store/jsonl-store.ts'
import { architecturesFile, folderOf } from '#tests/builders.ts'
import { jobBody, project, receive, registration } from './receive-child.ts'
import { signedByGithub } from './receive-started.ts'

const secret = 'a secret of sixteen characters or more'
const isLong = process.env.LONG !== undefined
const goodOnes = isLong ? 2000 : 50
/** Between two things that a stranger sends. More often, and he has as many cores as we have. */
const pauseMilliseconds = isLong ? 0 : 100

const head = [
  'POST /hooks/github HTTP/1.1',
  'Content-Type: application/json',
  `X-Hub-Signature-256: sha256=${'0'.repeat(64)}`,
  '',
].join('\r\n')
const megabyte = 1024 * 1024

/** How a stranger keeps a connection busy; called again when it is closed. */
const attacks: ((socket: Socket) => void)[] = [
  // Says nothing.
  () => undefined,
  // Headers without end.
  (socket) => {
    drip(socket, 'POST /reports HTTP/1.1\r\n', 'A: b\r\n')
  },
  // A body that is nearly there.
  (socket) => {
    socket.write(`${head}Content-Length: ${megabyte}\r\n\r\n${' '.repeat(megabyte - 1)}`)
  },
  // A body without end.
  (socket) => {
    drip(socket, `${head}Transfer-Encoding: chunked\r\n\r\n`, `10000\r\n${' '.repeat(0x10000)}\r\n`)
  },
  // Forged deliveries, one after the other.
  (socket) => {
    const forged = `${head}Content-Length: ${megabyte}\r\n\r\n${' '.repeat(megabyte)}`
    socket.write(forged)
    socket.on('data', () => setTimeout(() => socket.write(forged), pauseMilliseconds))
  },
  // Not HTTP at all.
  (socket) => {
    socket.write(Buffer.alloc(100_000, 0x16))
  },
]

function drip(socket: Socket, first: string, next: string): void {
  socket.write(first)
  const timer = setInterval(() => {
    if (socket.writableLength < megabyte) socket.write(next)
  }, 100)
  socket.on('close', () => {
    clearInterval(timer)
  })
}

/** As many connections of each kind as are asked for, until the test is over. */
function attack(port: number, ofEach: number): void {
  let isOver = false
  const sockets = new Set<Socket>()
  const start = (kind: (socket: Socket) => void) => {
    if (isOver) return
    const socket = connect(port, '127.0.0.1', () => {
      kind(socket)
    })
    sockets.add(socket)
    socket.on('error', () => undefined).resume()
    socket.on('close', () => {
      sockets.delete(socket)
      setTimeout(start, 20, kind)
    })
  }
  for (const kind of attacks) for (let count = 0; count < ofEach; count += 1) start(kind)
  onTestFinished(() => {
    isOver = true
    for (const socket of sockets) socket.destroy()
  })
}

function mostMemory(pid: number | undefined): string {
  return /VmHWM:\s+(.*)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1] ?? ''
}

test('who means it is answered while others attack, and nothing of theirs is kept', async () => {
  const directory = folderOf({
    'content/site.yml': 'title: Test\n',
    'content/architectures.yml': architecturesFile,
    'content/projects/redis.md': project('redis'),
    'content/sources/redis-arm64.yml': registration('redis', 'arm64'),
  })
  const receiving = await receive(directory, { GITHUB_WEBHOOK_SECRET: secret })
  attack(Number(new URL(receiving.origin).port), isLong ? 40 : 8)
  await sleep(500)
  const latencies: number[] = []
  let refused = 0
  for (let number = 0; number < goodOnes; number += 1) {
    const body = jobBody('redis', 'arm64', number)
    const headers = { 'content-type': 'application/json', ...signedByGithub(body, secret) }
    for (;;) {
      const startedAt = performance.now()
      const status = await fetch(`${receiving.origin}/hooks/github`, { method: 'POST', body, headers }).then(
        async (response) => {
          await response.arrayBuffer()
          return response.status
        },
        () => 0,
      )
      if (status === 202) {
        latencies.push(performance.now() - startedAt)
        break
      }
      // Cut off in favour of others, or asked to come again: then it does.
      expect([0, 503]).toContain(status)
      refused += 1
    }
  }
  const memory = mostMemory(receiving.process.pid)
  receiving.process.kill('SIGTERM')
  expect(await receiving.ended).toBe(0)
  expect(new JsonLinesStore(join(directory, 'content', 'evidence')).read()).toHaveLength(goodOnes)
  // The log does not grow with what strangers send.
  expect(receiving.told().log).toContain('"leftOut"')
  latencies.sort((a, b) => a - b)
  const at = (part: number) => `${(latencies[Math.floor((latencies.length - 1) * part)] ?? 0).toFixed(0)} ms`
  if (process.env.FIGURES) {
    console.log(
      `${goodOnes} good deliveries under attack: p50 ${at(0.5)}, p99 ${at(0.99)}, ${refused} sent again, at most ${memory} of memory`,
    )
  }
}, 1_800_000)
