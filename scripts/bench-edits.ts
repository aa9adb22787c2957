/**
 * How long an edit takes to be on the screen of somebody who has the development server open: from the write of a file, over the word to
 * browsers that they are to load their page again, to the end of the page that has the edit in it. The content folder is edited; make a copy.
 *
 *   node scripts/bench-edits.ts CONTENT [--edits N] [--file FILE --page PATH]
 *
 * Without a word to browsers it asks for the page until the edit is in it, ten seconds at most.
 */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const home = resolve(import.meta.dirname, '..')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    edits: { type: 'string', default: '9' },
    file: { type: 'string' },
    page: { type: 'string' },
  },
})
const content = resolve(positionals[0] ?? join(home, 'content'))
const name =
  readdirSync(join(content, 'projects'))
    .filter((name) => name.endsWith('.md'))
    .sort()[7] ?? ''
const file = join(content, values.file ?? `projects/${name}`)
const port = await freePort()
const address = `http://127.0.0.1:${port}`
const page = `${address}${values.page ?? `/projects/${name.replace(/\.md$/, '')}/`}`

const server = spawn(
  process.execPath,
  ['node_modules/astro/bin/astro.mjs', 'dev', '--host', '127.0.0.1', '--port', String(port)],
  {
    cwd: home,
    env: { AS_OF: '2026-11-21', ...process.env, CONTENT_DIR: content, ASTRO_TELEMETRY_DISABLED: '1' },
    stdio: 'ignore',
  },
)
const original = readFileSync(file, 'utf8')
try {
  const started = performance.now()
  await textOfPage()
  console.log(`first page ${seconds(performance.now() - started)} s after the start`)
  const told = await reloads()
  const times: number[] = []
  for (let edit = 1; edit <= Number(values.edits); edit += 1) {
    const mark = `edit${edit}of${process.pid}`
    const edited = original.replace(/^(?:summary|title): "?/m, (start) => `${start}${mark} `)
    if (edited === original) throw new Error('The file has no line to edit.')
    await sleep(500)
    const isTold = told()
    const before = performance.now()
    writeFileSync(file, edited)
    await Promise.race([isTold, sleep(300)])
    const toldAfter = performance.now() - before
    while (!(await textOfPage()).includes(mark)) {
      if (performance.now() - before > 10_000) throw new Error('The edit is not on the page after ten seconds.')
      await sleep(20)
    }
    const time = performance.now() - before
    times.push(time)
    console.log(`told after ${seconds(toldAfter)} s, shown after ${seconds(time)} s`)
  }
  times.sort((a, b) => a - b)
  const [least = 0, most = 0, median = 0] = [times[0], times.at(-1), times[Math.floor(times.length / 2)]]
  console.log(
    `median ${seconds(median)} s of ${times.length} (${seconds(least)} to ${seconds(most)}), load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
  )
} finally {
  writeFileSync(file, original)
  server.kill()
}

async function textOfPage(): Promise<string> {
  for (let left = 600; ; left -= 1) {
    try {
      return await (await fetch(page)).text()
    } catch (error) {
      if (left === 0) throw error
      await sleep(100)
    }
  }
}

/** Listens as a page of Vite does. Each call waits for the next word to load the page again. */
async function reloads(): Promise<() => Promise<void>> {
  const client = await (await fetch(`${address}/@vite/client`)).text()
  const token = /wsToken = "([^"]+)"/.exec(client)?.[1] ?? ''
  const socket = new WebSocket(`ws://127.0.0.1:${port}/?token=${token}`, 'vite-hmr')
  await new Promise((done, failed) => {
    socket.addEventListener('open', done)
    socket.addEventListener('error', failed)
  })
  return () =>
    new Promise((done) => {
      const heard = ({ data }: MessageEvent) => {
        if (!String(data).includes('full-reload')) return
        socket.removeEventListener('message', heard)
        done()
      }
      socket.addEventListener('message', heard)
    })
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        done(typeof address === 'object' && address ? address.port : 0)
      })
    })
  })
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2)
}
