import { describe, expect, test } from 'vitest'
import { MailSettings } from '#domain/mail.ts'
import { catalogOf } from '#tests/builders.ts'

const problemsOf = (mail: string) =>
  catalogOf({ 'site.yml': `title: Test\nmail:\n${mail.replace(/^/gm, '  ')}\n` }).problems.map(({ code }) => code)

test('a site may say nothing about its mail, or everything', () => {
  expect(catalogOf({}).problems).toEqual([])
  expect(
    problemsOf(`from: news@example.org
name: The News
replyTo: editors@example.org
to: subscribers@lists.example.org
listId: news.example.org
unsubscribe: https://example.org/leave?list=news
postalAddress: 1 Road, Town
flavours: {sendy: {unsubscribe: "[unsubscribe]"}}`),
  ).toEqual([])
})

describe('what could become another header, or another recipient', () => {
  const endings = [
    '\r\nBcc: all@example.org',
    '\nBcc: all@example.org',
    '\r',
    '\u2028',
    '\0',
    ', all@example.org',
    ' <all@example.org>',
    '>',
  ]

  test.each(endings)('is no address: %j', (ending) => {
    for (const key of ['from', 'replyTo', 'to']) {
      expect(MailSettings.safeParse({ [key]: `news@example.org${ending}` }).success, key).toBe(false)
    }
  })

  test.each(['\r\nX: y', '\nX: y', ' ', '>'])('is no id and no link: %j', (ending) => {
    expect(MailSettings.safeParse({ listId: `news.example.org${ending}` }).success).toBe(false)
    expect(MailSettings.safeParse({ unsubscribe: `https://example.org/${ending}x` }).success).toBe(false)
  })

  test('is no name', () => {
    expect(MailSettings.safeParse({ name: 'The\nNews' }).success).toBe(false)
    expect(MailSettings.safeParse({ postalAddress: 'The\r\nNews' }).success).toBe(false)
  })
})

test('an address to unsubscribe is https', () => {
  for (const link of ['http://example.org/', 'mailto:leave@example.org', 'javascript:alert(1)']) {
    expect(problemsOf(`unsubscribe: ${link}`), link).toEqual(['bad-link'])
  }
})

test('a merge tag cannot end the attribute that it stands in', () => {
  for (const tag of ['"><script>', '{{ "x" }}', '<a>']) {
    expect(MailSettings.safeParse({ flavours: { own: { unsubscribe: tag } } }).success, tag).toBe(false)
  }
})

test('an unknown key is a problem', () => {
  expect(problemsOf('form: news@example.org')).toEqual(['unknown-key'])
})
