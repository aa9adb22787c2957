/** What three parsers that know nothing of each other read in each format. */
import fc from 'fast-check'
import { XMLParser } from 'fast-xml-parser'
import { parseDocument } from 'htmlparser2'
import { parse as parseJsonc } from 'jsonc-parser'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { projectFile, propertyTimeout, runsOf } from '#tests/builders.ts'
import { changesFeed, viewChangeEntries } from '#views/feed-changes.ts'
import { viewFeed, type FeedEntryView } from '#views/feed.ts'
import { divideFeed } from '#views/feed-pages.ts'
import { feedsOf, feedsOfEntry, issueFile, newsletterContext, type Feeds } from './newsletter.ts'

interface Texts {
  title: string
  content: string
}

/** Texts of elements by name; each parser gives a name its last text. */
type Reader = (xml: string) => Map<string, string>

const withSaxes: Reader = (xml) => {
  const texts = new Map<string, string>()
  const parser = new SaxesParser()
  let text = ''
  parser.on('opentag', () => (text = ''))
  parser.on('text', (part) => (text += part))
  parser.on('cdata', (part) => (text += part))
  parser.on('closetag', ({ name }) => texts.set(name, text))
  parser.on('error', (error) => {
    throw error
  })
  parser.write(xml).close()
  return texts
}

const withFastXmlParser: Reader = (xml) => {
  const texts = new Map<string, string>()
  const collect = (value: unknown, name: string): void => {
    if (typeof value === 'string') texts.set(name, value)
    else if (Array.isArray(value)) value.forEach((inner) => collect(inner, name))
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) collect(inner, key === '#text' ? name : key)
    }
  }
  collect(new XMLParser({ parseTagValue: false, trimValues: false }).parse(xml), '')
  return texts
}

interface MarkupNode {
  type: string
  name?: string
  data?: string
  children?: MarkupNode[]
}

const withHtmlparser: Reader = (xml) => {
  const texts = new Map<string, string>()
  const textOf = ({ data, children }: MarkupNode): string => children?.map(textOf).join('') ?? data ?? ''
  const visit = (node: MarkupNode): void => {
    if (node.name !== undefined) texts.set(node.name, textOf(node))
    node.children?.forEach(visit)
  }
  visit(parseDocument(xml, { xmlMode: true }) as unknown as MarkupNode)
  return texts
}

const fromXml = (xml: string, contentName: string): Texts[] =>
  [withSaxes, withFastXmlParser, withHtmlparser].map((read) => {
    const texts = read(xml)
    // The last title of a feed is that of its last entry.
    return { title: texts.get('title') ?? '', content: texts.get(contentName) ?? '' }
  })

const fromJson = (text: string): Texts[] =>
  // An alias cannot be in JSON, so the limit of the YAML parser on them means nothing.
  [JSON.parse(text), parseYaml(text, { maxAliasCount: -1 }), parseJsonc(text)].map((feed) => {
    const item = (feed as { items: { title: string; content_html: string }[] }).items.at(-1)
    return { title: item?.title ?? '', content: item?.content_html ?? '' }
  })

const readingsOf = ({ atom, rss, json }: Feeds): Texts[] => [
  ...fromXml(atom, 'content'),
  ...fromXml(rss, 'content:encoded'),
  ...fromJson(json),
]

const title = 'AT&T <stdio.h> "q" ]]> 👩‍👩‍👧 مرحبا'

describe('three parsers of each format read', () => {
  test.each([
    ['a title of every kind', title, '<p>x</p>'],
    ['emoji and text from right to left', 'عنوان 🚀', '<p dir="rtl">مرحبا 👩‍👩‍👧 \u{1f1ea}\u{1f1fa}</p>'],
    ['what ends a CDATA section', ']]>', '<p>]]> ]]&gt; &lt;![CDATA[ ]]]]>></p>'],
    [
      '200 kB of code',
      'Code',
      `<pre><code>${'if (a &#x3C; b &#x26;&#x26; c) { puts("]]>"); }\n\t'.repeat(4600)}</code></pre>`,
    ],
  ])('%s as it was written', (_, title, content) => {
    expect(new Set(readingsOf(feedsOfEntry({ title, content })).map((texts) => JSON.stringify(texts)))).toEqual(
      new Set([JSON.stringify({ title, content })]),
    )
  })

  test('the same without the characters that XML forbids', () => {
    const bad = 'a\u0000\u0008\u000b\u000c\u001f\ufffe\uffff\ud800b\udfff'
    const readings = readingsOf(feedsOfEntry({ title: bad, content: `<p>${bad}</p>` }))
    expect(readings).toEqual(Array(9).fill({ title: 'ab', content: '<p>ab</p>' }))
  })

  test(
    'the same, whatever is written',
    () => {
      fc.assert(
        fc.property(
          fc.string({ unit: 'binary', maxLength: 80 }),
          fc.string({ unit: 'grapheme', maxLength: 80 }),
          (one, other) => {
            const readings = readingsOf(feedsOfEntry({ title: `x${one}`, content: `<p>${other}${one}</p>` }))
            expect(readings).toHaveLength(9)
            expect(new Set(readings.map((texts) => JSON.stringify(texts))).size).toBe(1)
          },
        ),
        { numRuns: runsOf(60) },
      )
    },
    propertyTimeout,
  )

  test('the title of an issue and of a project as it is in its file', () => {
    const issue = feedsOf({ 'issues/0001.md': issueFile({ title: JSON.stringify(title) }) })
    expect(new Set(readingsOf(issue).map((texts) => texts.title))).toEqual(new Set([title]))
    const context = newsletterContext({
      'architectures.yml': 'arm64: {name: B}\n',
      'categories.yml': 'databases: {name: Databases}\n',
      'projects/p.md': projectFile({
        name: JSON.stringify(title),
        claims: `\n  - {architectures: [arm64], support: works, date: 2026-03-01, link: 'https://example.org/'}`,
      }),
    })
    const source = changesFeed(viewChangeEntries(context), context)
    const entries: FeedEntryView[] = divideFeed(source).flatMap(
      (page) => viewFeed(source, page, 'atom', context).entries,
    )
    expect(entries).toHaveLength(1)
    expect(new Set(readingsOf(feedsOfEntry(entries[0] ?? {})))).toSatisfy((readings: Set<Texts>) =>
      [...readings].every((texts) => texts.title === `${title} on arm64: works, gained`),
    )
  })
})
