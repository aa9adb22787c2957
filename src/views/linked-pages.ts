/** Which pages of things of ours a text leads to. */
import type { ViewContext } from './context.ts'

/**
 * Their paths, without the last slash: `/projects/redis`. A renamed project counts by its name of today.
 * @param html  what our own renderer wrote
 */
export function pagesLinkedIn(html: string, { addressOf, catalog }: ViewContext): Set<string> {
  const root = addressOf('/')
  const paths = new Set<string>()
  for (const [, address = ''] of html.matchAll(/ href="([^"]*)"/g)) {
    if (!address.startsWith(root)) continue
    const [, folder = '', id = ''] = /^([a-z]+)\/([a-z0-9][a-z0-9-]*)\//.exec(address.slice(root.length)) ?? []
    if (folder === '') continue
    const movedTo = folder === 'projects' ? catalog.moved.get(id)?.data.movedTo : undefined
    paths.add(`/${folder}/${movedTo ?? id}`)
  }
  return paths
}

/** The ids of those pages that are below a folder such as `/projects/`. */
export function idsLinkedIn(html: string, folder: string, context: ViewContext): Set<string> {
  const paths = [...pagesLinkedIn(html, context)].filter((path) => path.startsWith(folder))
  return new Set(paths.map((path) => path.slice(folder.length)))
}
