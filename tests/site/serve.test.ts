/** What `npm start` serves a site with, after it was built. */
import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { home, real } from './sites.ts'

let server: ChildProcess
let address: string

beforeAll(async () => {
  server = spawn(process.execPath, [join(home, 'scripts/serve.ts'), '--port', '0'], {
    cwd: home,
    env: { ...process.env, OUT_DIR: real.folder, INIT_CWD: home, BASE_PATH: real.basePath },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  address = await new Promise<string>((found, failed) => {
    let told = ''
    server.stderr?.on('data', (data: Buffer) => {
      told += String(data)
      const [said] = /http:\/\/localhost:\d+\//.exec(told) ?? []
      if (said !== undefined) found(said)
    })
    server.once('exit', () => {
      failed(new Error(told))
    })
  })
})
afterAll(() => {
  server.kill()
})

test.each([
  ['atom.xml', 'application/xml; charset=utf-8'],
  ['feed.json', 'application/json; charset=utf-8'],
  ['feeds.opml', 'text/x-opml; charset=utf-8'],
  ['events.ics', 'text/calendar; charset=utf-8'],
  ['matrix.csv', 'text/csv; charset=utf-8'],
  ['llms.txt', 'text/plain; charset=utf-8'],
  ['api/v1/types.d.ts', 'text/plain; charset=utf-8'],
  ['projects/cockroachdb/index.md', 'text/markdown; charset=utf-8'],
  ['badges/cockroachdb.svg', 'image/svg+xml'],
  ['mail/0001/index.html', 'text/html; charset=utf-8'],
  ['mail/0001/index.txt', 'text/plain; charset=utf-8'],
  ['mail/0001/0001.eml', 'message/rfc822'],
  ['pagefind/pagefind.js', 'text/javascript'],
])('%s is %s', async (path, type) => {
  const { status, headers } = await fetch(address + path)
  expect([status, headers.get('content-type')]).toEqual([200, type])
})

test('what is not there is a page that says so, whatever it is called', async () => {
  const { status, headers } = await fetch(`${address}no.svg`)
  expect([status, headers.get('content-type')]).toEqual([404, 'text/html'])
})

test.each(['%ff', '%', 'projects/%E0%A4%A/', 'matrix%2f'])('%s is no address, so nothing is there', async (path) => {
  const { status, headers } = await fetch(address + path)
  expect([status, headers.get('content-type')]).toEqual([404, 'text/html'])
})

test('a page is one with and without the slash at its end', async () => {
  for (const path of ['matrix/', 'matrix']) {
    const { status, headers } = await fetch(address + path)
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html'])
  }
})
