import { describe, expect, test } from 'vitest'
import { issueFile, newsletterContext, twoIssues } from './newsletter.ts'
import { linesOf, mailOf, mailViewOf, textOf, toolsOf } from './mails.ts'
import { serializeMailText } from '#feeds/mail-text.ts'

describe('the text of a mail', () => {
  test('says what it is, who wrote it, what is in it, and where it is on the web', () => {
    expect(textOf('Hello.\n', { title: 'AT&T <stdio.h>' }).split('\n').slice(0, 10)).toEqual([
      'AT&T <stdio.h>',
      '==============',
      '',
      '12 May 2026, by Ada Lovelace',
      'Read it on the web: https://example.org/issues/0001/',
      '',
      'What happened.',
      '',
      'Hello.',
      '',
    ])
  })

  test('ends with how to leave, and with the address of its sender where the site says it', () => {
    const site = `title: News\nurl: https://example.org\nmail: {unsubscribe: "https://example.org/leave", postalAddress: "1 Road, Town"}\n`
    const files = { 'site.yml': site, 'issues/0001.md': issueFile() }
    const text = serializeMailText(mailViewOf(files), toolsOf(newsletterContext(files)))
    expect(text.split('\n').slice(-6)).toEqual([
      'You receive this because you subscribed to News.',
      'Unsubscribe: https://example.org/leave',
      'Read it on the web: https://example.org/issues/0001/',
      'All issues: https://example.org/issues/',
      '1 Road, Town',
      '',
    ])
  })

  test('numbers links in their order, once an address, and lists them in full', () => {
    const text = textOf(
      '[a](/matrix/?q=1&b=2), [b](https://example.com/), [c](/matrix/?q=1&b=2), [d][ref].\n\n[ref]: #top-of-it\n\n## Top of it\n',
    )
    expect(text).toContain('\na [1], b [2], c [1], d [3].\n')
    expect(text).toContain(
      '\nLinks\n-----\n\n[1] https://example.org/matrix/?q=1&b=2\n[2] https://example.com/\n[3] https://example.org/issues/0001/#top-of-it\n',
    )
  })

  test('writes an address that is its own text once', () => {
    expect(linesOf('See https://example.com/a_b, and <https://example.com/c>.\n')).toEqual([
      'See https://example.com/a_b, and https://example.com/c.',
    ])
    expect(textOf('See https://example.com/a.\n')).not.toContain('Links')
  })

  test('keeps sponsors and corrections, each in its place', async () => {
    const { text } = await mailOf(twoIssues)
    expect(text).toContain('\nSponsor: Acme [1]. Acme pays, & says so.\n')
    expect(text).toContain('\n#include <stdio.h> /* && */\n```\n\nCorrection of 3 June 2026:\n  See below [')
    expect(text).toContain('\n[1] https://acme.example/\n')
  })

  test('names the section of a correction that has no place in the text', () => {
    const errata = '[{date: 2026-06-03, section: traps, text: "*One* and [two](/matrix/)."}]'
    expect(textOf('Hello.\n', { errata })).toContain(
      '\nCorrection of 3 June 2026, Traps:\n  _One_ and two [1].\n\nHello.\n',
    )
  })

  test('has footnotes as notes, in the order in which they are named, with the links in them', () => {
    const text = textOf(
      'One[^b], two[^a], one[^b].\n\n[^a]: First [x](/matrix/), as [^c].\n[^b]: Second.\n[^c]: Third.\n',
    )
    expect(text).toContain('One [note 1], two [note 2], one [note 1].')
    expect(text).toContain(
      'Notes\n-----\n\n[note 1] Second.\n\n[note 2] First x [1], as [note 3].\n\n[note 3] Third.\n',
    )
  })

  test('gives a correction its own notes and names', () => {
    const text = textOf('See [it][a].\n\n[a]: https://example.com/body\n', {
      errata: '[{date: 2026-06-03, text: "See [it][a].\\n\\n[a]: https://example.com/correction"}]',
    })
    expect(text).toContain('[1] https://example.com/correction\n[2] https://example.com/body')
  })

  test('leaves code as it is', () => {
    const code = ['\tall:', '  echo "$(a)"   # trailing  ', 'x'.repeat(200), '', '``` {{ x }} *|Y|*']
    expect(linesOf(`\`\`\`\`make\n${code.join('\n')}\n\`\`\`\`\n`)).toEqual(['````make', ...code, '````'])
    expect(linesOf('Set `GOARCH  != "amd64"` or `` a`b ``.\n')).toEqual(['Set `GOARCH  != "amd64"` or `` a`b ``.'])
  })

  test('sets lists with their marks, nested and with boxes', () => {
    const item = 'word '.repeat(30).trim()
    expect(linesOf(`9. ${item}\n10. b\n    - c\n    - [x] d\n    - [ ] e\n`)).toEqual([
      ` 9. ${'word '.repeat(15).trim()}`,
      `    ${'word '.repeat(15).trim()}`,
      '10. b',
      '    - c',
      '    - [x] d',
      '    - [ ] e',
    ])
    expect(linesOf('- a\n\n  b\n- c\n')).toEqual(['- a', '', '  b', '', '- c'])
  })

  test('sets headings, quotations, emphasis, breaks and rules', () => {
    expect(
      linesOf('## Two 日本\n\n### Three {#x}\n\n#### Four\n\n> a\n>\n> b\n\n---\n\n*a* **b** ~~c~~\\\nd\n'),
    ).toEqual([
      'Two 日本',
      '--------',
      '',
      'Three',
      '~~~~~',
      '',
      'Four',
      '',
      '> a',
      '>',
      '> b',
      '',
      '* * *',
      '',
      '_a_ *b* ~~c~~',
      'd',
    ])
  })

  test('sets a table in columns where they fit', () => {
    expect(linesOf('| a | b |\n|:--|--:|\n| 日本 | 1 |\n| [x](/matrix/) | 200 |\n')).toEqual([
      'a        b',
      '-----  ---',
      '日本     1',
      'x [1]  200',
    ])
  })

  test('sets a wide table row by row', () => {
    const long = 'long '.repeat(20).trim()
    expect(linesOf(`| name | what |\n|---|---|\n| a | ${long} |\n| b | |\n`)).toEqual([
      '- name: a',
      `  what: ${'long '.repeat(14).trim()}`,
      `  ${'long '.repeat(6).trim()}`,
      '',
      '- name: b',
    ])
  })

  test('breaks a sentence without spaces where its script allows it', () => {
    const lines = linesOf(`${'文'.repeat(38)}。${'字'.repeat(10)}\n`)
    expect(lines).toEqual([`${'文'.repeat(38)}。`, '字'.repeat(10)])
    expect(linesOf(`${'文'.repeat(39)}。\n`)).toEqual(['文'.repeat(38), '文。'])
  })

  test('names pictures, with their addresses', () => {
    expect(textOf('![A chart](/favicon.svg)\n')).toContain('\n[Picture: A chart] [1]\n')
  })

  test('keeps two words together that a space without a break holds', () => {
    const words = `${'a '.repeat(38)}b\u00a0c`
    expect(linesOf(`${words}\n`)).toEqual(['a '.repeat(38).trim(), 'b\u00a0c'])
  })

  test('has no character that turns the text around it, and none that a terminal obeys', () => {
    const text = textOf('a &#x202e;b&#x202c; &#x1b;[31m &#7; c\n')
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/)
    expect(text).toContain('\na b ')
  })
})

test('items stand in their section, each with its source among the links', () => {
  const item = (section: string, title: string) =>
    `---\ntitle: ${title}\nlink: https://news.example/${section}?a=1\ndate: 2026-05-02\nsection: ${section}\nissue: "0001"\n---\n\nIt \`ships\`.\n`
  const files = {
    'issues/0001.md': issueFile({}, '## Traps {#traps}\n\nMind the gap.\n'),
    'items/a.md': item('traps', 'A trap'),
    'items/b.md': item('releases', 'A release'),
  }
  const text = serializeMailText(mailViewOf(files), toolsOf(newsletterContext(files)))
  expect(text).toContain(
    [
      'Traps',
      '-----',
      '',
      'Mind the gap.',
      '',
      'A trap [1]',
      '~~~~~~~~~~',
      '',
      'It `ships`.',
      '',
      'news.example, 2 May 2026',
      '',
      'Releases',
      '--------',
      '',
      'A release [2]',
      '~~~~~~~~~~~~~',
    ].join('\n'),
  )
  expect(text).toContain('[1] https://news.example/traps?a=1\n')
})

test('a link whose page is gone leads to its copy', () => {
  const link = 'https://example.org/gone'
  const archived = 'https://web.archive.org/web/2017/https://example.org/gone'
  const files = {
    'issues/0001.md': issueFile({}, `[It](${link}).\n`),
    'links.jsonl': `${JSON.stringify({ link, checkedOn: '2026-11-21', failures: 3, failingSince: '2026-11-01', archived })}\n`,
  }
  const text = serializeMailText(mailViewOf(files), toolsOf(newsletterContext(files)))
  expect(text).toContain(`[1] ${link}\n    gone since 2026-11\n    archived: ${archived}\n`)
})
