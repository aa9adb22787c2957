/** What a plain text points at: addresses and notes, numbered in the order in which they are named, and listed at its end. */
import { isOwnPath } from '#domain/link.ts'
import type { Definition, FootnoteDefinition, Root } from 'mdast'
import { visit } from 'unist-util-visit'

export interface TextPlaces {
  /** The address of a page of this site, with its host. */
  absoluteAddressOf: (path: string) => string
  /** The address of the page that has the same text: its anchors are there. */
  page: string
}

export interface References {
  /** The number of an address. */
  numberOf: (address: string) => number
  /** The number of a note; undefined where the text has none of that name. */
  numberOfNote: (identifier: string) => number | undefined
  /** The address in full; undefined where a link leads nowhere that a reader should go. */
  fullAddress: (url: string) => string | undefined
  definition: (identifier: string) => Definition | undefined
}

export interface ReferenceList {
  /** What a text points at: names mean what that text defines, numbers go on through all texts. */
  within: (tree: Root) => References
  addresses: () => readonly string[]
  /** The notes that were named so far, each with what it can name itself. */
  notes: () => readonly { note: FootnoteDefinition; references: References }[]
}

export function startReferences({ absoluteAddressOf, page }: TextPlaces): ReferenceList {
  const numbers = new Map<string, number>()
  const named: { note: FootnoteDefinition; references: References }[] = []
  return {
    within: (tree) => {
      const { definitions, footnotes } = definitionsIn(tree)
      const references: References = {
        numberOf: (address) => {
          const number = numbers.get(address) ?? numbers.size + 1
          numbers.set(address, number)
          return number
        },
        numberOfNote: (identifier) => {
          const note = footnotes.get(identifier)
          if (!note) return undefined
          const known = named.findIndex((one) => one.note === note)
          return known === -1 ? named.push({ note, references }) : known + 1
        },
        fullAddress: (url) => {
          if (isOwnPath(url)) return absoluteAddressOf(url)
          const full = url.startsWith('#') ? `${page}${url}` : url
          return /^https?:\/\//i.test(full) ? full.replace(notInAddresses, encodeURIComponent) : undefined
        },
        definition: (identifier) => definitions.get(identifier),
      }
      return references
    },
    addresses: () => [...numbers.keys()],
    notes: () => named,
  }
}

/** Of two definitions of one name the first counts, as on a page. */
function definitionsIn(tree: Root) {
  const definitions = new Map<string, Definition>()
  const footnotes = new Map<string, FootnoteDefinition>()
  visit(tree, (node) => {
    if (node.type === 'definition' && !definitions.has(node.identifier)) definitions.set(node.identifier, node)
    if (node.type === 'footnoteDefinition' && !footnotes.has(node.identifier)) footnotes.set(node.identifier, node)
  })
  return { definitions, footnotes }
}

/** What ends an address in a plain text, or hides a part of it. */
const notInAddresses = /[\s<>"\\\u0000-\u0020\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g
