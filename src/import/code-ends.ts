import type { SourceLine } from './source-text.ts'

/** Finds the ends of fences, of preformatted HTML and of comments, in which nothing begins an issue. */
export class CodeEnds {
  private readonly lines: readonly SourceLine[]
  /** Marks of which is known that nothing closes them any more: what they hold is no code. */
  private readonly unclosed = new Set<string>()

  constructor(lines: readonly SourceLine[]) {
    this.lines = lines
  }

  /** Index of the line that ends what begins on a line, or undefined where nothing begins or it has no end. */
  endOf(index: number): number | undefined {
    const line = this.lines[index]?.text ?? ''
    const fence = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1]
    if (fence !== undefined) {
      return this.find(index, fence, (text) => text.trim().startsWith(fence) && /^(?:`+|~+)$/.test(text.trim()))
    }
    const name = /<(pre|script|style|textarea)(?:[\s>]|$)/i.exec(line)?.[1]?.toLowerCase()
    if (name !== undefined && !line.toLowerCase().includes(`</${name}`)) {
      return this.find(index, name, (text) => text.toLowerCase().includes(`</${name}`))
    }
    if (line.includes('<!--') && !line.includes('-->')) return this.find(index, '<!--', (text) => text.includes('-->'))
    return undefined
  }

  private find(index: number, mark: string, isEnd: (text: string) => boolean): number | undefined {
    if (this.unclosed.has(mark)) return undefined
    for (let at = index + 1; at < this.lines.length; at += 1) if (isEnd(this.lines[at]?.text ?? '')) return at
    this.unclosed.add(mark)
    return undefined
  }
}
