import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { logAddressOf, logAddressOfFile, logFileOf, maximumLogBytes } from '#domain/run-log.ts'
import { keepLog, removeLogs } from '#store/log-store.ts'
import { isRun } from '#domain/evidence.ts'
import { JsonLinesStore } from '#store/jsonl-store.ts'
import { architecturesFile, folderOf, observedRun, projectFile, run } from '#tests/builders.ts'

test('a log is kept as it is, at an address after its digest', () => {
  const folder = folderOf({})
  const address = keepLog(folder, 'jq', 'größer\n')
  expect(address).toMatch(/^\/logs\/jq\/[0-9a-f]{32}\.txt$/)
  expect(address).toBe(logAddressOf('jq', 'größer\n'))
  expect(readFileSync(join(folder, logFileOf(address) ?? ''), 'utf8')).toBe('größer\n')
  expect(keepLog(folder, 'jq', 'größer\n')).toBe(address)
  expect(readdirSync(join(folder, 'evidence/logs/jq'))).toHaveLength(1)
})

test.each(['../jq', 'a/b', '.jq', '', 'JQ'])('a project cannot be called %j', (project) => {
  const folder = folderOf({})
  expect(() => keepLog(folder, project, 'text\n')).toThrow('no log can be kept')
  expect(existsSync(join(folder, 'evidence'))).toBe(false)
})

test('a log that is too large is refused', () => {
  expect(() => keepLog(folderOf({}), 'jq', 'x'.repeat(maximumLogBytes + 1))).toThrow('no log can be kept')
})

test('nothing is written through a link', () => {
  const folder = folderOf({ 'evidence/logs/.keep': '', 'elsewhere/.keep': '' })
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'evidence/logs/jq'))
  expect(() => keepLog(folder, 'jq', 'text\n')).toThrow('never written through links')
  expect(readdirSync(join(folder, 'elsewhere'))).toEqual(['.keep'])
})

test('what is no address of a log is never removed', () => {
  const folder = folderOf({})
  const address = keepLog(folder, 'jq', 'text\n')
  writeFileSync(join(folder, 'evidence/jq.jsonl'), '')
  mkdirSync(join(folder, 'recipes'))
  removeLogs(folder, [
    address,
    '/evidence/jq.jsonl',
    '/logs/../jq.jsonl',
    '/logs/jq/../../jq.jsonl',
    '/recipes/',
    'https://example.org/',
  ])
  expect(existsSync(join(folder, 'evidence/jq.jsonl'))).toBe(true)
  expect(existsSync(join(folder, 'recipes'))).toBe(true)
  expect(readdirSync(join(folder, 'evidence/logs/jq'))).toEqual([])
})

test.each([
  'evidence/logs/jq/build.txt',
  'evidence/logs/0123456789abcdef0123456789abcdef.txt',
  'evidence/logs/jq/old/0123456789abcdef0123456789abcdef.txt',
  'evidence/logs/jq/0123456789abcdef0123456789abcdef.html',
  'evidence/logs/../0123456789abcdef0123456789abcdef.txt',
  'recipes/jq/0123456789abcdef0123456789abcdef.txt',
])('%s is the file of no log', (file) => {
  expect(logAddressOfFile(file)).toBeUndefined()
})

test('`compact` removes the logs of the records that it leaves out, and no others', async () => {
  const directory = folderOf({
    'content/site.yml': 'title: Test\n',
    'content/architectures.yml': architecturesFile,
    'content/projects/redis.md': projectFile(),
  })
  const content = join(directory, 'content')
  const store = new JsonLinesStore(join(content, 'evidence'))
  for (let minute = 10; minute < 40; minute += 1) {
    const link = keepLog(content, 'redis', `run ${minute}\n`)
    store.append([observedRun({ link, observedAt: `2026-11-20T12:${minute}:00Z`, run: { id: String(minute) } })])
  }
  expect((await run(['compact', '--content', 'content'], { directory })).code).toBe(0)
  const links = store
    .read('redis')
    .filter(isRun)
    .map(({ link }) => link)
  expect(links.length).toBeLessThan(30)
  expect(readdirSync(join(content, 'evidence/logs/redis')).sort()).toEqual(
    links.map((link) => link.split('/')[3]).sort(),
  )
  expect(await run(['check', '--content', 'content'], { directory })).toMatchObject({ code: 0, answer: '' })
})
