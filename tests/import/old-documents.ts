/** Documents composed of everything that old newsletters hold; each of their words is there once. */
import fc from 'fast-check'

interface Piece {
  text: string
  words: string[]
}

/** Texts with places for words: each `@` is a word of its own, each `%` of a text the same one. */
const blocks = [
  'A paragraph of @ and @.',
  'One line @\nand another @  \nwith a break',
  'Two *@* and **@** and `@` and ~~@~~.',
  '[@](https://example.org/@) and [@][%-label]\n\n[%-label]: https://example.org/used/@\n[@]: https://example.org/unused/@',
  '[ref %]\n\n[ref %]:https://example.org/@\n[REF %]: https://example.org/twice/@',
  '[%] and [%][]\n\n[%]: mailto:@@example.org',
  '- @\n- @\n  more @',
  '* @\n\n  @\n* @',
  '• @\n• @',
  '  • @\n  • @\n@ below',
  '– @\n– @',
  '1) @\n2) @',
  '1. @\n1. @\n5. @',
  '> @\n> @\n\nafter @',
  '## @ heading',
  '# @ first level',
  '#### @ jump',
  '@ setext\n========',
  '@ setext two\n---',
  '## Portability notes',
  '## ARM Assembly speedups @',
  '```sh\n@ --flag <b>@</b>\n```',
  '~~~\n@\n~~~',
  '    indented @\n    code @',
  '<pre class="brush: diff; title: ; notranslate" title="">--- @\n+++ @\n@@ -1 +1 @@\n-&lt;@&gt;\n+@\n</pre>',
  '<pre>\n@ &amp; @\n</pre>',
  '<pre><code class="language-go">func @() {}\n</code></pre>',
  'Inline <code>@</code> and <b>@</b> and <i>@ <em>@</em></i> and <a href="http://example.org/@">@</a><br>@',
  '<a href="https://example.org/@" title="@">@ <b>@</b></a>',
  '<img src="https://example.org/@.png" alt="@">',
  '<img src="/old/@.png">',
  '![@](https://example.org/@.jpg "@")',
  '[![@](https://example.org/@.png)](https://example.org/@)',
  '![@][pic-%]\n\n[pic-%]: https://example.org/@.png',
  '<table><tr><th>@</th><th>@</th></tr>\n\n<tr><td>@</td><td>@ | @</td></tr></table>',
  '| @ | @ |\n|---|---|\n| @ | @ |',
  '<ul>\n<li>@\n<li>@ <b>@</b>\n</ul>',
  '<ol><li>@</li><li><p>@</p><p>@</p></li></ol>',
  '<dl><dt>@</dt><dd>@</dd></dl>',
  '<div class="note">\n\n@ *@*\n\n</div>',
  '<div>@ <p>@</p> @</div>',
  '<p align="center">@</p>\n<p>@</p>',
  '<span class="x">@</span> <font color="red">@</font> <u>@</u> <sub>@</sub>',
  '<abbr title="@">@</abbr>',
  '<!-- @ -->',
  '@ <!-- @ --> @',
  '@\n\n<!--more-->\n\n@',
  '<script>var @ = "<b>@</b>"</script>',
  '<style>\n.@ { color: @ }\n</style>\n\n@',
  '<iframe src="https://video.example/@"></iframe>\n\n@',
  '@ <script src="https://example.org/@.js"></script> @',
  '@ <script>@ = *@* + `@`</script> @ <title>@ [@](https://example.org/@)</title> @',
  '<iframe>\n\n@ *@*\n\n</iframe>\n\n@ <xmp>@ *@*</xmp> @ <noscript>@</noscript>',
  '[UPDATE @]: @',
  '[UPDATE 2014-11-11]: @ is @',
  '[EDIT]: @',
  'Write to @@example.org or <@@example.org> or [@](mailto:@@example.org?subject=@)',
  '[@](javascript:alert("@")) and [@](ftp://example.org/@) and [@](../@.html) and [@](/nowhere/@/)',
  '[@](www.example.org/@) [@](//example.org/@) [@](#nowhere-@)',
  '{% highlight bash %}\n@ --@\n{% endhighlight %}',
  '{{< highlight go "linenos=table" >}}\n@\n{{< /highlight >}}',
  '{{< youtube @ >}} and {% include @.html %}',
  '# cd /home/@\n# git clone https://example.org/@\nCloning @',
  ' # make @\n # ./@ --x',
  '$ ls @\n@  @',
  '--- a/@\n+++ b/@\n@@ -1,2 +1,2 @@\n @\n-@\n+@',
  'diff --git a/@ b/@\nindex 1..2\n--- a/@\n+++ b/@\n@@ -1 +1 @@\n-@\n+@',
  '├ @\n│ └ @',
  '# a comment @\n#\nmake @',
  'A vector<T-@> and a <placeholder-@> of <Name-@ here>.',
  'AT&T and 1 < 2 && @ > 3 &copy; &eacute; @ &#8220;@&#8221; &lt;@&gt;',
  '\\*\\*@\\*\\* and \\`@\\` and snake_@_case and a*b*@',
  'Smart “@” and ‘@’ — @ … @',
  'Go to http://example.org/@ or www.example.org/@ now.',
  '@[^n-%]\n\n[^n-%]: A note @\n    that goes on @',
  '@ one.1 @ two.2\n\n@ three\n\n1. A note @\n2. Another @',
  'E = mc<sup>2</sup> and the 1<sup>st</sup> @<sup>@</sup>',
  '***\n\n@',
  '- [ ] @\n- [x] @',
  '<b>@ never closed\n\n@',
  '</div>@',
  "<p title='@\n\n@'>@</p>",
  '<div>\n<div title="@ > @\n\n*@* @">@</div></div>',
  '@ <b>crossing <i>@</b> @</i>',
  '<blockquote>\n@\n<blockquote>@</blockquote></blockquote>',
  '<h2>@</h2><h4 id="x">@</h4>',
  '<details><summary>@</summary>@</details>',
  '<video src="https://example.org/@.mp4">@</video>',
  '- item @\n\n  <pre>@</pre>\n\n  <b>@</b>',
  '> <p>@ <a href="https://example.org/@">@</a></p>',
  '<center>@<center>@</center></center>',
  'Line one\u00a0@\n\u00a0\u00a0\u00a0\u00a0@\n#\u00a0@',
  'kernel option:\n# CONFIG_@ is not set\nCONFIG_@=y',
  'foo \\\n   @ \\\n   @',
  '[edit] @',
  '+ @\n+ @',
  '@: @\n@: @',
  '<!-- an open comment @',
  '```\nan open fence @',
] as const

const separators = ['\n\n', '\n\n', '\n\n', '\n\n\n', '\n \n', '\r\n\r\n'] as const

const heads = [
  '---\ntitle: @ news, Issue 4\ndate: 2017-05-05\ntags: [@, @]\nlayout: @\n---\n',
  '---\ntitle: "@: @ & co"\nauthor: Ann Example\nsummary: About @.\n# comment @\n---\n',
  '---\ntitle: @: unquoted @\nnumber: 4\n---\n\n# @ text\n',
  '+++\ntitle = "@"\ndate = 2017-05-05T10:00:00-04:00\ncategories = ["@"]\n[extra]\nkey = "@"\n+++\n',
  'Title: @ weekly\nNumber: 7\nDate: 2017-05-05\nCategory: @\n\n',
  '# @ news, Issue 3 - 2017-05-12\n\n',
  '',
] as const

/** A text whose `@` are words that are nowhere else; `word` makes the next one. */
function filled(text: string, word: () => string): Piece {
  const words: string[] = []
  const next = () => {
    const made = word()
    words.push(made)
    return made
  }
  let same: string | undefined
  // The marks of hunks and of mail have `@` of their own.
  const result = text
    .replace(/@@ -[\d,]+ \+[\d,]+ @@/g, (hunk) => hunk.replaceAll('@', '\u0001'))
    .replace(/@@example/g, () => `${next()}\u0001example`)
    .replace(/@/g, next)
    .replace(/%(?![}\s])/g, () => (same ??= next()))
  return { text: result.replaceAll('\u0001', '@'), words }
}

export const oldDocument: fc.Arbitrary<Piece> = fc
  .tuple(
    fc.constantFrom(...heads),
    fc.array(fc.tuple(fc.constantFrom(...blocks), fc.constantFrom(...separators)), { minLength: 1, maxLength: 12 }),
  )
  .map(([head, chosen]) => {
    let count = 0
    const word = () => `q${(count += 1)}z`
    const pieces = [filled(head, word), filled('An introduction of @.\n\n', word)]
    for (const [block, separator] of chosen) {
      const piece = filled(block, word)
      pieces.push({ ...piece, text: piece.text + separator })
    }
    return { text: pieces.map(({ text }) => text).join(''), words: pieces.flatMap(({ words }) => words) }
  })

const crumbs = [
  ...[
    '---',
    '---\n',
    '\n---\ntitle: x\n',
    '+++\n',
    '\n',
    '\n\n',
    ' ',
    '    ',
    '\t',
    '# ',
    '## ',
    '- ',
    '• ',
    '1. ',
    '> ',
    '```',
    '~~~\n',
  ],
  ...[
    '<b>',
    '</b>',
    '<pre>',
    '</pre>',
    '<table>',
    '<td>',
    '</table>',
    '<!--',
    '-->',
    '<script>',
    '</script>',
    '<T>',
    '<a href="',
    '">',
    '</a>',
    '<div>',
    '</div>',
    '<p>',
    '<ul><li>',
    '<img src=x alt="',
  ],
  ...[
    '[',
    ']',
    '](',
    ')',
    ']: ',
    '![',
    '[^1]',
    '[^1]: ',
    '*',
    '**',
    '_',
    '`',
    '~~',
    '|',
    '|---|',
    '\\',
    '&amp;',
    '&#x41;',
    '&',
    '<',
    '>',
    '@',
    '@@ -1,2 +1,2 @@\n',
    '+',
    '-',
    '--- a\n+++ b\n',
  ],
  ...[
    '{% highlight %}',
    '{% endhighlight %}',
    '{{< x >}}',
    '{#id}',
    '$ ',
    '# cd ',
    'title: ',
    'http://',
    'javascript:',
    'mailto:',
    '\u00a0',
    '\r',
    '\u0000',
    '\u202e',
    '1',
    '2',
    '.',
    '  \n',
    '=====\n',
  ],
]

/** Pieces in no order: what nobody would write, and somebody will. */
export const soup: fc.Arbitrary<Piece> = fc
  .array(fc.oneof(fc.constantFrom(...crumbs), fc.constant('@')), { minLength: 1, maxLength: 60 })
  .map((parts) => {
    let count = 0
    const words: string[] = []
    const text = parts
      .map((part) => {
        if (part !== '@') return part
        const made = ` q${(count += 1)}z `
        words.push(made.trim())
        return made
      })
      .join('')
    return { text, words }
  })
