import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { folderOf } from '#tests/builders.ts'
import { readAdditions } from '../../scripts/evidence-additions.ts'
import { fileOf, newRun, pulledRun, recorded, repositoryFiles } from './evidence-folders.ts'
import { commitAll, git, makeRepository } from './git.ts'

const scripts = new URL('../../scripts/', import.meta.url)
const all = fileOf([...recorded, newRun])
const token = 'ghs_a-token-that-nobody-may-see'

/** A repository on a server, the clone that publishes, and a clone of somebody else. */
function sites(files: Record<string, string> = { 'redis.jsonl': all }) {
  const folder = folderOf({})
  const at = (name: string) => join(folder, name)
  mkdirSync(at('seed'))
  for (const [path, text] of Object.entries(repositoryFiles())) write(at('seed'), path, text)
  makeRepository(at('seed'))
  git(folder, 'clone', '--quiet', '--bare', 'seed', 'server.git')
  // As actions/checkout makes it: one commit deep.
  git(folder, 'clone', '--quiet', '--depth=1', `file://${at('server.git')}`, 'clone')
  git(folder, 'clone', '--quiet', `file://${at('server.git')}`, 'elsewhere')
  mkdirSync(at('collected'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(at('collected'), name), text)
  const { digest } = readAdditions(at('collected'), join(at('clone'), 'content'))
  return {
    clone: at('clone'),
    server: at('server.git'),
    elsewhere: at('elsewhere'),
    collected: at('collected'),
    digest,
  }
}

function write(folder: string, path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), text)
}

function publish({ clone, collected, digest }: ReturnType<typeof sites>, branch = 'main') {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [fileURLToPath(new URL('publish-evidence.ts', scripts)), collected, '--digest', digest, '--branch', branch],
    { encoding: 'utf8', cwd: clone, env: { PATH: process.env.PATH, HOME: '/nonexistent', GITHUB_TOKEN: token } },
  )
  return { status, stdout, stderr }
}

function onServer({ server }: ReturnType<typeof sites>, path: string, branch = 'main'): string {
  return git(server, 'show', `${branch}:${path}`)
}

test('new lines are one commit with a message that never changes', () => {
  const site = sites()
  expect(publish(site)).toMatchObject({ status: 0, stdout: 'Published 1 new records on `main`.\n', stderr: '' })
  expect(onServer(site, 'content/evidence/redis.jsonl')).toBe(all.trim())
  expect(git(site.server, 'log', '-1', '--format=%an|%B', 'main')).toBe(
    'github-actions[bot]|Record what CI runs and indexes show',
  )
  expect(git(site.server, 'diff', '--stat', '--name-only', 'main~1', 'main')).toBe('content/evidence/redis.jsonl')
})

test('a branch that is not there yet is made', () => {
  const site = sites()
  expect(publish(site, 'evidence/123-1')).toMatchObject({ status: 0 })
  expect(onServer(site, 'content/evidence/redis.jsonl', 'evidence/123-1')).toBe(all.trim())
  expect(onServer(site, 'content/evidence/redis.jsonl')).toBe(fileOf(recorded).trim())
})

test('nothing new is no commit', () => {
  const site = sites({ 'redis.jsonl': fileOf(recorded) })
  expect(publish(site)).toMatchObject({ status: 0, stdout: 'There is nothing new.\n' })
  expect(git(site.server, 'rev-list', '--count', 'main')).toBe('1')
})

test('files that lie about in the clone are not published', () => {
  const site = sites()
  write(site.clone, 'content/evidence/sqlite.jsonl', 'left over\n')
  write(site.clone, '.github/workflows/own.yml', 'on: push\n')
  expect(publish(site)).toMatchObject({ status: 0 })
  expect(git(site.server, 'diff', '--name-only', 'main~1', 'main')).toBe('content/evidence/redis.jsonl')
})

describe('where somebody else was faster', () => {
  test('the commit stands on theirs', () => {
    const site = sites()
    write(site.elsewhere, 'content/projects/lua.md', repositoryFiles()['content/projects/sqlite.md'] ?? '')
    commitAll(site.elsewhere, 'Add Lua')
    git(site.elsewhere, 'push', '--quiet', 'origin', 'main')
    expect(publish(site)).toMatchObject({ status: 0 })
    expect(git(site.server, 'log', '--format=%s', 'main')).toBe('Record what CI runs and indexes show\nAdd Lua\nBegin')
    expect(onServer(site, 'content/projects/lua.md')).toContain('SQLite')
  })

  test('what they recorded about the same project stays, and ours waits for the next run', () => {
    const site = sites()
    const theirs = fileOf([...recorded, pulledRun({ run: { id: '4' } })])
    write(site.elsewhere, 'content/evidence/redis.jsonl', theirs)
    commitAll(site.elsewhere, 'Record another run')
    git(site.elsewhere, 'push', '--quiet', 'origin', 'main')
    expect(publish(site)).toMatchObject({ status: 1, stderr: expect.stringContaining('1 of them are gone') as string })
    expect(onServer(site, 'content/evidence/redis.jsonl')).toBe(theirs.trim())
  })

  test('the same news from somebody else is no second commit', () => {
    const site = sites()
    write(site.elsewhere, 'content/evidence/redis.jsonl', all)
    commitAll(site.elsewhere, 'Record the same')
    git(site.elsewhere, 'push', '--quiet', 'origin', 'main')
    expect(publish(site)).toMatchObject({ status: 0, stdout: 'There is nothing new.\n' })
    expect(git(site.server, 'rev-list', '--count', 'main')).toBe('2')
  })
})

describe('nothing is published', () => {
  const untouched = (site: ReturnType<typeof sites>) => {
    expect(git(site.server, 'rev-list', '--count', '--all')).toBe('1')
  }

  test('of anything but what was validated', () => {
    const site = sites()
    writeFileSync(join(site.collected, 'redis.jsonl'), fileOf([...recorded, newRun, pulledRun({ run: { id: '5' } })]))
    expect(publish(site)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('not what was validated') as string,
    })
    untouched(site)
  })

  test.each([
    ['another file', { 'redis.jsonl': all, '.gitattributes': '* -text\n' }],
    ['removed lines', { 'redis.jsonl': fileOf([newRun]) }],
    ['a project that is not catalogued', { 'nginx.jsonl': fileOf([pulledRun({ project: 'nginx' })]) }],
  ])('where there is %s', (_, files) => {
    const site = sites(files)
    expect(publish(site)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('Nothing was published') as string,
    })
    untouched(site)
  })

  test('through a link', () => {
    const site = sites({})
    symlinkSync('/etc/passwd', join(site.collected, 'redis.jsonl'))
    expect(publish(site)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('neither folders nor links') as string,
    })
    untouched(site)
  })

  test('from a clone with changes of its own', () => {
    const site = sites()
    write(site.clone, 'content/site.yml', 'title: Mine\n')
    expect(publish(site)).toMatchObject({ status: 2, stderr: expect.stringContaining('not committed') as string })
    untouched(site)
  })

  test('on a branch that refuses it, and the reason is said once', () => {
    const site = sites()
    const hook = join(site.server, 'hooks/pre-receive')
    writeFileSync(hook, '#!/bin/sh\necho protected >&2\nexit 1\n')
    chmodSync(hook, 0o755)
    expect(publish(site)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('does not take the commit') as string,
    })
    untouched(site)
  })

  test.each(['--force', '-d', '../main', 'main.lock', 'a//b', 'a b', 'main:refs/heads/other', ''])(
    'on a branch called %j',
    (branch) => {
      const site = sites()
      expect(publish(site, branch).status).not.toBe(0)
      untouched(site)
    },
  )
})

test('the token is in no output and in no commit', () => {
  const site = sites()
  const { stdout, stderr } = publish(site)
  const told = [stdout, stderr, git(site.clone, 'config', '--list'), git(site.server, 'log', '-p', '--all')].join('\n')
  for (const secret of [token, Buffer.from(`x-access-token:${token}`).toString('base64')])
    expect(told).not.toContain(secret)
})

test('the publishing scripts import nothing but Node.js and each other', () => {
  const imported = ['publish-evidence.ts', 'evidence-additions.ts', 'propose-ticket.ts', 'git-as-actions.ts'].flatMap(
    (name) =>
      [...readFileSync(new URL(name, scripts), 'utf8').matchAll(/\bfrom '([^']+)'|import\('([^']+)'\)/g)].map(
        ([, from]) => from ?? '',
      ),
  )
  expect(imported.length).toBeGreaterThan(4)
  expect(imported.filter((from) => !from.startsWith('node:'))).toEqual([
    './evidence-additions.ts',
    './git-as-actions.ts',
    './git-as-actions.ts',
  ])
})
