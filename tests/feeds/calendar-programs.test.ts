/** What real calendars make of ours. They come from Debian: scripts/ensure-feed-readers.mjs installs them. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { serializeCalendar } from '#feeds/calendar.ts'
import { folderOf } from '#tests/builders.ts'
import { pageContextOf } from '#tests/views/page-context.ts'
import { viewCalendar } from '#views/calendar.ts'
import { missingReaders } from '../../scripts/ensure-feed-readers.mjs'
import { ask } from './reader-programs.ts'

const missing = missingReaders().filter((name) => name === 'khal' || name === 'calcurse')

test('where tests decide, both calendars are installed', () => {
  if (process.env.CI === 'true') expect(missing).toEqual([])
})

const calendar = (changes: Record<string, string> = {}): string =>
  serializeCalendar(
    viewCalendar(
      pageContextOf({
        'site.yml': 'title: Test\nurl: https://example.org\ntagAuthority: example.org,2026\n',
        'events/fair.md':
          '---\nname: "Fair; \\"A, B\\" \\\\ 🚀 مرحبا"\nstart: 2026-12-01\nend: 2026-12-03\nplace: Berlin, DE\nlink: https://example.org/fair?a=1&b=2\n---\n',
        'events/cfp.md': '---\nname: Call for papers\nkind: deadline\nstart: 2026-12-15\n---\n',
        'events/some-day.md': '---\nname: Some day\nstart: 2027-05\n---\n',
        ...changes,
      }),
    ),
  )

const configuration = (folder: string) => `[calendars]
[[test]]
path = ${folder}/events
[sqlite]
path = ${folder}/cache.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = UTC
default_timezone = UTC
[default]
default_calendar = test
`

describe.skipIf(missing.length > 0)('events', () => {
  test('are imported by khal, once, however often', async () => {
    const folder = folderOf({ 'events.ics': calendar() })
    mkdirSync(join(folder, 'events'))
    const settings = folderOf({ 'khal.conf': configuration(folder) })
    const khal = (...args: string[]) => ask('khal', ['-c', join(settings, 'khal.conf'), ...args])
    for (let times = 0; times < 2; times += 1) await khal('import', '--batch', join(folder, 'events.ics'))
    const format = '{start-date}|{end-date}|{title}|{location}|{url}|{uid}'
    const listed = await khal('list', '--once', '--format', format, '--day-format', '', '2026-11-01', '365d')
    expect(listed.trim().split('\n')).toEqual([
      '2026-12-01|2026-12-03|Fair; "A, B" \\ 🚀 مرحبا|Berlin, DE|https://example.org/fair?a=1&b=2|tag:example.org,2026:event/fair',
      expect.stringMatching(/^2026-12-15\|2026-12-15\|Call for papers.*\|tag:example\.org,2026:event\/cfp$/),
    ])
  })

  test('are imported by calcurse', async () => {
    const folder = folderOf({ 'events.ics': calendar() })
    const report = await ask('calcurse', ['-q', '-D', folder, '-i', join(folder, 'events.ics')])
    expect(report).not.toMatch(/[1-9]\d* skipped/)
    const listed = await ask('calcurse', ['-D', folder, '-Q', '--from', '12/01/2026', '--days', '30'])
    expect(listed).toContain('Fair; "A, B" \\ 🚀 مرحبا')
    expect(listed).toContain('Call for papers')
    expect(listed).toMatch(/12\/0?1\/26|12\/01\/2026/)
  })
})
