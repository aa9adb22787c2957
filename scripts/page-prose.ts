/**
 * What of a page the search finds and shows: its prose, with the headings that have addresses. Reads the HTML that this site's own build
 * wrote: every element but the void ones is closed.
 */
import type { PageMeta, Section } from '../src/query/page-texts.ts'

export interface PageProse {
  url: string
  meta: PageMeta
  /** Words with what they weigh: those of headings more, those of long lists less. */
  parts: { weight: number; words: string[] }[]
  sections: Section[]
}

/** What no excerpt shows, beside what bears `data-pagefind-ignore`. A title is found all the same. */
const framing = new Set(
  'h1 nav button caption thead aside footer form label script style noscript svg iframe template'.split(' '),
)
const framingClasses =
  /\sclass=(?:"(?:[^"]*\s)?|'(?:[^']*\s)?)?(?:crumbs|kicker|byline|age|permalink|topic|source|made-from|correct-this)(?=[\s"'>]|$)/
/** The status of a cell is in the matrix; what is announced to screen readers is no prose. */
const framingAttributes = /\s(?:data-pagefind-ignore|data-architecture|role="status")(?=[\s=]|$)/
const blocks = new Set('dt dd th td li h1 h2 h3 h4 h5 h6 p div pre section article tr br small'.split(' '))
const voids = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))

interface Open {
  name: string
  isFrame: boolean
  weight: number
  /** Of a heading: where it began. */
  heading?: { id: string; at: number; text: string }
}

/**
 * @param beginning of a page
 * @returns whether the page says what it is found as; undefined where its beginning does not tell
 */
export function isFound(beginning: string): boolean | undefined {
  const [tag] = /<main[^>]*>/.exec(beginning) ?? []
  return tag === undefined ? undefined : /\sdata-pagefind-body/.test(tag)
}

/** @param html  of a whole page; undefined where it does not say what it is found as */
export function proseOf(html: string, url: string): PageProse | undefined {
  const main = html.slice(html.indexOf('<main'), html.lastIndexOf('</main>'))
  if (isFound(main) !== true) return undefined
  const prose: PageProse = { url, meta: {}, parts: [], sections: [] }
  const open: Open[] = []
  let count = 0
  let pending = ''
  let pendingWeight = 1
  let title: string | undefined
  const flush = () => {
    const words = pending.split(/\s+/).filter((word) => word !== '')
    pending = ''
    if (words.length === 0) return
    count += words.length
    const last = prose.parts.at(-1)
    if (last?.weight === pendingWeight) last.words.push(...words)
    else prose.parts.push({ weight: pendingWeight, words })
  }
  const token = /<!--[\s\S]*?-->|<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>|([^<]+)/g
  for (let found = token.exec(main); found; found = token.exec(main)) {
    const [, slash, rawName, attributes = '', text] = found
    const top = open.at(-1)
    if (text !== undefined) {
      if (open.some(({ name }) => name === 'h1')) title = (title ?? '') + decoded(text)
      if (top?.isFrame) continue
      if (top && top.weight !== pendingWeight) {
        // A word may go on in another element, but not with another weight.
        flush()
        pendingWeight = top.weight
      }
      pending += decoded(text)
      const heading = open.find(({ heading }) => heading)?.heading
      if (heading) heading.text += decoded(text)
      continue
    }
    if (rawName === undefined) continue
    const name = rawName.toLowerCase()
    if (slash === '/') {
      const closed = open.pop()
      if (closed && !closed.isFrame && blocks.has(name)) {
        pending = pending.trimEnd()
        pending += endOf(name, pending)
        flush()
      }
      if (closed?.heading && closed.heading.text.trim() !== '') {
        const { id, at, text: heading } = closed.heading
        prose.sections.push({ id, title: heading.trim().replace(/\s+/g, ' '), at })
      }
      continue
    }
    readMeta(attributes, prose.meta)
    if (name === 'script' || name === 'style') {
      token.lastIndex = main.indexOf(`</${rawName}>`, token.lastIndex) + rawName.length + 3
      continue
    }
    if (blocks.has(name) && !top?.isFrame) flush()
    if (voids.has(name)) continue
    const isFrame = top?.isFrame === true || isFraming(name, attributes)
    const isHeading = /^h[2-6]$/.test(name)
    const id = isHeading && !isFrame ? attributeOf(attributes, 'id') : undefined
    if (id !== undefined) flush()
    const own = attributes.includes('weight') ? attributeOf(attributes, 'data-pagefind-weight') : undefined
    open.push({
      name,
      isFrame,
      // Pagefind's own: 6 for <h2>, and one less for each level below.
      weight: own !== undefined ? Number(own) : isHeading ? 8 - Number(name.slice(1)) : (top?.weight ?? 1),
      ...(id !== undefined && { heading: { id, at: count, text: '' } }),
    })
  }
  flush()
  if (title !== undefined) prose.meta.title = title.trim().replace(/\s+/g, ' ')
  return prose
}

/**
 * Nothing stands between two cells, a heading and its text, or two items: what ends there shows it.
 * @param text without space at its end
 */
function endOf(block: string, text: string): string {
  // A letter has two halves at most.
  if (!/[\p{L}\p{N})]$/u.test(text.slice(-2))) return ' '
  return /^h\d$/.test(block) ? ': ' : block === 'p' || block === 'li' ? ' · ' : ' '
}

function isFraming(name: string, attributes: string): boolean {
  if (framing.has(name)) return true
  return attributes !== '' && (framingAttributes.test(attributes) || framingClasses.test(attributes))
}

/** What `layouts/Page.astro` says of a page. */
function readMeta(attributes: string, meta: PageMeta): void {
  if (!attributes.includes('data-pagefind-meta')) return
  const kind = attributeOf(attributes, 'data-pagefind-filter')?.replace(/^kind:/, '')
  const names = attributeOf(attributes, 'data-names')
  const identifiers = attributeOf(attributes, 'data-identifiers')
  if (kind !== undefined) meta.kind = kind
  if (names !== undefined) meta.names = names
  if (identifiers !== undefined) meta.identifiers = identifiers
}

function attributeOf(attributes: string, name: string): string | undefined {
  const [, quoted, single, bare] =
    new RegExp(`(?:^|\\s)${name}=(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`).exec(attributes) ?? []
  const value = quoted ?? single ?? bare
  return value === undefined ? undefined : decoded(value)
}

const named = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }))

function decoded(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named.get(name) ?? whole
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      return code > 0x10ffff ? whole : String.fromCodePoint(code)
    },
  )
}
