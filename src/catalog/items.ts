/** What is checked of pieces of news beyond each file alone: nobody is told the same twice, and nobody is tracked. */
import type { Issue, Item } from '#domain/issue.ts'
import { compareText, type Problem } from '#domain/problem.ts'
import { samePage, trackingParameterOf, withoutTracking } from '#domain/tracking.ts'
import { visit } from 'unist-util-visit'
import type { LocatedCatalog, LocatedEntry } from './catalog.ts'
import { parseMarkdown } from './markdown.ts'
import { unexpected } from './problems.ts'
import { placeOfValue } from './validate.ts'
import { parsePositionedYaml } from './yaml.ts'

export function checkItems({ item, issue }: LocatedCatalog, problems: Problem[]): void {
  if (item.size === 0) return
  const items = [...item.values()].sort(
    (a, b) => compareText(a.data.issue ?? '~', b.data.issue ?? '~') || compareText(a.id, b.id),
  )
  const wanted = new Set(items.map(({ data }) => samePage(data.link)))
  const issues = [...issue.values()].sort((a, b) => a.data.number - b.data.number)
  const linkedBy = pagesLinkedBy(issues, wanted)
  const firstItem = new Map<string, LocatedEntry<Item>>()
  for (const entry of items) {
    const { link } = entry.data
    const parameter = trackingParameterOf(link)
    if (parameter !== undefined) problems.push(tracked(entry, parameter))
    const page = samePage(link)
    const earlier = linkedBy.get(page)?.find(({ data, id }) => id !== entry.data.issue && isEarlier(data, entry, issue))
    const twin = firstItem.get(page)
    if (earlier) problems.push(alreadyLinked(entry, earlier.file))
    else if (twin) problems.push(alreadyLinked(entry, twin.file))
    else firstItem.set(page, entry)
  }
}

/** An item that waits comes after every issue that is out. */
function isEarlier(issue: Issue, { data }: LocatedEntry<Item>, issues: LocatedCatalog['issue']): boolean {
  const own = data.issue === undefined ? undefined : issues.get(data.issue)?.data.number
  return own === undefined ? issue.state === 'published' : issue.number < own
}

/** Which issues link to which of some pages in their text. */
function pagesLinkedBy(
  issues: readonly LocatedEntry<Issue>[],
  wanted: ReadonlySet<string>,
): Map<string, LocatedEntry<Issue>[]> {
  const found = new Map<string, LocatedEntry<Issue>[]>()
  for (const issue of issues) {
    if (!mayLink(issue.body, wanted)) continue
    const pages = new Set<string>()
    visit(parseMarkdown(issue.body), (node) => {
      if (node.type === 'link' || node.type === 'definition') pages.add(samePage(node.url))
    })
    for (const page of pages) {
      if (wanted.has(page)) found.set(page, [...(found.get(page) ?? []), issue])
    }
  }
  return found
}

/** Parsing is most of the work, and few texts of long ago have a link of today. */
function mayLink(text: string, wanted: ReadonlySet<string>): boolean {
  return [...text.matchAll(/https?:\/\/[^\s<>"]+/gi)].some(([address]) => {
    // What follows an address in a text may belong to it or to the text.
    for (let end = address.length; end > 8; end -= 1) {
      if (wanted.has(samePage(address.slice(0, end)))) return true
      if (!/[)\].,;:!?*_'`]/.test(address[end - 1] ?? '')) return false
    }
    return false
  })
}

function tracked(entry: LocatedEntry<Item>, parameter: string): Problem {
  const link = withoutTracking(entry.data.link)
  return unexpected(
    'tracking-parameter',
    placeOfLink(entry),
    'parameter',
    parameter,
    'a link without parameters that tell where a reader came from',
    { text: `write \`${link}\``, change: { kind: 'write', text: link } },
  )
}

function alreadyLinked(entry: LocatedEntry<Item>, file: string): Problem {
  return unexpected(
    'already-linked',
    placeOfLink(entry),
    'link',
    entry.data.link,
    `a page that no earlier issue or item links to: \`${file}\` does`,
    'link to what is new, such as a release or a comment; else remove the item',
  )
}

function placeOfLink({ source }: LocatedEntry<Item>): Problem['place'] {
  return placeOfValue(source, parsePositionedYaml(source.text), ['link'])
}
