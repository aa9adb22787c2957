import { z } from 'zod'

/** An address on the web. Only http and https: `javascript:` and `data:` are refused. */
export const WebLink = z.httpUrl('a link that starts with `https://` or `http://`').max(2000)

/** An address of this site, from its root and without the base path: `/recipes/concourse-worker/`. */
export const OwnPath = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[^\s\\]*$/, 'a path of this site such as `/recipes/concourse-worker/`')

/** Where a statement can be checked: on the web, or on a page of this site. */
export const Link = z
  .union([WebLink, OwnPath], {
    error: 'a link that starts with `https://` or `http://`, or a path of this site such as `/notes/page-size/`',
  })
  .meta({ ownPage: true })

export function isOwnPath(link: string): boolean {
  return link.startsWith('/')
}
