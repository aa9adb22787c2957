import { expect, test } from 'vitest'
import { projectFile } from '#tests/builders.ts'
import { viewSearchRecords } from '#views/search-record.ts'
import { pageContextOf } from './page-context.ts'

test('a project is found by its names, its package URLs and then its statuses', () => {
  const files = {
    'projects/redis.md': projectFile({ aliases: '[redis-server]', identifiers: '["pkg:deb/debian/redis"]' }),
  }
  const [record] = viewSearchRecords(pageContextOf(files))
  expect(record).toMatchObject({
    url: '/projects/redis/',
    meta: { title: 'Redis', kind: 'Project', names: 'redis-server' },
  })
  expect(record?.meta.identifiers).toMatch(/^pkg:deb\/debian\/redis(, \w+ [a-z ]+)*$/)
})

test('a status that is no more certain is not told as if it were', () => {
  const claims = '[{architectures: [arm64], support: works, date: 2017-03-01, link: https://example.org/old}]'
  const file = projectFile({ claims })
  const [record] = viewSearchRecords(pageContextOf({ 'projects/redis.md': file }))
  expect(record?.meta.identifiers).toContain('arm64 works stale')
})

test('its text is the summary and what its body says, without Markdown', () => {
  const body = `## Ports\n\nSee [the *note*](https://example.org/x "Title") and \`jemalloc\`. It waits.\n\n- **One** item\n\n\`\`\`sh\nmake -j2\n\`\`\`\n`
  const [record] = viewSearchRecords(pageContextOf({ 'projects/redis.md': `${projectFile()}\n${body}` }))
  expect(record?.text).toContain('Ports · See the note and jemalloc. It waits. One item · make -j2')
  expect(record?.text).not.toMatch(/[[\]`*#]/)
})

test('a sentence whose words many projects have tells nothing apart, and is left out', () => {
  const files = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [
      `projects/p${index}.md`,
      `${projectFile({ name: `P${index}` })}\nIt builds well. ${index === 7 ? 'It needs jemalloc.' : ''}\n`,
    ]),
  )
  const records = viewSearchRecords(pageContextOf(files))
  expect(records).toHaveLength(60)
  expect(records.filter(({ text }) => text.includes('builds well'))).toEqual([])
  expect(records.filter(({ text }) => text.includes('needs jemalloc.')).map(({ url }) => url)).toEqual([
    '/projects/p7/',
  ])
})
