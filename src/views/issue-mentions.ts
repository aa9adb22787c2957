/**
 * Where the newsletter speaks of a thing: by name in the front matter of an issue or an item, or by a link in a text.
 * The way back from the pages that the newsletter leads to.
 */
import { anchorOfItem } from '#domain/anchors.ts'
import type { ViewContext } from './context.ts'
import { itemsOfIssue } from './issue-items.ts'
import { pagesLinkedIn } from './linked-pages.ts'
import { publicIssues, type LinkView } from './links.ts'

const folderOfKind = {
  project: '/projects/',
  architecture: '/architectures/',
  recipe: '/recipes/',
  note: '/notes/',
  category: '/categories/',
} as const
export type MentionedKind = keyof typeof folderOfKind

/** How many of them a page names; the feed of a thing has all of them. */
const shownMentions = 12

/** The newest issues and items that speak of a thing. An issue that only does so in its items is named by these. */
export function newsAbout(kind: MentionedKind, id: string, context: ViewContext): LinkView[] {
  let found = mentionsOfBuild.get(context)
  if (!found) mentionsOfBuild.set(context, (found = findMentions(context)))
  return found.get(`${folderOfKind[kind]}${id}`)?.slice(0, shownMentions) ?? []
}

const mentionsOfBuild = new WeakMap<ViewContext, ReadonlyMap<string, LinkView[]>>()

function findMentions(context: ViewContext): ReadonlyMap<string, LinkView[]> {
  const { addressOf } = context
  const mentions = new Map<string, LinkView[]>()
  const add = (paths: Iterable<string>, link: LinkView) => {
    for (const path of paths) {
      const known = mentions.get(path)
      if (known) known.push(link)
      else mentions.set(path, [link])
    }
  }
  for (const { id, data, body } of publicIssues(context)) {
    const address = addressOf(`/issues/${id}/`)
    const named = data.projects.map((project) => `${folderOfKind.project}${project}`)
    add(new Set([...named, ...linkedPaths(body, context)]), { label: data.title, address })
    for (const item of itemsOfIssue(id, context)) {
      const paths = [
        ...item.data.projects.map((project) => `${folderOfKind.project}${project}`),
        ...item.data.architectures.map((architecture) => `${folderOfKind.architecture}${architecture}`),
        ...linkedPaths(item.body, context),
      ]
      const label = `${item.data.title} (${data.title})`
      add(new Set(paths), { label, address: `${address}#${anchorOfItem(item.id)}` })
    }
  }
  return mentions
}

function linkedPaths(text: string, context: ViewContext): Set<string> {
  // Rendering is most of the work, and few texts have such a link.
  if (!/\]\(\s*<?\/|\]:\s*<?\//.test(text)) return new Set()
  return pagesLinkedIn(context.markdown(text).html, context)
}
