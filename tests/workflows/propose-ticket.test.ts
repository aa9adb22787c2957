/** The second job of from-ticket.yml: what the first one and the ticket say is looked at once more. */
import { spawnSync } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { folderOf, projectFile } from '#tests/builders.ts'
import { git, makeRepository } from './git.ts'

const script = fileURLToPath(new URL('../../scripts/propose-ticket.ts', import.meta.url))
const token = 'ghs_a-token-that-nobody-may-see'
const author = { login: 'octocat', id: 583231 }
const cell = { kind: 'cell', file: 'content/projects/redis.md', text: projectFile({ summary: 'Changed' }) }

function sites() {
  const folder = folderOf({ 'seed/content/projects/redis.md': projectFile() })
  const at = (name: string) => join(folder, name)
  makeRepository(at('seed'))
  git(folder, 'clone', '--quiet', '--bare', 'seed', 'server.git')
  git(folder, 'clone', '--quiet', '--depth=1', `file://${at('server.git')}`, 'clone')
  return { folder, clone: at('clone'), server: at('server.git') }
}

function propose(
  { folder, clone }: ReturnType<typeof sites>,
  answer: unknown,
  issue: unknown = { number: 12, user: author },
) {
  writeFileSync(join(folder, 'answer.json'), JSON.stringify(answer))
  writeFileSync(join(folder, 'event.json'), JSON.stringify({ issue }))
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [script, '../answer.json', '--event', '../event.json'],
    {
      encoding: 'utf8',
      cwd: clone,
      env: { PATH: process.env.PATH, HOME: '/nonexistent', GITHUB_TOKEN: token },
    },
  )
  expect(stdout + stderr).not.toContain(token)
  return { status, stdout, stderr }
}

const branches = ({ server }: ReturnType<typeof sites>) =>
  git(server, 'branch', '--format=%(refname:short)').split('\n')

test('the file is one commit on a branch of its own, and its author is credited', () => {
  const site = sites()
  expect(propose(site, cell)).toMatchObject({ status: 0, stdout: 'Pushed `ticket-12`.\n' })
  expect(git(site.server, 'show', 'ticket-12:content/projects/redis.md')).toBe(cell.text.trim())
  expect(git(site.server, 'log', '-1', '--format=%an|%B', 'ticket-12')).toBe(
    'github-actions[bot]|Take in ticket 12\n\nCo-authored-by: octocat <583231+octocat@users.noreply.github.com>',
  )
  expect(git(site.server, 'diff', '--name-only', 'main', 'ticket-12')).toBe('content/projects/redis.md')
})

test.each([
  ['a new project', { kind: 'project', file: 'content/projects/new.md', text: 'x' }],
  ['an item', { kind: 'item', file: 'content/items/news.md', text: 'x' }],
])('%s is a new file', (_, answer) => {
  const site = sites()
  expect(propose(site, answer).status).toBe(0)
  expect(git(site.server, 'diff', '--name-status', 'main', 'ticket-12')).toBe(`A\t${answer.file}`)
})

test.each([
  ['line breaks', { login: 'a\n\nSigned-off-by: b', id: 1 }],
  ['an address', { login: 'a> <b@example.org', id: 1 }],
  ['no number', { login: 'octocat', id: '1+x' }],
  ['nothing', null],
])('an author with %s is credited with nothing', (_, user) => {
  const site = sites()
  expect(propose(site, cell, { number: 12, user }).status).toBe(0)
  expect(git(site.server, 'log', '-1', '--format=%B', 'ticket-12')).toBe('Take in ticket 12')
})

describe('nothing is pushed', () => {
  test.each([
    ['outside of the content', { ...cell, file: '.github/workflows/ci.yml' }],
    ['above the clone', { ...cell, file: 'content/projects/../../../x.md' }],
    ['of evidence', { ...cell, file: 'content/evidence/redis.jsonl' }],
    ['of another kind', { ...cell, kind: 'item' }],
    ['that a project would replace', { ...cell, kind: 'project' }],
    ['that a cell would make', { ...cell, file: 'content/projects/new.md' }],
    ['without text', { ...cell, text: null }],
    ['that is too large', { ...cell, text: 'x'.repeat(600_000) }],
  ])('for a file %s', (_, answer) => {
    const site = sites()
    expect(propose(site, answer).status).toBe(1)
    expect(branches(site)).toEqual(['main'])
  })

  test.each([[{ number: '12; rm -rf .' }], [{ number: -1 }], [{}], [null]])('for a ticket %j', (issue) => {
    const site = sites()
    expect(propose(site, cell, issue).status).toBe(1)
    expect(branches(site)).toEqual(['main'])
  })

  test('through a link', () => {
    const site = sites()
    symlinkSync('../../../elsewhere.md', join(site.clone, 'content/projects/link.md'))
    expect(propose(site, { ...cell, file: 'content/projects/link.md' }).status).toBe(1)
    expect(branches(site)).toEqual(['main'])
  })

  test('over a branch that is there already', () => {
    const site = sites()
    git(site.server, 'branch', 'ticket-12', 'main')
    git(site.folder, 'clone', '--quiet', '--branch=ticket-12', site.server, 'elsewhere')
    git(join(site.folder, 'elsewhere'), 'commit', '--quiet', '--allow-empty', '--message', 'Work')
    git(join(site.folder, 'elsewhere'), 'push', '--quiet')
    const before = git(site.server, 'rev-parse', 'ticket-12')
    const { status, stderr } = propose(site, cell)
    expect([status, stderr.includes('remove it')]).toEqual([1, true])
    expect(git(site.server, 'rev-parse', 'ticket-12')).toBe(before)
  })
})
