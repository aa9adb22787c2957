/** What to write in place of HTML. */
import { shorten, type Fix } from './problems.ts'

export function adviseOnHtml(html: string): string | Fix {
  if (/^<https?:/i.test(html)) return 'remove the spaces from the address'
  if (/^<!--/.test(html)) return { text: 'remove the comment', change: { kind: 'swap', from: html, to: '' } }
  const [, slash = '', name = ''] = /^<(\/?)([a-z][a-z0-9-]*)/i.exec(html) ?? []
  const advice = ownValue(adviceByName, name.toLowerCase())
  if (advice !== undefined) return slash === '' ? advice : `${advice}; remove \`${shorten(html)}\``
  return 'write it in Markdown, or put it in backticks'
}

const fence = 'put the code between two lines of three backticks, and write `<`, `>` and `&` in it as they are'

const adviceByName: Readonly<Record<string, string>> = {
  br: 'end the line with a backslash, `\\`, in place of it',
  pre: fence,
  b: 'write `**…**` around the words',
  strong: 'write `**…**` around the words',
  i: 'write `*…*` around the words',
  em: 'write `*…*` around the words',
  code: 'put the words in backticks',
  tt: 'put the words in backticks',
  kbd: 'put the words in backticks',
  a: 'write `[words](https://…)`',
  img: 'write `![what it shows](/…)` for a picture of this site, or a link to it',
  hr: 'write a line of `***` with an empty line above it',
  li: 'begin the line with `- `',
  p: 'put an empty line between paragraphs',
  blockquote: 'begin each line of it with `> `',
  del: 'write `~~…~~` around the words',
  span: 'remove the tag and keep its words',
  font: 'remove the tag and keep its words',
  div: 'remove the tag and keep its words',
  center: 'remove the tag and keep its words',
}

function ownValue(record: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
