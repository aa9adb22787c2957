/** The lines that Markdown reads, and where each of its characters stood in the input. */
import type { Place } from '#domain/problem.ts'
import type { Nodes } from 'mdast'
import { placeOf, type SourceLine } from './source-text.ts'

export class PreparedText {
  readonly file: string
  readonly text: string
  private readonly lines: readonly SourceLine[]
  private readonly starts: number[] = []

  constructor(file: string, lines: readonly SourceLine[]) {
    this.file = file
    this.lines = lines
    this.text = lines.map(({ text }) => text).join('\n')
    let start = 0
    for (const { text } of lines) {
      this.starts.push(start)
      start += text.length + 1
    }
  }

  /** Where an offset of the text stood in the file. */
  placeAt(offset: number): Place {
    let low = 0
    let high = this.starts.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    const line = this.lines[low] ?? { text: '', line: 1 }
    return placeOf(this.file, line, Math.min(offset - (this.starts[low] ?? 0), line.text.length) + 1)
  }

  /** Where a node of its tree stood in the file. */
  placeOfNode(node: { position?: { start: { offset?: number | undefined } } | undefined }): Place {
    return this.placeAt(node.position?.start.offset ?? 0)
  }

  /** The Markdown of a node, as it was typed. */
  sourceOf(node: Nodes): string | undefined {
    const { start, end } = node.position ?? {}
    if (start?.offset === undefined || end?.offset === undefined || end.offset <= start.offset) return undefined
    return this.text.slice(start.offset, end.offset)
  }
}
