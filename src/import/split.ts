/**
 * Old issues were often kept in one file, one after the other, each with its front matter. CommonMark does not
 * know that: a line of text followed by `---` is a heading to it, and so is the `title:` of the next issue.
 */
import { CodeEnds } from './code-ends.ts'
import { type Head, findHeads } from './front-matter-heads.ts'
import { type Report, quoted } from './report.ts'
import { type SourceLine, type SourceText, placeOf } from './source-text.ts'

export type FrontMatterKind = 'yaml' | 'toml' | 'plain'

/** One issue, as it stands in its file. */
export interface OldDocument {
  file: string
  kind: FrontMatterKind | undefined
  /** Lines between the fences. */
  metadata: SourceLine[]
  body: SourceLine[]
  /** Everything, with the fences: what the words are counted in. */
  whole: SourceLine[]
}

/** Divides a file into its issues. A file without front matter is one, or one for each title that has a number of its own. */
export function splitDocuments(source: SourceText, report: Report): OldDocument[] {
  const heads = findHeads(source, report)
  const { file, lines } = source
  if (heads === undefined) return []
  const documents: OldDocument[] = []
  const add = (from: number, to: number, head?: Head) => {
    const whole = lines.slice(from, to)
    if (!whole.some(({ text }) => /[\p{L}\p{N}]/u.test(text))) return
    documents.push({
      file,
      kind: head?.kind,
      metadata: head ? lines.slice(head.from, head.to) : [],
      body: head ? lines.slice(head.body, to) : whole,
      whole,
    })
  }
  if (heads.length === 0) {
    const titles = numberedTitles(source, report)
    const starts = titles.length > 1 ? [0, ...titles.slice(1)] : [0]
    starts.forEach((start, index) => {
      add(start, starts[index + 1] ?? lines.length)
    })
    return documents
  }
  add(0, heads[0]?.start ?? 0)
  heads.forEach((head, index) => {
    add(head.start, heads[index + 1]?.start ?? lines.length, head)
  })
  return documents
}

/** Where the first-level headings with a number of their own are, in a file that has no front matter. */
function numberedTitles({ file, lines }: SourceText, report: Report): number[] {
  const code = new CodeEnds(lines)
  const found: number[] = []
  const numbers = new Set<string>()
  let codeEnd = -1
  lines.forEach((line, index) => {
    if (index <= codeEnd) return
    codeEnd = code.endOf(index) ?? codeEnd
    if (index <= codeEnd) return
    const isSetext = /^=+\s*$/.test(lines[index + 1]?.text ?? '')
    const title = isSetext ? line.text : /^# +(.*)/.exec(line.text)?.[1]
    const number =
      title && /(?:\b(?:issue|edition|number|no\.?|nr\.?|vol\.?|week)\s*#?\s*|#)(\d{1,5})\b/i.exec(title)?.[1]
    if (!number || numbers.has(number)) return
    numbers.add(number)
    found.push(index)
    if (found.length < 2) return
    report.guess('split-guessed', placeOf(file, line, 1), {
      actual: line.text,
      guessed: 'the beginning of another issue',
      reason: `${quoted(line.text)} was taken for the title of another issue`,
      expected: 'front matter before each issue of a file',
      fix: 'if it is a part of the issue before it, join the two files',
    })
  })
  return found
}
