import { supportWords } from './status-words.ts'

/** Ids that the frame of every page has, or that its scripts look for; nothing in content may take them. */
export const frameIds: ReadonlySet<string> = new Set([
  'content',
  'matrix',
  'filters',
  'count',
  'pages',
  'no-match',
  'theme',
  'search-dialog',
  'dialog-q',
  'dialog-kind',
])

/** The parts of the page that explains the words: a test holds them to it. */
export const anchorsOfStatusWords: readonly string[] = [
  ...['groups', 'support', 'basis', 'rule', 'levels', 'table', 'asking'],
  ...supportWords,
]

const itemPrefix = 'item-'

/** The id of an item on the page of its issue. */
export function anchorOfItem(id: string): string {
  return `${itemPrefix}${id}`
}

/** Whether a heading may not have an id, because something else of its page has it. */
export function isReservedAnchor(id: string): boolean {
  return frameIds.has(id) || id.startsWith(itemPrefix)
}
