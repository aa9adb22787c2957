/** Where a statement can be checked: on the web, or on a page of this site. */
import { isOwnPath } from '#domain/link.ts'
import type { ViewContext } from './context.ts'
import { linkTo, type LinkView } from './links.ts'

export function addressOfLink(link: string, { addressOf }: ViewContext): string {
  return isOwnPath(link) ? addressOf(link) : link
}

/** A link named after what it leads to: the host, or the title of our own page. */
export function viewSource(link: string, context: ViewContext): LinkView {
  const label = isOwnPath(link) ? titleOfOwnPage(link, context) : new URL(link).hostname.replace(/^www\./, '')
  return { label, address: addressOfLink(link, context) }
}

const kindOfFolder = { issues: 'issue', recipes: 'recipe', notes: 'note', projects: 'project' } as const

function titleOfOwnPage(path: string, context: ViewContext): string {
  const [, folder = '', id = ''] = path.split(/[/#?]/)
  if (folder === 'logs') return 'log of the run'
  const kind = Object.entries(kindOfFolder).find(([name]) => name === folder)?.[1]
  return kind === undefined ? context.catalog.site.title : linkTo(kind, id, context).label
}
