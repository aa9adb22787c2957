/** Gives each section of an old text an id, and lets the links within the text follow it. */
import { suggestId } from '#catalog/problems.ts'
import { frameIds } from '#domain/anchors.ts'
import { idPattern } from '#domain/identifier.ts'
import type { Section } from '#domain/vocabulary.ts'
import type { Heading, Nodes, Root } from 'mdast'
import { toString } from 'mdast-util-to-string'
import GithubSlugger from 'github-slugger'
import { SKIP, visit } from 'unist-util-visit'
import type { PreparedText } from './prepared-text.ts'
import { type Report, quoted } from './report.ts'
import { sectionMeant } from './section-meant.ts'
import { missingWords } from './words.ts'

export interface NamedSections {
  /** Ids of site.yml's sections, in the order of the text. */
  sections: string[]
  /** Headings of the second level that no section means. */
  others: string[]
}

const explicitId = /\s*\{#([A-Za-z0-9][A-Za-z0-9_-]*)\}\s*$/

/** Gives each second-level heading an id; links within the text follow it. */
export function nameSections(
  tree: Root,
  sections: ReadonlyMap<string, Section>,
  text: PreparedText,
  report: Report,
): NamedSections {
  const named: NamedSections = { sections: [], others: [] }
  const slugger = new GithubSlugger()
  const idOfAnchor = new Map<string, string>()
  const taken = new Set<string>(frameIds)
  const counts = new Map<string, number>()
  const headings: { heading: Heading; words: string; explicit: string | undefined }[] = []
  visit(tree, 'heading', (heading) => {
    const explicit = takeExplicitId(heading)
    headings.push({ heading, words: toString(heading), explicit })
  })
  const targets = anchorsLinkedTo(tree)
  /** Headings whose words are the name of a section have its id before those that only hold it. */
  const firstNamed = new Map<string, Heading>()
  for (const { heading, words, explicit } of headings) {
    if (explicit !== undefined && idPattern.test(explicit)) taken.add(explicit)
    const meant = heading.depth === 2 && explicit === undefined ? sectionMeant(words, sections) : undefined
    if (meant?.isExact === true && !firstNamed.has(meant.id)) firstNamed.set(meant.id, heading)
  }

  for (const { heading, words, explicit } of headings) {
    const anchor = slugger.slug(words)
    const isOurs = explicit !== undefined && idPattern.test(explicit) && !frameIds.has(explicit)
    const place = text.placeOfNode(heading)
    const remember = (id: string) => {
      for (const old of [explicit, anchor]) if (old !== undefined && !idOfAnchor.has(old)) idOfAnchor.set(old, id)
      if (explicit === undefined || isOurs) return
      report.guess('section-guessed', place, {
        actual: `{#${explicit}}`,
        guessed: id,
        reason: `The id ${quoted(explicit)} of ${quoted(words)} became \`${id}\``,
        expected: 'an id: lower-case letters, digits and hyphens',
        fix: 'nothing',
        removed: missingWords(explicit, id),
      })
    }
    if (heading.depth !== 2) {
      const isTarget = targets.has(anchor) || (explicit !== undefined && targets.has(explicit))
      const id = isOurs ? explicit : uniqueId(suggestId(words), taken, counts)
      if (isOurs || isTarget) {
        appendId(heading, id)
        taken.add(id)
      }
      remember(id)
      continue
    }
    const meant = isOurs
      ? sections.has(explicit)
        ? { id: explicit, isExact: true }
        : undefined
      : sectionMeant(words, sections)
    const isFree =
      meant !== undefined && (isOurs || (!taken.has(meant.id) && (firstNamed.get(meant.id) ?? heading) === heading))
    const id = isOurs ? explicit : isFree ? meant.id : uniqueId(suggestId(words), taken, counts)
    taken.add(id)
    remember(id)
    appendId(heading, id)
    if (isFree && !named.sections.includes(id)) named.sections.push(id)
    else if (!isFree) named.others.push(words)
    if (isOurs || (meant?.isExact === true && isFree)) continue
    report.guess('section-guessed', place, {
      actual: words,
      guessed: id,
      reason: isFree
        ? `The heading ${quoted(words)} was taken for the section \`${id}\`, ${quoted(sections.get(id)?.name ?? id)}`
        : meant
          ? `The heading ${quoted(words)} would be a second section \`${meant.id}\`; it got the id \`${id}\``
          : `The heading ${quoted(words)} is no section of \`site.yml\`; it got the id \`${id}\``,
      expected: 'the name of a section of `site.yml`',
      fix: isFree
        ? 'correct the id if another section is meant'
        : 'add the section to `site.yml`, or give the heading the id of one',
    })
  }
  followAnchors(tree, idOfAnchor, text, report)
  return named
}

function anchorsLinkedTo(tree: Root): ReadonlySet<string> {
  const anchors = new Set<string>()
  visit(tree, (node) => {
    if ((node.type === 'link' || node.type === 'definition') && node.url.startsWith('#')) {
      anchors.add(node.url.slice(1)).add(node.url.slice(1).toLowerCase())
    }
  })
  return anchors
}

function takeExplicitId(heading: Heading): string | undefined {
  const last = heading.children.at(-1)
  if (last?.type !== 'text') return undefined
  const start = last.value.lastIndexOf('{#')
  const match = start === -1 ? null : explicitId.exec(last.value.slice(Math.max(0, start - 1)))
  if (!match) return undefined
  last.value = last.value.slice(0, start).trimEnd()
  return match[1]
}

function appendId(heading: Heading, id: string): void {
  const last = heading.children.at(-1)
  if (last?.type === 'text') last.value = `${last.value.trimEnd()} {#${id}}`
  else heading.children.push({ type: 'text', value: ` {#${id}}` })
}

/** @param counts how often each id was wanted: of ten thousand like headings each gets its number at once */
function uniqueId(wanted: string, taken: ReadonlySet<string>, counts: Map<string, number>): string {
  if (!taken.has(wanted)) return wanted
  for (let count = (counts.get(wanted) ?? 1) + 1; ; count += 1) {
    counts.set(wanted, count)
    const id = `${wanted.slice(0, 57)}-${count}`
    if (!taken.has(id)) return id
  }
}

/** Links to a heading lead to its id; those to nothing become text. */
function followAnchors(tree: Root, idOfAnchor: ReadonlyMap<string, string>, text: PreparedText, report: Report): void {
  const gone = new Set<string>()
  const follow = (
    node: { url: string; title?: string | null | undefined; position?: Nodes['position'] },
    more = '',
  ): boolean => {
    if (!node.url.startsWith('#')) return true
    const id = idOfAnchor.get(node.url.slice(1)) ?? idOfAnchor.get(node.url.slice(1).toLowerCase())
    if (id !== undefined) {
      if (id === node.url.slice(1)) return true
      report.guess('link-completed', text.placeOfNode(node), {
        actual: node.url,
        guessed: `#${id}`,
        reason: `The link to ${quoted(node.url)} follows its heading to \`#${id}\``,
        expected: 'the id of a heading of this text',
        fix: 'nothing',
        removed: missingWords(node.url, id),
      })
      node.url = `#${id}`
      return true
    }
    report.guess('link-removed', text.placeOfNode(node), {
      actual: node.url,
      reason: `The link to ${quoted(node.url)} became text: no heading of this issue has that id`,
      expected: 'the id of a heading of this text',
      fix: 'link to the heading that was meant',
      removed: `${node.url} ${node.title ?? ''} ${more}`.trim(),
    })
    return false
  }
  visit(tree, 'definition', (node, index, parent) => {
    if (parent === undefined || index === undefined || follow(node, node.label ?? '')) return undefined
    gone.add(node.identifier)
    parent.children.splice(index, 1)
    return [SKIP, index]
  })
  visit(tree, (node, index, parent) => {
    if (parent === undefined || index === undefined) return undefined
    const isGone = node.type === 'link' ? !follow(node) : node.type === 'linkReference' && gone.has(node.identifier)
    if (!isGone || !('children' in node)) return undefined
    ;(parent.children as Nodes[]).splice(index, 1, ...(node.children as Nodes[]))
    return [SKIP, index]
  })
}
