/** Parameters that tell a site where its visitors came from, and nothing about the page. Any other one is left alone. */
const trackingParameter =
  /^(?:utm_[a-z_]+|fbclid|gclid|dclid|msclkid|yclid|twclid|mc_cid|mc_eid|mkt_tok|igshid|_hsenc|_hsmi|vero_id|oly_anon_id|oly_enc_id)$/i

/** The first such parameter of an address. */
export function trackingParameterOf(link: string): string | undefined {
  return partsOf(link).find((part) => trackingParameter.test(nameOf(part)))
}

/** The address without them. Everything else of it stays as it was typed. */
export function withoutTracking(link: string): string {
  const [, before = '', , fragment = ''] = splitQuery(link)
  const kept = partsOf(link).filter((part) => !trackingParameter.test(nameOf(part)))
  return `${before}${kept.length === 0 ? '' : `?${kept.join('&')}`}${fragment}`
}

/**
 * What two addresses of one page have in common. http and https, a `www.` and a last slash are no difference, nor is
 * what tracks; a fragment is, because a page may tell many things.
 */
export function samePage(link: string): string {
  const [, before = '', query = '', fragment = ''] = splitQuery(withoutTracking(link))
  const [, host = '', path = ''] = /^https?:\/\/(?:www\.)?([^/]*)(.*)$/i.exec(before) ?? []
  return `${host.toLowerCase()}${path.replace(/\/+$/, '')}${query}${fragment === '#' ? '' : fragment}`
}

/** The address, what stands before its query, the query with its `?`, and the fragment with its `#`. */
function splitQuery(link: string): readonly (string | undefined)[] {
  return /^([^?#]*)(\?[^#]*)?(#[\s\S]*)?$/.exec(link) ?? [link, link]
}

function partsOf(link: string): string[] {
  const [, , query = ''] = splitQuery(link)
  return query
    .slice(1)
    .split('&')
    .filter((part) => part !== '')
}

function nameOf(part: string): string {
  return part.split('=', 1)[0] ?? ''
}
