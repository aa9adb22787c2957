import { z } from 'zod'

// Browsers drop or rewrite some of these characters and do not show others: a reader would go elsewhere than the text says.
const outsideAddresses = String.raw`\s\\<>"\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff`

const outsideAddress = new RegExp(`[${outsideAddresses}]`)

/** Why a link that holds credentials is none, as a noun phrase. */
export const linkWithoutCredentials =
  'a link without a name or a password before `@`: they look like the site that is linked to, and a password would be public'

/** Whether something stands before the host: in `https://github.com@evil.example/` that is `evil.example`. */
export function hasCredentials(link: string): boolean {
  return /^\s*https?:[/\\]*[^/\\?#]*@/i.test(link)
}

/** An address on the web. Only http and https: `javascript:` and `data:` are refused. */
export const WebLink = z
  .httpUrl('a link that starts with `https://` or `http://`')
  .max(2000, 'at most 2000 characters')
  .refine((link) => !outsideAddress.test(link), {
    error: 'a link without spaces, quotes and backslashes',
    params: { code: 'bad-link' },
  })
  .refine((link) => !hasCredentials(link), { error: linkWithoutCredentials, params: { code: 'bad-link' } })
  .meta({ pattern: '^https?://' })

/** An address of this site, from its root and without the base path: `/recipes/concourse-worker/`. */
export const OwnPath = z
  .string()
  .max(500, 'at most 500 characters')
  .regex(new RegExp(`^/(?!/)[^${outsideAddresses}]*$`), 'a path of this site such as `/recipes/concourse-worker/`')

/** An old address of this site: any path at which a static host can serve a page. */
export const OldAddress = z
  .string()
  .max(300, 'at most 300 characters')
  .regex(
    /^\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*\/?$/,
    'an old path of this site such as `/golang/`, of letters, digits, `.`, `_`, `~` and `-`',
  )
  .meta({ oldAddress: true })

/** Where a statement can be checked: on the web, or on a page of this site. */
export const Link = z
  .union([WebLink, OwnPath], {
    error: ({ input }) =>
      typeof input === 'string' && hasCredentials(input)
        ? linkWithoutCredentials
        : 'a link that starts with `https://` or `http://`, or a path of this site such as `/notes/page-size/`',
  })
  .meta({ ownPage: true })

/** Whether an address leads to this site. Of `//host/` and `/\\host/` browsers make another one. */
export function isOwnPath(link: string): boolean {
  return /^\/(?![/\\])/.test(link)
}
