/**
 * HTML that leaves its page: for another page of the site, or for a feed reader. It reads only what
 * our own Markdown renderer writes: attributes are bare or in double quotes, and a `<` in text is
 * always escaped.
 */

/** The HTML for another page of the site: it brings no ids, and its fragments lead back to its own page. */
export function htmlForOtherPage(html: string, ownAddress: string): string {
  return rewriteAttributes(html.replace(footnotes, '').trim(), (name, value) => {
    if (name === 'id' || name === 'aria-describedby') return undefined
    return name === 'href' && value?.startsWith('#') ? `${ownAddress}${value}` : value
  })
}

/** The HTML for a feed reader: plain markup, and every address in full. */
export function htmlForFeed(html: string, ownAddress: string): string {
  return rewriteAttributes(html, (name, value) => {
    if (!feedAttributes.has(name)) return undefined
    return addressAttributes.has(name) && value !== undefined ? absolute(value, ownAddress) : value
  })
}

/** A text as the value of an attribute, in double quotes. */
export function escapeQuoted(text: string): string {
  return escapeHtml(text).replace(/"/g, '&quot;')
}

/**
 * The HTML for a mail: as for a feed reader, without controls of forms, and with pictures whose size is known. What
 * services that send mail would take for one of their tags is written so that it shows as it is.
 */
export function htmlForMail(html: string, ownAddress: string): string {
  const portable = rewriteAttributes(html.replace(startTag, mailTag), (name, value) => {
    if (!feedAttributes.has(name)) return undefined
    const full = addressAttributes.has(name) && value !== undefined ? absolute(value, ownAddress) : value
    return full?.replace(/</g, '&lt;').replace(/>/g, '&gt;')
  })
  return withoutMergeTags(portable)
}

/** The HTML, where two characters that begin or end a tag of a template never stand beside each other. */
export function withoutMergeTags(html: string): string {
  return html
    .replace(/\{(?=[{%#])/g, '&#123;')
    .replace(/\}(?=\})/g, '&#125;')
    .replace(/\*(?=\|)/g, '&#42;')
    .replace(/\|(?=\*)/g, '&#124;')
    .replace(/@(?=TrackLink)/gi, '&#64;')
}

/** A text as HTML. */
export function escapeHtml(text: string): string {
  // Names and addresses rarely have any, and a page may have thousands of them.
  if (!/[&<>]/.test(text)) return text
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

// Footnotes stand at the end of their whole text, and hold what belongs to its other sections.
const footnotes = /<section data-footnotes[\s\S]*?<\/section>/

const addressAttributes = new Set(['href', 'src', 'cite'])

/** What means something without our styles and scripts. */
const feedAttributes = new Set([
  ...addressAttributes,
  'align',
  'alt',
  'checked',
  'colspan',
  'datetime',
  'disabled',
  'height',
  'lang',
  'reversed',
  'rowspan',
  'scope',
  'start',
  'title',
  'type',
  'width',
])

function absolute(address: string, base: string): string {
  // Full addresses stay as they were typed: parsing would rewrite their queries.
  return /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : new URL(address, base).href
}

const startTag = /<([a-z][a-z0-9]*)((?:\s+[^\s=>"'/]+(?:="[^"]*")?)+)\s*>/gi
const attribute = /([^\s=>"'/]+)(?:="([^"]*)")?/g

/** Pictures for previews have one size, and are shown at half of it; of other files nobody here knows the size. */
const sizedPicture = /\/social\/[a-z0-9-]+\.png$/

function mailTag(whole: string, tag: string, attributes: string): string {
  const valueOf = (name: string) =>
    [...attributes.matchAll(attribute)].find(([, key]) => key?.toLowerCase() === name)?.[2]
  if (tag === 'input') return /\schecked(?:\s|=|$)/i.test(attributes) ? '[x]' : '[ ]'
  if (tag !== 'img') return whole
  const source = valueOf('src') ?? ''
  const text = valueOf('alt') ?? ''
  return sizedPicture.test(source)
    ? `<img src="${source}" alt="${text}" width="600" height="315">`
    : `<em>[Picture: ${text}]</em>`
}

function rewriteAttributes(
  html: string,
  rewrite: (name: string, value: string | undefined) => string | undefined,
): string {
  return html.replace(startTag, (_, tag: string, attributes: string) => {
    let kept = ''
    for (const [, name = '', value] of attributes.matchAll(attribute)) {
      const bare = value === undefined
      const next = rewrite(name.toLowerCase(), value ?? '')
      if (next !== undefined) kept += bare ? ` ${name}` : ` ${name}="${next}"`
    }
    return `<${tag}${kept}>`
  })
}
