/**
 * The packages that read and render Markdown: three hundred modules, which most runs of a command have no text for. They
 * are loaded when the first text needs them; a build keeps them out of its bundle, so it finds them the same way.
 */
import { createRequire } from 'node:module'
import type * as RehypeSanitize from 'rehype-sanitize'
import type * as RehypeStringify from 'rehype-stringify'
import type * as RemarkGfm from 'remark-gfm'
import type * as RemarkParse from 'remark-parse'
import type * as RemarkRehype from 'remark-rehype'
import type * as Unified from 'unified'

const require = createRequire(import.meta.url)

function loadTools() {
  const { unified } = require('unified') as typeof Unified
  const { default: remarkParse } = require('remark-parse') as typeof RemarkParse
  const { default: remarkGfm } = require('remark-gfm') as typeof RemarkGfm
  const { default: remarkRehype } = require('remark-rehype') as typeof RemarkRehype
  const { default: rehypeSanitize, defaultSchema } = require('rehype-sanitize') as typeof RehypeSanitize
  const { default: rehypeStringify } = require('rehype-stringify') as typeof RehypeStringify
  const sanitizeSchema: RehypeSanitize.Options = {
    ...defaultSchema,
    clobberPrefix: '',
    protocols: { href: ['http', 'https'], src: ['http', 'https'], cite: ['http', 'https'] },
  }
  return {
    parser: unified().use(remarkParse).use(remarkGfm).freeze(),
    /** @param idPrefix put before the ids of footnotes */
    renderer: (idPrefix: string) =>
      unified()
        .use(remarkRehype, { clobberPrefix: `${idPrefix}note-` })
        .use(rehypeSanitize, sanitizeSchema),
    stringifier: unified().use(rehypeStringify).freeze(),
  }
}

let tools: ReturnType<typeof loadTools> | undefined

export function markdownTools(): ReturnType<typeof loadTools> {
  tools ??= loadTools()
  return tools
}
