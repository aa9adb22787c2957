import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { mailOutputs } from '#site/mail-outputs.ts'
import { folderOf, run } from '#tests/builders.ts'
import { issueFile, newsletterContext, siteFile, twoIssues } from '#tests/feeds/newsletter.ts'
import { readRelay } from '../../src/cli/smtp-relay.ts'
import { sendMail } from '../../src/cli/send-mail.ts'
import { closedPort, startRelay, startScriptedRelay } from './relays.ts'

const mailSettings = `mail:
  from: news@example.org
  to: subscribers@lists.example.org
  unsubscribe: https://example.org/leave
  flavours: {sendy: {unsubscribe: "[unsubscribe]"}}
`
const people = 'ada: {name: Ada Lovelace}\nbob: {name: Bob}\n'
const content = (files: Record<string, string> = {}) =>
  folderOf({ 'site.yml': siteFile + mailSettings, 'people.yml': people, ...twoIssues, ...files })

const mail = (args: readonly string[], folder = content(), environment: Record<string, string> = {}) =>
  run(['mail', ...args, '--content', folder], { environment, directory: folder })

describe('mail', () => {
  test('answers with the message that a build writes, and sends nothing', async () => {
    const files = { ...twoIssues, 'site.yml': siteFile + mailSettings, 'people.yml': people }
    const built = new Map<string, string>()
    for (const { path, content: make } of mailOutputs(newsletterContext(files))) {
      built.set(path, Buffer.from(await make()).toString())
    }
    expect([...built.keys()].sort()).toEqual(
      ['0001', '0002'].flatMap((id) => [`${id}.eml`, 'index.html', 'index.txt'].map((name) => `/mail/${id}/${name}`)),
    )
    for (const number of ['1', '0001']) {
      const { code, answer, told } = await mail([number])
      expect({ code, told }).toEqual({ code: 0, told: '' })
      expect(answer).toBe(built.get('/mail/0001/0001.eml'))
    }
    const folder = content()
    const { code, answer } = await mail(['2', '--out', 'new/mails'], folder)
    expect(code).toBe(0)
    expect(answer).toBe('new/mails/index.html\nnew/mails/index.txt\nnew/mails/0002.eml\n')
    for (const name of ['index.html', 'index.txt', '0002.eml']) {
      expect(readFileSync(join(folder, 'new/mails', name), 'utf8'), name).toBe(built.get(`/mail/0002/${name}`))
    }
  })

  test('as JSON says what it is about', async () => {
    const { answer } = await mail(['1', '--json', '--out', 'there'])
    expect(JSON.parse(answer)).toMatchObject({
      issue: '0001',
      isDraft: false,
      subject: 'Issue 1',
      messageId: '<issue.0001.2026@example.org>',
      from: 'news@example.org',
      to: 'subscribers@lists.example.org',
      written: ['there/index.html', 'there/index.txt', 'there/0001.eml'],
      placeholders: [],
    })
  })

  test('says which placeholders it had to take', async () => {
    const { answer, told } = await mail(['1'], content({ 'site.yml': siteFile }))
    expect(told).toBe(
      '`mail` of site.yml does not say `from`, `to`, `unsubscribe`. Placeholders stand in their place.\n',
    )
    expect(answer).toContain('From: News <newsletter@unnamed.invalid>\r\n')
  })

  test('says what is long, and what had to be shortened', async () => {
    const long = (times: number) =>
      content({
        'issues/0003.md': issueFile(
          { number: '3' },
          `## Long\n\n${`${'Some words of it. '.repeat(10)}\n\n`.repeat(times)}`,
        ),
      })
    expect((await mail(['3', '--json'], long(420))).told).toMatch(
      /^The HTML is (8|9)\d kB long; mail programs cut it off at 100 kB\.\n$/,
    )
    expect((await mail(['3', '--json'], long(600))).told).toMatch(
      /^Mail programs cut off HTML of more than 100 kB, so of 1 section it has a summary and a link: Long\. The text has all of it\.\n$/,
    )
  })

  test('with a flavour answers with its HTML, also with one of the site', async () => {
    expect((await mail(['1', '--flavour', 'mailchimp'])).answer).toContain('<a href="*|UNSUB|*"')
    expect((await mail(['1', '--flavour', 'sendy'])).answer).toContain('<a href="[unsubscribe]"')
    const folder = content()
    expect((await mail(['1', '--flavour', 'sendy', '--out', 'there'], folder)).answer).toBe('there/index.html\n')
    expect(existsSync(join(folder, 'there/0001.eml'))).toBe(false)
    const { code, told } = await mail(['1', '--flavour', 'mailchmp'])
    expect(code).toBe(2)
    expect(told).toBe(
      'Unexpected flavour `mailchmp`, expected one of `buttondown`, `listmonk`, `mailchimp`, `sendy`; did you mean `mailchimp`?\n',
    )
  })

  test.each([
    ['a draft', { state: 'draft' }, 'Issue 3 is not public: it is `draft`.'],
    ['an issue that was withdrawn', { state: 'withdrawn' }, 'Issue 3 is not public: it is `withdrawn`.'],
    ['an issue of tomorrow', { publishAt: '2027-01-01' }, 'Issue 3 is not public yet.'],
  ])('keeps %s to itself, unless it is told', async (_, changes, words) => {
    const folder = content({ 'issues/0003.md': issueFile({ number: '3', ...changes }) })
    const { code, answer, told } = await mail(['3'], folder)
    expect({ code, answer }).toEqual({ code: 2, answer: '' })
    expect(told).toContain(words)
    const draft = await mail(['3', '--draft'], folder)
    expect(draft.answer).toContain('Subject: [draft] Issue 1\r\n')
    expect(draft.answer).toContain('.draft.2026@example.org>\r\n')
  })

  test.each([
    [[], 'Expected the number of an issue'],
    [['1', '2'], 'Expected the number of an issue'],
    [['9'], 'There is no issue `9`.'],
    [['__proto__'], 'There is no issue `__proto__`.'],
    [['../0001'], 'There is no issue `../0001`.'],
    [['1', '--to', 'a@example.org'], '`--to` is for a mail that is sent'],
    [['1', '--without-tls'], '`--without-tls` is for a mail that is sent'],
    [['1', '--smtp', 'smtp://127.0.0.1', '--out', 'x'], 'choose one of them'],
    [['1', '--smtp', 'smtp://127.0.0.1', '--flavour', 'mailchimp'], 'choose one of them'],
    [['1', '--smtp', 'smtp://127.0.0.1', '--timeout', '0'], 'expected 1 to 3600 seconds'],
    [['1', '--smtp', 'smtp://127.0.0.1', '--to', 'a@example.org\r\nRCPT TO:<b@example.org>'], 'Unexpected address'],
    [['1', '--smtp', 'smtp://127.0.0.1', '--to', 'a@example.org, b@example.org'], 'Unexpected address'],
  ])('does not take %j', async (args, words) => {
    const { code, answer, told } = await mail(args)
    expect({ code, answer }).toEqual({ code: 2, answer: '' })
    expect(told).toContain(words)
  })

  test('of an issue with problems says where they are', async () => {
    const { code, told } = await mail(['3'], content({ 'issues/0003.md': issueFile({ number: 'three' }) }))
    expect(code).toBe(2)
    expect(told).toMatch(/^Issue `3` has problems, which `check` lists: issues\/0003\.md:2:9 /)
  })
})

describe('mail --smtp', () => {
  test('hands the whole message to the relay, for the list of the site', async () => {
    const { port, taken } = await startRelay()
    const { code, answer, told } = await mail(['1', '--smtp', `smtp://127.0.0.1:${port}`])
    expect({ code, told }).toEqual({ code: 0, told: '' })
    expect(answer).toBe(
      `Sent: 127.0.0.1:${port} took <issue.0001.2026@example.org> for subscribers@lists.example.org (250 queued as 4711).\n`,
    )
    expect(taken).toEqual([
      {
        from: 'news@example.org',
        to: ['subscribers@lists.example.org'],
        message: (await mail(['1'])).answer,
        user: undefined,
        isEncrypted: false,
      },
    ])
  })

  test('with --to sends to those, and tells none of the others', async () => {
    const { port, taken } = await startRelay()
    const url = `smtp://127.0.0.1:${port}`
    await mail(['1', '--smtp', url, '--to', 'a@example.org'])
    await mail(['1', '--smtp', url, '--to', 'a@example.org', '--to', 'b@localhost', '--to', 'a@example.org'])
    expect(taken.map(({ to }) => to)).toEqual([['a@example.org'], ['a@example.org', 'b@localhost']])
    expect(taken[0]?.message).toContain('To: a@example.org\r\n')
    expect(taken[1]?.message).toMatch(/^To: "undisclosed-recipients":;\r$/m)
    expect(taken[1]?.message).not.toContain('a@example.org\r\n')
  })

  test('as JSON tells how it ended', async () => {
    const { port } = await startRelay()
    const { answer } = await mail(['1', '--smtp', `smtp://127.0.0.1:${port}`, '--json'])
    expect(JSON.parse(answer)).toMatchObject({
      issue: '0001',
      relay: `127.0.0.1:${port}`,
      to: ['subscribers@lists.example.org'],
      outcome: 'taken',
      accepted: ['subscribers@lists.example.org'],
      refused: [],
    })
    const closed = await mail(['1', '--smtp', `smtp://127.0.0.1:${await closedPort()}`, '--json'])
    expect(closed.code).toBe(2)
    expect(JSON.parse(closed.answer)).toMatchObject({ outcome: 'not-sent' })
  })

  test('names itself with the user and password of the environment, or of the address', async () => {
    const { port, taken } = await startRelay({
      authOptional: false,
      onAuth: ({ username, password }, _, done) => {
        if (username === 'ada' && password === 'p@ss:word') done(null, { user: username })
        else done(new Error(`no entry for ${username ?? ''} ${password ?? ''}`))
      },
    })
    const environment = { SMTP_USER: 'ada', SMTP_PASSWORD: 'p@ss:word' }
    expect((await mail(['1', '--smtp', `smtp://127.0.0.1:${port}`], content(), environment)).code).toBe(0)
    expect((await mail(['1', '--smtp', `smtp://ada:p%40ss%3Aword@127.0.0.1:${port}`])).code).toBe(0)
    expect(taken.map(({ user }) => user)).toEqual(['ada', 'ada'])
    for (const args of [['--json'], ['--debug'], []]) {
      const refused = await mail(['1', '--smtp', `smtp://ada:secret%20w%C3%B6rd@127.0.0.1:${port}`, ...args])
      expect(refused.code).toBe(2)
      expect(refused.told).toMatch(
        /^Nothing was sent: 127\.0\.0\.1:\d+: it refused the user or the password: 535 no entry for ada …\n$/,
      )
      expect(refused.answer + refused.told).not.toContain('secret')
    }
    expect((await mail(['1', '--smtp', `smtp://127.0.0.1:${port}`])).told).toMatch(/^Nothing was sent: .*530/)
    expect(taken).toHaveLength(2)
  })

  test('takes TLS where a relay on this machine offers it', async () => {
    const { port, taken } = await startRelay({ disabledCommands: [] })
    expect((await mail(['1', '--smtp', `smtp://127.0.0.1:${port}`])).code).toBe(0)
    expect(taken.map(({ isEncrypted }) => isEncrypted)).toEqual([true])
  })

  test('says no word of the mail to another machine without TLS, or with a certificate of nobody', async () => {
    const elsewhere = { host: '127.0.0.1', startsWithTls: false, isTrustedWay: false, isHere: false, login: undefined }
    const send = (port: number) =>
      sendMail(Buffer.from('x'), { from: 'a@example.org', to: ['b@example.org'] }, { ...elsewhere, port }, 10)
    const plain = await startScriptedRelay({})
    expect(await send(plain.port)).toMatchObject({
      outcome: 'not-sent',
      reason: expect.stringContaining('TLS') as string,
    })
    expect(plain.heard.map((line) => line.split(' ')[0])).not.toContain('MAIL')
    const selfSigned = await startRelay({ disabledCommands: [] })
    expect(await send(selfSigned.port)).toMatchObject({
      outcome: 'not-sent',
      reason: expect.stringContaining('certificate') as string,
    })
    expect(selfSigned.taken).toEqual([])
  })

  test('sends placeholders to no other machine, and nothing that has errors', async () => {
    const bare = content({ 'site.yml': siteFile })
    const other = ['1', '--smtp', 'smtp://relay.invalid']
    expect((await mail(other, bare)).told).toBe(
      'Nothing was sent: `mail` of site.yml does not say `from`, `to`, `unsubscribe`, and there is no `--to`. docs/mail.md says what they mean.\n',
    )
    expect((await mail([...other, '--to', 'a@example.org'], bare)).told).toContain(
      'does not say `from`, `unsubscribe`. docs',
    )
    const homeless = content({ 'site.yml': (siteFile + mailSettings).replace(/^url:.*\n/m, '') })
    expect((await mail(other, homeless)).told).toContain('Nothing was sent: its links would lead to `localhost`.')
    const { port, taken } = await startRelay()
    expect((await mail(['1', '--smtp', `smtp://127.0.0.1:${port}`], bare)).code).toBe(0)
    expect(taken[0]).toMatchObject({ from: 'newsletter@unnamed.invalid', to: ['subscribers@unnamed.invalid'] })
    const wrong = content({ 'issues/0009.md': 'nothing' })
    const refused = await mail(['1', '--smtp', `smtp://127.0.0.1:${port}`], wrong)
    expect(refused).toMatchObject({
      code: 2,
      told: expect.stringContaining('Nothing was sent: the content has errors') as string,
    })
    expect(taken).toHaveLength(1)
  })

  test('does not send what is not public', async () => {
    const { port, taken } = await startRelay()
    const folder = content({ 'issues/0003.md': issueFile({ number: '3', state: 'draft' }) })
    expect((await mail(['3', '--smtp', `smtp://127.0.0.1:${port}`], folder)).code).toBe(2)
    expect(taken).toEqual([])
    expect((await mail(['3', '--smtp', `smtp://127.0.0.1:${port}`, '--draft'], folder)).code).toBe(0)
    expect(taken[0]?.message).toContain('Subject: [draft] Issue 1\r\n')
  })
})

describe('a relay that fails', () => {
  const to = (port: number, ...more: string[]) => mail(['1', '--smtp', `smtp://127.0.0.1:${port}`, ...more])

  test('is told when nobody is there', async () => {
    const port = await closedPort()
    expect(await to(port)).toEqual({
      code: 2,
      answer: '',
      told: expect.stringMatching(`^Nothing was sent: 127\\.0\\.0\\.1:${port}: .*ECONNREFUSED`) as string,
    })
  })

  test.each([
    ['at once', { greeting: '554 go away' }, /554 go away/],
    ['the sender', { MAIL: '550 5.1.8 bad sender' }, /550 5\.1\.8 bad sender/],
    ['every recipient', { RCPT: '450 try later' }, /450 try later/],
    ['the beginning of the mail', { DATA: '451 not now' }, /451 not now/],
    ['the mail', { mail: '554 5.7.1 this is spam' }, /554 5\.7\.1 this is spam/],
    ['the mail for the time being', { mail: '452 full' }, /452 full/],
    ['a mail of this size', { EHLO: '250-relay\r\n250 SIZE 100' }, /larger than allowed 100/],
    ['in another language', { EHLO: 'HTTP/1.1 400 Bad Request', HELO: 'HTTP/1.1 400 Bad Request' }, /HTTP/],
    ['by hanging up before the mail', { DATA: 'close' }, /closed|ECONNRESET/i],
    ['with colours and a novel', { MAIL: `550 \u001b[31m${'no '.repeat(2000)}` }, /550 \[31mno no/],
  ])('is told when it refuses %s', async (_, script, words) => {
    const { port } = await startScriptedRelay(script)
    const { code, answer, told } = await to(port)
    expect({ code, answer }).toEqual({ code: 2, answer: '' })
    expect(told).toMatch(/^Nothing was sent: /)
    expect(told).toMatch(words)
    expect(told.length).toBeLessThan(450)
    expect(told).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]|\n./)
  })

  test.each([
    ['from the beginning', { greeting: undefined }],
    ['before the mail', { DATA: undefined }],
  ])('is left when it is silent %s', async (_, script) => {
    const { port } = await startScriptedRelay(script)
    const { code, told } = await to(port, '--timeout', '1')
    expect(code).toBe(2)
    expect(told).toMatch(/^Nothing was sent: /)
  })

  test('is left when it never comes to an end', async () => {
    const { port } = await startScriptedRelay(
      { greeting: undefined } as unknown as Record<string, string>,
      (socket) => {
        const timer = setInterval(() => socket.write('250-wait\r\n'), 100)
        socket.on('close', () => {
          clearInterval(timer)
        })
      },
    )
    const { code, told } = await to(port, '--timeout', '1')
    expect(code).toBe(2)
    expect(told).toMatch(/^Nothing was sent: .*(?:did not finish within 1 seconds|Greeting never received)/)
  })

  test.each([
    ['is silent', undefined],
    ['hangs up', 'close'],
  ])('may have the mail when it %s after its last byte', async (_, answer) => {
    const { port, heard } = await startScriptedRelay({ mail: answer })
    const { code, told } = await to(port, '--timeout', '1')
    expect(heard).toContain('.')
    expect(code).toBe(2)
    expect(told).toMatch(/^Nobody knows whether it was sent: .*<issue\.0001\.2026@example\.org> arrived/)
  })

  test('takes it for some: those that it refused are named', async () => {
    const { port, taken } = await startRelay({
      onRcptTo: ({ address }, _, done) => {
        done(address.startsWith('gone') ? new Error('no such user') : null)
      },
    })
    const { code, answer, told } = await to(port, '--to', 'gone@example.org', '--to', 'here@example.org')
    expect(code).toBe(1)
    expect(answer).toMatch(/ for here@example\.org /)
    expect(told).toBe(`Not sent to gone@example.org: 127.0.0.1:${port} refused them.\n`)
    expect(taken.map((one) => one.to)).toEqual([['here@example.org']])
  })
})

describe('the address of a relay', () => {
  test.each([
    ['smtp://mail.example.org', { host: 'mail.example.org', port: 587, startsWithTls: false, isTrustedWay: false }],
    ['smtp://mail.example.org:2525/', { port: 2525 }],
    ['smtps://mail.example.org', { port: 465, startsWithTls: true, isTrustedWay: false }],
    ['smtp://localhost', { port: 25, isTrustedWay: true, isHere: true }],
    ['smtp://[::1]:1025', { host: '::1', port: 1025, isTrustedWay: true }],
    ['smtp://127.0.0.1.example.org', { isTrustedWay: false, isHere: false }],
    ['smtp://localhost.example.org', { isTrustedWay: false, isHere: false }],
  ])('%s', (address, relay) => {
    expect(readRelay(address, false, {})).toMatchObject(relay)
  })

  test('of a network that is trusted needs no TLS, and gets no password', () => {
    expect(readRelay('smtp://relay:1025', true, {})).toMatchObject({ isTrustedWay: true, isHere: false })
    expect(() => readRelay('smtp://a:secret@relay:1025', true, {})).toThrow(/never goes to another machine without TLS/)
    expect(() => readRelay('smtp://relay:1025', true, { SMTP_USER: 'a', SMTP_PASSWORD: 'secret' })).toThrow(
      /without TLS/,
    )
  })

  test.each([
    'smtp://',
    'http://ada:secret@example.org',
    'ada:secret@example.org',
    'smtp://ada:secret@example.org/path',
    'smtp://ada:secret@example.org?tls=no',
    'smtp://ada:secret@example.org:99999',
    'smtp://ada:secret%@example.org',
    'smtp://:secret@example.org',
  ])('is refused without being repeated: %s', (address) => {
    let words = ''
    try {
      readRelay(address, false, {})
    } catch (error) {
      words = String(error)
    }
    expect(words).toMatch(/[Ee]xpected/)
    expect(words).not.toContain('secret')
  })
})
