/**
 * The page about problems, from docs/problems.md: a section each kind, a paragraph each code, and what is wrong
 * and right beside each other. The text is the generator's own and does not come from the content.
 */
import { uniqueIds, type ContentsEntry } from './anchors.ts'
import type { ViewContext } from './context.ts'

export interface DocumentedProblem {
  /** Its anchor, too. */
  code: string
  meaningHtml: string
  wrongHtml: string
  rightHtml: string
}

export interface ProblemSection {
  id: string
  title: string
  introHtml: string
  problems: DocumentedProblem[]
}

export interface DocumentedProblems {
  introHtml: string
  sections: ProblemSection[]
  contents: ContentsEntry[]
  count: number
}

/** @param text docs/problems.md: `## Section`, below it `` ### `code` `` with `- wrong:` and `- right:` */
export function viewDocumentedProblems(text: string, { markdown, inline }: ViewContext): DocumentedProblems {
  const [intro = '', ...parts] = splitAtHeadings(withoutNeighbours(text), '## ')
  const codes = parts.flatMap((part) => splitAtHeadings(part, '### ').slice(1).map(codeOf))
  const idOf = uniqueIds(codes)
  const sections = parts.map((part): ProblemSection => {
    const [head = '', ...paragraphs] = splitAtHeadings(part, '### ')
    const title = firstLineOf(head)
    return {
      id: idOf(title.toLowerCase().replaceAll(' ', '-')),
      title,
      introHtml: rendered(afterFirstLine(head), markdown),
      problems: paragraphs.map((paragraph) => {
        const [meaning, wrong, right] = partsOf(afterFirstLine(paragraph))
        const code = codeOf(paragraph)
        return {
          code,
          meaningHtml: rendered(meaning, markdown),
          wrongHtml: inline(wrong),
          rightHtml: inline(right),
        }
      }),
    }
  })
  return {
    // The list of sections that a reader of the file has; the page has its own.
    introHtml: rendered(afterFirstLine(intro).replace(/^- \[[^]*$/m, ''), markdown),
    sections,
    contents: sections.map(({ id, title, problems }) => ({
      label: title,
      address: `#${id}`,
      parts: problems.map(({ code }) => ({ label: code, address: `#${code}` })),
    })),
    count: codes.length,
  }
}

function rendered(text: string, markdown: ViewContext['markdown']): string {
  return text === '' ? '' : markdown(text).html
}

/** What stands before the first heading, then each heading with what is below it; what is between fences is no heading. */
function splitAtHeadings(text: string, mark: '## ' | '### '): string[] {
  const parts: string[][] = [[]]
  let isCode = false
  for (const line of text.split('\n')) {
    if (/^\s*```/.test(line)) isCode = !isCode
    if (!isCode && line.startsWith(mark)) parts.push([line.slice(mark.length)])
    else parts.at(-1)?.push(line)
  }
  return parts.map((lines) => lines.join('\n'))
}

/** Links to files beside it lead nowhere on a page; their words stay. */
function withoutNeighbours(text: string): string {
  return text.replace(/\[([^\]\n]+)\]\([\w./-]+\.md(?:#[\w-]+)?\)/g, '$1')
}

function firstLineOf(text: string): string {
  return text.split('\n', 1)[0]?.trim() ?? ''
}

function afterFirstLine(text: string): string {
  return text.slice(text.indexOf('\n') + 1).trim()
}

function codeOf(paragraph: string): string {
  return firstLineOf(paragraph).replaceAll('`', '')
}

/** What it means, and the two examples without the indentation of their list. */
function partsOf(text: string): [meaning: string, wrong: string, right: string] {
  const [meaning = '', ...examples] = text.split(/^- (?=wrong:|right:)/m)
  const example = (word: string) =>
    (examples.find((one) => one.startsWith(word)) ?? '').slice(word.length).replace(/^ {2}/gm, '').trim()
  return [meaning.trim(), example('wrong:'), example('right:')]
}
