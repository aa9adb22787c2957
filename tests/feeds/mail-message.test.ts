/** What mail programs make of our messages: Python's `email` reads each of them. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { serializeMessage } from '#feeds/mail-message.ts'
import { runsOf, propertyTimeout } from '#tests/builders.ts'
import type { MailHeadersView } from '#views/mail.ts'
import { systemPython } from '../../scripts/ensure-feed-readers.mjs'
import { issueFile, siteFile, twoIssues } from './newsletter.ts'
import { mailOf, mailViewOf } from './mails.ts'
import { ask } from './reader-programs.ts'

const hasPython = existsSync(systemPython)
if (!hasPython) console.warn(`Skipped: tests with ${systemPython}, which is not installed.`)

test('where tests decide, Python is installed', () => {
  if (process.env.CI === 'true') expect(hasPython).toBe(true)
})

interface ReadMessage {
  defects: string[]
  headers: [string, string][]
  type: string
  parts: { type: string; charset: string; defects: string[]; text: string }[]
}

async function readWithPython(messages: readonly Uint8Array[]): Promise<ReadMessage[]> {
  const script = `import base64, email, email.policy, json, sys
def read(data):
    message = email.message_from_bytes(base64.b64decode(data), policy=email.policy.default)
    defects = [repr(d) for d in message.defects] + [repr(d) for v in message.values() for d in getattr(v, 'defects', [])]
    return dict(defects=defects, headers=[[k, str(v)] for k, v in message.items()], type=message.get_content_type(), parts=[
        dict(type=p.get_content_type(), charset=p.get_content_charset(), defects=[repr(d) for d in p.defects], text=p.get_content())
        for p in message.iter_parts()])
print(json.dumps([read(data) for data in json.load(sys.stdin)]))`
  const input = JSON.stringify(messages.map((message) => Buffer.from(message).toString('base64')))
  // The script above says what it prints.
  return JSON.parse(await ask(systemPython, ['-c', script], input)) as ReadMessage[]
}

const hostileBody = `From here\n\n.\n\n..\n\n[x](https://example.org/a%0d%0aBcc:%20all@example.org) \`\r\` =3D =\n\n\`\`\`\n${'long '.repeat(400)}\nFrom x\n.\n--part\n  trailing  \n\`\`\`\n`
const site = `${siteFile}mail:
  from: news@example.org
  name: '"Näws", <all@example.org>'
  replyTo: editors@example.org
  to: subscribers@lists.example.org
  unsubscribe: https://example.org/leave?list=news&all=1
`
const cases: Record<string, Record<string, string>> = {
  'an issue with everything': twoIssues,
  'a site that says everything about its mail': { ...twoIssues, 'site.yml': site },
  'a title of many letters': {
    'issues/0001.md': issueFile({ title: `"${'Ärger mit 🚀 und 日本 '.repeat(6).slice(0, 110)}"` }),
  },
  'a title that looks like a header': {
    'issues/0001.md': issueFile({ title: '"x: =?utf-8?q?=0d=0aBcc:_all@example.org?= \\"q\\", <a@b>"' }),
  },
  'a text that could end the message': { 'issues/0001.md': issueFile({}, hostileBody) },
  'a long text without spaces': { 'issues/0001.md': issueFile({}, `${'日本'.repeat(2000)}\n\n${'x'.repeat(3000)}\n`) },
}

describe('a message', () => {
  test.each(Object.entries(cases))('has lines that every relay takes: %s', async (_, files) => {
    const message = Buffer.from((await mailOf(files)).message).toString('latin1')
    expect(message).not.toMatch(/[^\r\n\t -~]|\r(?!\n)|(?<!\r)\n/)
    for (const line of message.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998)
    const head = message.slice(0, message.indexOf('\r\n\r\n')).split('\r\n')
    for (const line of head) expect(line.length, line).toBeLessThanOrEqual(78)
    expect(head.filter((line) => /^(?:bcc|cc)/i.test(line))).toEqual([])
  })

  test('has the headers of a mailing list', async () => {
    const message = Buffer.from((await mailOf({ ...twoIssues, 'site.yml': site })).message).toString()
    expect(message.slice(0, message.indexOf('\r\n\r\n')).split('\r\n')).toEqual(
      expect.arrayContaining([
        'List-ID: <newsletter.example.org>',
        'List-Archive: <https://example.org/issues/>',
        'List-Unsubscribe: <https://example.org/leave?list=news&all=1>',
        'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
        'Message-ID: <issue.0001.2026@example.org>',
        'Date: Tue, 28 Apr 2026 16:00:00 +0000',
        'Subject: Issue 1',
        'To: subscribers@lists.example.org',
        'Reply-To: editors@example.org',
        'Content-Language: en',
      ]),
    )
  })

  test('of a draft has another id, and says so', async () => {
    const draft = { 'issues/0001.md': issueFile({ state: 'draft' }) }
    const { headers } = mailViewOf(draft)
    expect(headers).toMatchObject({ subject: '[draft] Issue 1', messageId: '<issue.0001.draft.2026@example.org>' })
  })

  test('is the same bytes in every time zone, language and year', async () => {
    const script = `import { mailOf } from '#tests/feeds/mails.ts'
import { twoIssues } from '#tests/feeds/newsletter.ts'
process.stdout.write((await mailOf(twoIssues)).message)`
    const print = (environment: Record<string, string>) =>
      execFileSync(process.execPath, ['--input-type=module', '--no-warnings', '--eval', script], {
        cwd: fileURLToPath(new URL('../..', import.meta.url)),
        env: { PATH: process.env.PATH, ...environment },
        encoding: 'latin1',
      })
    const here = Buffer.from((await mailOf(twoIssues)).message).toString('latin1')
    expect(print({ TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' })).toBe(here)
    expect(print({ TZ: 'America/New_York', LANG: 'C' })).toBe(here)
    const later = await mailOf(twoIssues, '0001', { asOf: '2031-01-01T00:00:00Z' })
    expect(Buffer.from(later.message).toString('latin1')).toBe(here)
  })
})

describe.skipIf(!hasPython)('Python reads a message', { timeout: 120_000 }, () => {
  test.each(Object.entries(cases))('without a defect, and both parts as they were: %s', async (_, files) => {
    const { message, text, html } = await mailOf(files)
    const [read] = await readWithPython([message])
    expect(read?.defects).toEqual([])
    expect(read?.type).toBe('multipart/alternative')
    expect(read?.parts.map(({ type, charset, defects }) => [type, charset, defects])).toEqual([
      ['text/plain', 'utf-8', []],
      ['text/html', 'utf-8', []],
    ])
    const withoutReturns = (part = '') => part.replaceAll('\r\n', '\n')
    expect(withoutReturns(read?.parts[0]?.text)).toBe(text)
    expect(withoutReturns(read?.parts[1]?.text).trimEnd()).toBe(html.trimEnd())
    const { headers } = mailViewOf(files)
    const values = new Map(read?.headers.map(([name, value]) => [name.toLowerCase(), value]))
    expect(values.size).toBe(read?.headers.length)
    expect(values.get('subject')).toBe(headers.subject)
    expect(values.get('from')).toContain(headers.from.address)
    expect([...values.keys()]).not.toContain('bcc')
  })

  test(
    'whatever the names in it are',
    async () => {
      const line = fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: 100 })
        .map((text) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim() || 'x')
      const names = fc.sample(fc.tuple(line, line), { numRuns: runsOf(60), seed: 7 })
      const base = mailViewOf(twoIssues).headers
      const headersOf = ([subject, name]: readonly [string, string]): MailHeadersView => ({
        ...base,
        subject,
        from: { name, address: 'news@example.org' },
      })
      const messages = await Promise.all(
        names.map((pair) => serializeMessage(headersOf(pair), { text: 'a\n', html: '<p>a</p>' })),
      )
      const read = await readWithPython(messages)
      for (const [index, { headers, defects }] of read.entries()) {
        expect(defects, JSON.stringify(names[index])).toEqual([])
        expect(headers.find(([key]) => key === 'Subject')?.[1]).toBe(names[index]?.[0])
        expect(headers.find(([key]) => key === 'From')?.[1]).toContain('news@example.org')
      }
    },
    propertyTimeout,
  )
})
