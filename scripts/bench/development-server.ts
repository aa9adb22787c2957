/** A development server of its own, and the browser that has a page of it open. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import process from 'node:process'

export interface Served {
  origin: string
  /** Waits for the next message of a type to browsers: `full-reload` lets them load their page again, `error` is shown above it. */
  message: (type: string) => Promise<string>
  stop: () => Promise<void>
}

const home = resolve(import.meta.dirname, '../..')

/** @throws where the server ends before it listens */
export async function serveContent(content: string): Promise<Served> {
  const program = 'node_modules/astro/bin/astro.mjs'
  // Another server of the same folder may run.
  const args = ['dev', '--host', '127.0.0.1', '--port', '0', '--ignore-lock']
  const child = spawn(process.execPath, [program, ...args], {
    cwd: home,
    env: {
      PATH: process.env.PATH ?? '',
      CONTENT_DIR: content,
      AS_OF: process.env.AS_OF ?? '2026-11-21',
      ASTRO_TELEMETRY_DISABLED: '1',
      NO_COLOR: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  const origin = await new Promise<string>((done, failed) => {
    let said = ''
    const hear = (text: string) => {
      said += text
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)
      if (address) done(address[0])
    }
    child.stdout.setEncoding('utf8').on('data', hear)
    child.stderr.setEncoding('utf8').on('data', hear)
    void ended.then(() => {
      failed(new Error(`The server has ended.\n${said}`))
    })
  })
  const socket = await openSocket(origin)
  return {
    origin,
    message: (type) =>
      new Promise((done) => {
        const heard = ({ data }: MessageEvent) => {
          const text = String(data)
          if (!text.includes(`"type":"${type}"`)) return
          socket.removeEventListener('message', heard)
          done(text)
        }
        socket.addEventListener('message', heard)
      }),
    stop: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** As Vite's own program in a page opens it. */
async function openSocket(origin: string): Promise<WebSocket> {
  const client = await (await fetch(`${origin}/@vite/client`)).text()
  const token = /wsToken = "([^"]+)"/.exec(client)?.[1] ?? ''
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/?token=${token}`, 'vite-hmr')
  await new Promise<void>((done, failed) => {
    socket.addEventListener('open', () => {
      done()
    })
    socket.addEventListener('error', () => {
      failed(new Error('The server speaks to no browser.'))
    })
  })
  return socket
}
