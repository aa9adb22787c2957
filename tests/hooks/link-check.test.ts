import { createServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { archivedCopyOf } from '#hooks/archived-copy.ts'
import { askForPage, isPrivate } from '#hooks/link-check.ts'

const settings = { userAgent: 'test', timeoutMilliseconds: 2000, mayAskPrivate: true }

async function hostOf(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  // A server that listens on a port tells its address as an object.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('a page', () => {
  test.each([
    [200, { kind: 'there' }],
    [204, { kind: 'there' }],
    [404, { kind: 'gone', why: '404' }],
    [410, { kind: 'gone', why: '410' }],
    [403, { kind: 'unsure', why: '403' }],
    [429, { kind: 'unsure', why: '429' }],
    [503, { kind: 'unsure', why: '503' }],
    [304, { kind: 'there' }],
  ])('of which a host says %i is %o', async (status, expected) => {
    const host = await hostOf((_, response) => response.writeHead(status).end())
    expect(await askForPage(`${host}/`, settings)).toEqual(expected)
  })

  test('is asked for once more where a host does not like the short question', async () => {
    const host = await hostOf(({ method }, response) => response.writeHead(method === 'HEAD' ? 404 : 200).end('body'))
    expect(await askForPage(`${host}/`, settings)).toEqual({ kind: 'there' })
  })

  test('is followed to where it moved, and not for ever', async () => {
    const host = await hostOf(({ url }, response) => {
      if (url === '/new') response.writeHead(200).end()
      else response.writeHead(301, { location: url === '/old' ? '/new' : '/loop' }).end()
    })
    expect(await askForPage(`${host}/old`, settings)).toEqual({ kind: 'there' })
    expect(await askForPage(`${host}/loop`, settings)).toEqual({ kind: 'unsure', why: 'passed on too often' })
  })

  test('is not followed to where no page is', async () => {
    const host = await hostOf((_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end())
    expect(await askForPage(`${host}/`, settings)).toEqual({ kind: 'unsure', why: '302' })
  })

  test('of a host that nobody runs is gone', async () => {
    expect(await askForPage('http://127.0.0.1:1/', settings)).toEqual({ kind: 'gone', why: 'connection refused' })
  })

  test('of a host that talks for ever is left after a while, without reading it', async () => {
    const server = createTcpServer((socket) => {
      const timer = setInterval(() => socket.write('H'), 20)
      socket.on('close', () => {
        clearInterval(timer)
      })
      socket.on('error', () => socket.destroy())
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const answer = await askForPage(`http://127.0.0.1:${port}/`, { ...settings, timeoutMilliseconds: 300 })
    expect(answer.kind).toBe('unsure')
  })

  test.each([
    'http://127.0.0.1:1/',
    'http://[::1]/',
    'http://localhost:1/',
    'http://169.254.169.254/latest/',
    'http://[::ffff:10.0.0.1]/',
  ])('of this machine and its network is not asked for: %s', async (link) => {
    const answer = await askForPage(link, { ...settings, mayAskPrivate: false })
    expect(answer).toEqual({ kind: 'unsure', why: 'a private address' })
  })

  test('behind a redirect into this machine is not asked for either', async () => {
    const asked: string[] = []
    const host = await hostOf(({ url = '' }, response) => {
      asked.push(url)
      response.writeHead(302, { location: '/secret' }).end()
    })
    await askForPage(`${host}/`, { ...settings, mayAskPrivate: false })
    expect(asked).toEqual([])
  })
})

test.each([
  ['8.8.8.8', false],
  ['172.15.255.255', false],
  ['172.16.0.1', true],
  ['100.64.0.1', true],
  ['239.255.255.255', true],
  ['2606:4700::1111', false],
  ['fd00::1', true],
  ['::ffff:192.168.0.1', true],
])('%s is private: %s', (address, expected) => {
  expect(isPrivate(address)).toBe(expected)
})

describe('an archived copy', () => {
  const ask = async (body: string, status = 200) => {
    const asked: string[] = []
    const host = await hostOf(({ url = '' }, response) => {
      asked.push(url)
      response.writeHead(status, { 'content-type': 'application/json' }).end(body)
    })
    const copy = await archivedCopyOf('https://example.org/?a=1&b=2', '2017-05-12', {
      ...settings,
      api: `${host}/available`,
    })
    return { copy, asked }
  }
  const found = (closest: unknown) => JSON.stringify({ archived_snapshots: { closest } })

  test('is the one nearest to a day', async () => {
    const { copy, asked } = await ask(
      found({
        available: true,
        url: 'http://web.archive.org/web/20170513/https://example.org/',
        timestamp: '20170513',
        status: '200',
      }),
    )
    expect(asked).toEqual(['/available?url=https%3A%2F%2Fexample.org%2F%3Fa%3D1%26b%3D2&timestamp=20170512'])
    expect(copy).toBe('https://web.archive.org/web/20170513/https://example.org/')
  })

  test.each([
    ['none', '{"archived_snapshots":{}}', 200],
    ['a copy of an error', found({ available: true, url: 'http://web.archive.org/web/1/x', status: '404' }), 200],
    ['no address', found({ available: true, url: 'javascript:alert(1)', status: '200' }), 200],
    ['no JSON', '<html>', 200],
    ['an error', '{}', 503],
  ])('is left out where the answer is %s', async (_, body, status) => {
    expect((await ask(body, status)).copy).toBeUndefined()
  })
})
