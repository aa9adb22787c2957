/** The numbers of lists: Markdown keeps the first one and counts on. Those that it would change are told. */
import type { List, Root } from 'mdast'
import { visit } from 'unist-util-visit'
import type { PreparedText } from './prepared-text.ts'
import type { Report } from './report.ts'

export function tellNumbers(tree: Root, text: PreparedText, report: Report): void {
  visit(tree, 'list', (list: List) => {
    if (list.ordered !== true) return
    const start = list.start ?? 1
    const typed = list.children.map((item) => {
      const offset = item.position?.start.offset
      return offset === undefined ? undefined : /^\d{1,9}(?=[.)])/.exec(text.text.slice(offset, offset + 10))?.[0]
    })
    const changed = typed.flatMap((number, index) =>
      number === undefined || number === String(start + index) ? [] : [number],
    )
    if (changed.length === 0) return
    const counted = typed.map((_, index) => String(start + index)).join(', ')
    report.guess('list-renumbered', text.placeOfNode(list), {
      actual: typed.join(', '),
      guessed: counted,
      reason: `The items of this list are numbered ${typed.slice(0, 10).join(', ')}${typed.length > 10 ? ', …' : ''}; Markdown counts on from ${start}`,
      expected: 'a list whose numbers follow each other',
      fix: 'write the numbers into the text where readers need them',
      removed: changed.join(' '),
    })
  })
}
