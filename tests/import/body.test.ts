import { describe, expect, test } from 'vitest'
import { bodyOf, codesOf, importing } from './importing.ts'

const head = '---\ntitle: News, Issue 1\nsummary: S.\n---\n'
/** Imports a body. */
const of = (body: string, options = {}) => importing(head + body, options)

/** What it becomes, and the codes of what is told of it. */
const becomes = (body: string, options = {}) => {
  const result = of(body, options)
  return [bodyOf(result), codesOf(result).filter((code) => code !== 'number-derived')] as const
}

describe('headings', () => {
  test('that repeat the title are left out', () => {
    expect(becomes('# News, Issue 1\n\nText')).toEqual(['Text', ['title-removed']])
  })

  test('of the first level move down, and levels have no gaps', () => {
    expect(becomes('Text\n\n# One\n\n#### Two\n\nThree\n=====\n')[0]).toBe(
      'Text\n\n## One {#one}\n\n### Two\n\n## Three {#three}',
    )
  })

  test('get the ids of the sections that they mean', () => {
    const { issues } = of(
      '## LANGUAGES & Compilers\n\n## ARM Assembly speedups\n\n## Portability note\n\n## Upcoming event: a fair\n',
    )
    expect(issues[0]?.sections).toEqual(['languages', 'assembly-speedups', 'portability-notes', 'upcoming-events'])
  })

  test('that mean a section twice, or none, get an id of their own', () => {
    const [body, codes] = becomes('## Portability notes\n\n## More portability notes\n\n## A cat\n\n## A cat\n')
    expect(body.match(/\{#.*?\}/g)).toEqual([
      '{#portability-notes}',
      '{#more-portability-notes}',
      '{#a-cat}',
      '{#a-cat-2}',
    ])
    expect(codes).toEqual(['section-guessed'])
  })

  test('whose name is exactly that of a section have it, wherever they stand', () => {
    const [body] = becomes('## More portability notes\n\n## Portability notes\n')
    expect(body).toContain('## Portability notes {#portability-notes}')
  })

  test('take the links within the text with them', () => {
    expect(becomes('[below](#arm-assembly-speedups)\n\n## ARM assembly speedups\n')[0]).toContain(
      '[below](#assembly-speedups)',
    )
    expect(becomes('[below](#nothing)\n')).toEqual(['below', ['link-removed']])
  })

  test('of a wiki keep their words', () => {
    expect(becomes('Text\n\n[edit] Overview\nMore')).toEqual([
      'Text\n\n## Overview {#overview}\n\nMore',
      ['heading-changed', 'section-guessed'],
    ])
  })

  test('that are not marked are told where a text has none', () => {
    expect(becomes('A text that goes on.\n\nWhat is it?\n\nMore text.\n\nWhy this\n\nAnother text.')[1]).toEqual([
      'heading-unclear',
    ])
  })
})

describe('HTML', () => {
  test.each([
    ['this <b>bold </b>and<i> slanted</i>', 'this **bold** and *slanted*'],
    ['<b> one <i>two </i></b>three<b> </b>four', '**one _two_** three four'],
    ['<ul><li> one <b><ul><li> two ', '- one **two**'],
    ['<b>bold</b> <i>slanted</i> <code>x</code> <del>gone</del>', '**bold** *slanted* `x` ~~gone~~'],
    ['one<br>two', 'one\\\ntwo'],
    ['<a href="https://example.org/">there</a> <span class="x">here</span>', '[there](https://example.org/) here'],
    ['*a <b>b* c</b>', '*a __b__* c'],
    ['10<sup>6</sup> on the 1<sup>st</sup>', '10^6 on the 1st'],
    ['a vector<T> of <name here>', String.raw`a vector\<T> of \<name here>`],
    ['<ul>\n\n<li>one</li>\n\n<li>two</li>\n</ul>', '- one\n- two'],
    ['<table>\n<tr><th>a</th></tr>\n\n<tr><td>b</td></tr>\n</table>', '| a |\n| - |\n| b |'],
    ['<div align="center">\n\n*in* it\n\n</div>', '*in* it'],
    ['<b>never closed\n\nnext', '**never closed**\n\nnext'],
    ['- item\n\n  <pre>code</pre>', '- item\n\n  ```\n  code\n  ```'],
    ['<kbd><a href="https://example.org/">x</a> y</kbd>', '[`x`](https://example.org/)` y`'],
    ['“smart” &#8220;quotes&#8221; AT&T &lt;x&gt;', String.raw`“smart” “quotes” AT&T \<x>`],
  ])('%j becomes Markdown', (html, expected) => {
    expect(becomes(html)).toEqual([expected, []])
  })

  test.each([
    ['<pre class="brush: diff; title: ; notranslate" title="">-a &lt;b&gt;\n+c\n</pre>', '```diff\n-a <b>\n+c\n```'],
    ['<pre class="brush: plain">x</pre>', '```text\nx\n```'],
    ['<pre><code class="language-go">x</code></pre>', '```go\nx\n```'],
    ['<pre lang="sh">x</pre>', '```sh\nx\n```'],
  ])('%j becomes a fence with its language', (html, expected) => {
    expect(becomes(html)).toEqual([expected, []])
  })

  test('that shows nothing, or brings something from elsewhere, is left out and told with its text', () => {
    const { guesses } = of(
      'a\n\n<script>var x = "y"</script>\n\n<iframe src="https://v.example/1"></iframe>\n\n<!-- for us -->',
    )
    expect(guesses.filter(({ removed }) => removed !== undefined)).toMatchObject([
      { code: 'html-removed', removed: '<script>var x = "y"</script>', place: { line: 7, column: 1 } },
      { code: 'html-removed', removed: '<iframe src="https://v.example/1"></iframe>', place: { line: 9 } },
      { code: 'comment-removed', removed: 'for us', place: { line: 11 } },
    ])
  })

  test.each(['script', 'style', 'textarea', 'title', 'iframe', 'noembed', 'noframes', 'template', 'select'])(
    'that stands in a line of text is told as it was typed, and no word of it is lost: <%s>',
    (name) => {
      for (const inner of ['alert(1)', 'a *b* `c` & [d](https://example.org/)']) {
        const html = `<${name}>${inner}</${name}>`
        const result = of(`Hello ${html} end`)
        expect(bodyOf(result).replace(/\s+/g, ' ')).toBe('Hello end')
        expect(codesOf(result)).not.toContain('words-lost')
        expect(result.guesses).toContainEqual(
          expect.objectContaining({ code: 'html-removed', actual: html, removed: html }),
        )
      }
    },
  )

  test.each(['title', 'iframe', 'noembed', 'noframes', 'template', 'select'])(
    'that is left out takes the paragraphs in it with it: <%s>',
    (name) => {
      const result = of(`Hello\n\n<${name}>\n\nsome *more* text\n\n</${name}>\n\nend`)
      expect(bodyOf(result)).toBe('Hello\n\nend')
      const removed = `<${name}>\nsome *more* text\n</${name}>`
      expect(result.guesses).toContainEqual(expect.objectContaining({ code: 'html-removed', actual: removed, removed }))
      expect(codesOf(result)).not.toContain('words-lost')
    },
  )

  test.each(['noscript', 'object', 'canvas'])(
    'whose text was shown leaves it, and is told as it was typed: <%s>',
    (name) => {
      const html = `<${name}>some *more* text</${name}>`
      const result = of(`Hello ${html} end`)
      expect(bodyOf(result)).toBe('Hello some *more* text end')
      expect(result.guesses).toContainEqual(expect.objectContaining({ code: 'html-removed', actual: html }))
      expect(codesOf(result)).not.toContain('words-lost')
    },
  )

  test.each([
    ['Hello <xmp>a *b* `c<d` &amp; e</xmp> end', 'Hello\n\n```\na *b* `c<d` & e\n```\n\nend'],
    ['Hello\n\n<xmp>\n\na *b*\n\n</xmp>\n\nend', 'Hello\n\n```\n\na *b*\n```\n\nend'],
    ['Hello <plaintext>a *b* end', 'Hello\n\n```\na *b* end\n```'],
  ])('that shows what it holds as it is typed becomes code: %j', (html, expected) => {
    expect(becomes(html)).toEqual([expected, []])
  })

  test.each([
    ['Hello <!-- a *b* `c` --> end', 'a *b* `c`', 'Hello end'],
    ['<div><!-- a\n\nsome *text*\n\n<p>--></p></div>\n\nend', 'a\nsome *text*\n<p>', 'end'],
  ])('that is a comment is told as it was typed: %j', (html, removed, expected) => {
    const result = of(html)
    expect(bodyOf(result).replace(/\s+/g, ' ')).toBe(expected)
    expect(result.guesses).toContainEqual(expect.objectContaining({ code: 'comment-removed', removed }))
    expect(codesOf(result)).not.toContain('words-lost')
  })

  test('that is never closed takes what stands behind it with it, and tells it', () => {
    for (const name of ['script', 'template']) {
      const result = of(`*Hello <${name}>a b* c</${name}> end`)
      expect(result.guesses).toContainEqual(expect.objectContaining({ removed: `<${name}>a b` }))
      expect(codesOf(result)).not.toContain('words-lost')
    }
  })

  test('whose tag an empty line cuts in two tells what stood before that line', () => {
    const result = of("Text.\n\n<div>\n<p title='one > two\n\nthree'>four</p></div>\n")
    expect(bodyOf(result)).toBe("Text.\n\nthree'>four")
    expect(result.problems).toEqual([])
    expect(result.guesses).toContainEqual(
      expect.objectContaining({
        code: 'html-removed',
        removed: "<p title='one > two",
        place: expect.objectContaining({ line: 8, column: 1 }) as unknown,
      }),
    )
  })

  test('that shows a title on an element tells it', () => {
    const { guesses } = of('an <abbr title="system on a chip">SoC</abbr>')
    expect(guesses).toContainEqual(expect.objectContaining({ code: 'html-removed', removed: 'system on a chip' }))
  })
})

describe('pictures', () => {
  test('of other hosts become links', () => {
    expect(becomes('<img src="https://example.org/a%20b.jpg"/>')).toEqual([
      '[Picture: a b.jpg](https://example.org/a%20b.jpg)',
      ['picture-linked'],
    ])
    expect(becomes('![A board](https://example.org/a.jpg)')[0]).toBe('[A board](https://example.org/a.jpg)')
    expect(becomes('![A board][p]\n\n[p]: https://example.org/a.jpg')[0]).toBe(
      '[A board][p]\n\n[p]: https://example.org/a.jpg',
    )
  })

  test('in links leave the link as it is', () => {
    expect(becomes('[![A](https://example.org/a.jpg)](https://example.org/)')[0]).toContain('](https://example.org/)')
  })

  test('of the old site become their description', () => {
    const { guesses } = of('![A board](/img/a.jpg) x')
    expect(guesses).toContainEqual(expect.objectContaining({ code: 'picture-removed', removed: '/img/a.jpg' }))
  })
})

describe('links', () => {
  test.each([
    ['[x](javascript:alert(1))', 'x', 'link-removed'],
    ['[x](../issue-2.html)', 'x', 'link-removed'],
    ['[x](/nowhere/)', 'x', 'link-removed'],
    ['[x](ftp://example.org/x)', 'x (`ftp://example.org/x`)', 'link-removed'],
    ['[x](www.example.org/y)', '[x](https://www.example.org/y)', 'link-completed'],
    ['[x](//example.org/y)', '[x](https://example.org/y)', 'link-completed'],
    ['ann@example.org', 'ann at example.org', 'mail-as-text'],
    ['<p>ann@example.org</p>', 'ann at example.org', 'mail-as-text'],
    ['[Ann](mailto:ann@example.org)', 'Ann (ann at example.org)', 'mail-as-text'],
    ['[Ann]\n\n[Ann]: mailto:ann@example.org', 'Ann', 'mail-as-text'],
  ])('%j become %j', (link, expected, code) => {
    expect(becomes(link)).toEqual([expected, [code]])
  })

  test.each(['[x](https://example.org/?a=1&b=2)', '[x](/projects/redis/)', '[x](/issues/0001/)'])(
    '%s stays',
    (link) => {
      expect(becomes(link)).toEqual([link, []])
    },
  )

  test('go on from the address of the old page where it is known', () => {
    expect(becomes('[x](../2/)', { base: 'https://old.example/news/1/' })[0]).toBe('[x](https://old.example/news/2/)')
    const { issues } = importing('---\ntitle: Issue 1\nurl: https://old.example/news/1/\n---\n[x](../2/)')
    expect(issues[0]?.text).toContain('[x](https://old.example/news/2/)')
    expect(issues[0]?.text).toContain('aliases:\n  - /news/1/')
  })
})

describe('definitions', () => {
  test('that are remarks become text', () => {
    const [body, codes] = becomes('Text\n\n[UPDATE 2014-11-11]: fixed\n')
    expect(body).toBe(String.raw`Text` + '\n\n' + String.raw`\[UPDATE 2014-11-11]: fixed`)
    expect(codes).toEqual(['definition-as-text'])
  })

  test('that are there twice, or lead from nowhere, are told with their places', () => {
    const { guesses } = of(
      '[a] b\n\n[a]:https://one.example/\n[a]: https://two.example/\n[b]: https://three.example/\n',
    )
    expect(guesses.filter(({ code }) => code.startsWith('definition'))).toMatchObject([
      { code: 'definition-twice', place: { file: 'old.md', line: 8, column: 1 }, guessed: 'https://one.example/' },
      { code: 'definition-unused', place: { line: 9 } },
    ])
  })
})

describe('lists', () => {
  test.each(['•', '·', '▪'])('with %s become lists of Markdown', (mark) => {
    expect(becomes(`Text:\n  ${mark} one\n  ${mark} two\nafter`)).toEqual([
      'Text:\n\n- one\n- two\n\nafter',
      ['bullets-guessed'],
    ])
  })

  test('with dashes are lists where several lines begin with one', () => {
    expect(becomes('– one\n– two')).toEqual(['- one\n- two', ['bullets-guessed']])
    expect(becomes('– he said')).toEqual(['– he said', []])
  })

  test('whose numbers Markdown would change are told', () => {
    expect(of('1. a\n1. b\n5. c').guesses).toContainEqual(
      expect.objectContaining({ code: 'list-renumbered', removed: '1 5' }),
    )
  })
})

describe('footnotes that lost their form', () => {
  test('come back where every number stands in the text once, in order', () => {
    expect(becomes('Some packages.1 And more,2 here.\n\n1. The first.\n2. The second.\n')).toEqual([
      'Some packages.[^1] And more,[^2] here.\n\n[^1]: The first.\n\n[^2]: The second.',
      ['footnotes-guessed'],
    ])
    expect(becomes('Some packages.1 And more [2].\n\n1 http://one.example\n2 http://two.example\n')[1]).toEqual([
      'footnotes-guessed',
    ])
  })

  test('stay as they are where that is not clear', () => {
    expect(becomes('One.1 Two.1\n\n1. The first.\n2. The second.\n')[1]).toEqual(['footnotes-unclear'])
    expect(becomes('Text.\n\n1. First do this.\n2. Then that.\n')[1]).toEqual([])
  })
})

describe('code without a fence gets one', () => {
  test.each([
    [
      'a unified diff',
      '--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n y\n-z\n+w\nThen go on.',
      '```diff\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n y\n-z\n+w\n```\n\nThen go on.',
    ],
    [
      'the prompt of root',
      'Run this:\n # cd /home\n # make\n\nThen go on.',
      'Run this:\n\n```console\n# cd /home\n# make\n```\n\nThen go on.',
    ],
    [
      'output below a prompt',
      '# cat /etc/resolv.conf\nnameserver 192.0.2.1\n',
      '```console\n# cat /etc/resolv.conf\nnameserver 192.0.2.1\n```',
    ],
    ['a tree', 'Look:\n\n├ a\n└ b\n', 'Look:\n\n```text\n├ a\n└ b\n```'],
    ['a comment', '# clone it\n#\ngit clone x\n', '```sh\n# clone it\n#\ngit clone x\n```'],
    [
      'options of a kernel',
      'Set\n # CONFIG_X is not set\n CONFIG_Y=y\n',
      'Set\n\n```text\n# CONFIG_X is not set\nCONFIG_Y=y\n```',
    ],
  ])('%s', (_, typed, expected) => {
    expect(becomes(typed)).toEqual([expected, ['code-guessed']])
  })

  test.each(['Text\n\n# Build the kernel', 'Text\n\n# make it work', '- a;\n- b;\n- c;', 'A – b\n\nC'])(
    '%j gets none',
    (text) => {
      expect(becomes(text)[1]).not.toContain('code-guessed')
    },
  )
})

describe('shortcodes', () => {
  test('of code become fences', () => {
    expect(becomes('{% highlight bash %}\nls <b>\n{% endhighlight %}')).toEqual([
      '```bash\nls <b>\n```',
      ['shortcode-changed'],
    ])
    expect(becomes('{{< highlight go "linenos=table" >}}\nx\n{{< /highlight >}}')[0]).toBe('```go\nx\n```')
  })

  test('of other kinds stay as text, and are told', () => {
    const [body, codes] = becomes('{{< youtube abc >}}')
    expect(body).toContain('youtube abc')
    expect(codes).toEqual(['shortcode-kept'])
  })
})

describe('projects', () => {
  test('are those to which the text links, by the most specific address', () => {
    const { issues } = of(
      '[a](https://github.com/Redis/Redis/issues/1) [b](https://go.example/doc/) [c](https://go.example/cgo/x) [d](https://github.com/golang/go)',
    )
    expect(issues[0]?.projects).toEqual(['redis', 'go', 'cgo'])
  })

  test('that are only named are told', () => {
    const { issues, guesses } = of('Redis is here, and redistribution.')
    expect(issues[0]?.projects).toEqual([])
    expect(guesses).toContainEqual(
      expect.objectContaining({ code: 'project-named', place: { file: 'old.md', line: 5, column: 1 } }),
    )
  })
})
