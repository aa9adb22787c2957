import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { JsonLinesStore } from '#store/jsonl-store.ts'
import { architecturesFile, folderOf, run } from '#tests/builders.ts'
import { jobBody, project, receive, registration } from './receive-child.ts'
import { audience, claims, issuer, issuerOf } from './receive-issuer.ts'
import { answered, post, signedByGithub, type Answered } from './receive-started.ts'

const secret = 'a secret of sixteen characters or more'
const environment = { GITHUB_WEBHOOK_SECRET: secret }

function site(files: Record<string, string> = {}): string {
  return folderOf({
    'content/site.yml': 'title: Test\n',
    'content/architectures.yml': architecturesFile,
    'content/projects/redis.md': project('redis'),
    'content/sources/redis-arm64.yml': registration('redis', 'arm64'),
    ...files,
  })
}

async function deliver(origin: string, architecture = 'arm64', number = 1): Promise<Answered> {
  const body = jobBody('redis', architecture, number)
  return await post({ origin }, '/hooks/github', body, signedByGithub(body, secret))
}

const recordsOf = (directory: string) => new JsonLinesStore(join(directory, 'content', 'evidence')).read()
const eventsOf = (log: string) =>
  log
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { event: string }).event)

describe('the command cannot run', () => {
  const ran = async (args: readonly string[] = [], settings: Record<string, string> = {}) =>
    await run(['receive', '--content', 'content', ...args], { directory: site(), environment: settings })

  test('where nobody may send', async () => {
    const { code, told } = await ran()
    expect(code).toBe(2)
    for (const name of ['GITHUB_WEBHOOK_SECRET', 'GITLAB_SIGNING_TOKEN', 'GITHUB_OIDC_AUDIENCE']) {
      expect(told).toContain(name)
    }
  })

  test.each([
    [{ GITHUB_WEBHOOK_SECRET: '{"redis/redis": hidden}' }, 'GITHUB_WEBHOOK_SECRET'],
    [{ GITLAB_SIGNING_TOKEN: 'hidden!' }, 'GITLAB_SIGNING_TOKEN'],
    [{ GITHUB_OIDC_AUDIENCE: 'x', GITHUB_OIDC_JWKS_URL: 'http://hidden.example/keys' }, 'GITHUB_OIDC_JWKS_URL'],
    [{ GITHUB_OIDC_AUDIENCE: 'x', GITHUB_OIDC_ISSUER: 'hidden' }, 'GITHUB_OIDC_ISSUER'],
  ])('with a setting that is none, and does not repeat it: %j', async (settings, name) => {
    const { code, told, answer } = await ran([], settings)
    expect({ code, answer }).toEqual({ code: 2, answer: '' })
    expect(told).toContain(name)
    expect(told).not.toContain('hidden')
  })

  test.each([['--port=65536'], ['--port=-1'], ['--port=http'], ['somewhere']])('with %j', async (...args) => {
    expect((await ran(args, environment)).code).toBe(2)
  })

  test('where its port is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void other.close())
    // A server that listens on a port has an address of this kind.
    const { port } = other.address() as AddressInfo
    const receiving = await receive(site(), environment, ['--port', String(port)])
    expect(await receiving.ended).toBe(2)
    expect(receiving.told().log).toContain('EADDRINUSE')
  })
})

describe('the command', () => {
  test('tells its address, takes what is signed, and ends with 0 when it is told to', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const directory = site()
      const receiving = await receive(directory, environment)
      expect(receiving.told().answer).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/)
      expect(await deliver(receiving.origin)).toMatchObject({ status: 202, body: { became: 'stored' } })
      expect(await answered(await fetch(`${receiving.origin}/healthz`))).toMatchObject({ body: { status: 'ok' } })
      receiving.process.kill(signal)
      expect(await receiving.ended).toBe(0)
      expect(recordsOf(directory)).toHaveLength(1)
      const { log } = receiving.told()
      expect(eventsOf(log)).toEqual(['listening', 'request', 'stopping', 'stopped'])
      expect(log).not.toContain(secret)
    }
  })

  test('tells its address as JSON too', async () => {
    const receiving = await receive(site(), environment, ['--port', '0', '--json'])
    expect(JSON.parse(receiving.told().answer)).toEqual({ address: expect.stringMatching(/^http:/) as string })
  })

  test('warns of a secret that can be guessed, without telling it', async () => {
    const receiving = await receive(site(), { BUILDKITE_WEBHOOK_TOKEN: 'short' })
    await expect.poll(() => receiving.told().log).toContain('"weak-secret","variable":"BUILDKITE_WEBHOOK_TOKEN"')
    expect(receiving.told().log).not.toContain('short')
  })

  test('knows a registration that is added while it runs', async () => {
    const directory = site()
    const { origin } = await receive(directory, environment)
    expect((await deliver(origin, 'amd64')).body).toMatchObject({ became: 'ignored' })
    writeFileSync(join(directory, 'content/sources/redis-amd64.yml'), registration('redis', 'amd64'))
    await expect.poll(async () => (await deliver(origin, 'amd64')).body.became, { timeout: 20_000 }).toBe('stored')
    rmSync(join(directory, 'content/sources/redis-amd64.yml'))
    await expect.poll(async () => (await deliver(origin, 'amd64', 2)).body.became, { timeout: 20_000 }).toBe('ignored')
  })

  test('reads its registrations when it is told to', async () => {
    const directory = site()
    const { origin, process, told } = await receive(directory, environment)
    writeFileSync(join(directory, 'content/sources/redis-amd64.yml'), registration('redis', 'amd64'))
    process.kill('SIGHUP')
    await expect.poll(() => eventsOf(told().log)).toContain('registrations-read')
    expect((await deliver(origin, 'amd64')).body).toMatchObject({ became: 'stored' })
  })

  test('keeps its registrations where the content is broken, and tells where', async () => {
    const directory = site()
    const { origin, process, told } = await receive(directory, environment)
    const path = join(directory, 'content/sources/redis-arm64.yml')
    for (const broken of ['provider: [', 'level: perfect\n', '']) {
      writeFileSync(path, broken)
      const before = eventsOf(told().log).filter((event) => event === 'registrations-kept').length
      process.kill('SIGHUP')
      await expect
        .poll(() => eventsOf(told().log).filter((event) => event === 'registrations-kept').length)
        .toBe(before + 1)
      expect((await deliver(origin)).status).toBe(202)
    }
    expect(told().log).toContain('"place":"sources/redis-arm64.yml:1:')
    expect(recordsOf(directory)).toHaveLength(1)
    rmSync(join(directory, 'content'), { recursive: true })
    process.kill('SIGHUP')
    await expect.poll(() => told().log.match(/registrations-kept/g)?.length).toBe(4)
    expect((await fetch(`${origin}/nothing`)).status).toBe(404)
  })

  test.each([
    ['is gone', () => undefined],
    ['is the empty place of a disk that is not mounted', (content: string) => mkdirSync(content)],
    [
      'holds what somebody has written there meanwhile',
      (content: string) => mkdirSync(`${content}/evidence/.old`, { recursive: true }),
    ],
  ])('takes nothing while the content folder %s, and leaves no other one behind', async (_, replace) => {
    const directory = site()
    const content = join(directory, 'content')
    const { origin, process, told } = await receive(directory, environment)
    expect((await deliver(origin)).status).toBe(202)
    renameSync(content, join(directory, 'elsewhere'))
    replace(content)
    const before = existsSync(content) ? readdirSync(content, { recursive: true }) : undefined
    // Without a look at the registrations too, which are believed for two seconds.
    expect((await deliver(origin, 'arm64', 2)).status).toBe(503)
    process.kill('SIGHUP')
    await expect.poll(async () => (await deliver(origin, 'riscv64', 3)).body.code).toBe('content-missing')
    await expect.poll(async () => (await fetch(`${origin}/healthz`)).status, { timeout: 20_000 }).toBe(503)
    expect(existsSync(content) ? readdirSync(content, { recursive: true }) : undefined).toEqual(before)
    expect(eventsOf(told().log)).not.toContain('registrations-read')
    expect(eventsOf(told().log).filter((event) => event === 'content-missing')).toHaveLength(1)

    rmSync(content, { recursive: true, force: true })
    renameSync(join(directory, 'elsewhere'), content)
    await expect.poll(async () => (await deliver(origin, 'arm64', 2)).status, { timeout: 20_000 }).toBe(202)
    await expect.poll(async () => (await fetch(`${origin}/healthz`)).status, { timeout: 20_000 }).toBe(200)
    expect(recordsOf(directory)).toHaveLength(2)
    expect(eventsOf(told().log)).toContain('content-back')
  })

  test('that is started before its content is there waits for it', async () => {
    const directory = folderOf({ 'content/.keep': '' })
    const { origin } = await receive(directory, environment)
    expect(await deliver(origin)).toMatchObject({ status: 503, body: { code: 'content-missing' } })
    cpSync(join(site(), 'content'), join(directory, 'content'), { recursive: true })
    await expect.poll(async () => (await deliver(origin)).status, { timeout: 20_000 }).toBe(202)
    expect(recordsOf(directory)).toHaveLength(1)
  })

  test('tells whoever asks for health that its folder cannot be written', async () => {
    const { origin } = await receive(site({ 'content/evidence': 'a file' }), environment)
    expect((await fetch(`${origin}/healthz`)).status).toBe(503)
    expect(await deliver(origin)).toMatchObject({ status: 503, body: { code: 'store-failed' } })
  })

  test('takes reports of jobs that an issuer of its choice vouches for', async () => {
    const trusted = await issuerOf()
    const now = Math.floor(Date.now() / 1000)
    const directory = site({
      'content/sources/redis-arm64.yml': registration('redis', 'arm64').replace('example/redis', claims.repository),
    })
    const { origin } = await receive(directory, {
      GITHUB_OIDC_AUDIENCE: `other, ${audience}`,
      GITHUB_OIDC_ISSUER: issuer,
      GITHUB_OIDC_JWKS_URL: trusted.url,
    })
    const token = await trusted.token({ iat: now, nbf: now - 10, exp: now + 300 })
    const report = {
      schema: 'works-on-arm/report@1',
      project: 'redis',
      architecture: 'arm64',
      level: 'tested',
      outcome: 'passed',
      observedAt: new Date(now * 1000).toISOString(),
      link: 'https://example.org/',
      run: { id: claims.run_id, job: 'test (arm64)' },
    }
    const headers = { authorization: `Bearer ${token}` }
    expect(await post({ origin }, '/reports', JSON.stringify(report), headers)).toMatchObject({
      status: 202,
      body: { became: 'stored' },
    })
    expect(recordsOf(directory)).toHaveLength(1)
  })

  test("is meant by tokens for the site's address, where no other word is set", async () => {
    const directory = site({ 'content/site.yml': 'title: Test\nurl: https://example.org\n' })
    const { told, origin } = await receive(directory)
    expect(told().log).toContain('"takes":"reports"')
    expect(await post({ origin }, '/hooks/github', '{}')).toMatchObject({
      status: 404,
      body: { code: 'not-configured' },
    })
  })
})
