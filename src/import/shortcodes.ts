/** Shortcodes of Jekyll and Hugo: nothing here runs them. */
import { fenceFor } from './fence-code.ts'
import { freeLines } from './free-lines.ts'
import { type Report, quoted } from './report.ts'
import { type SourceLine, placeOf } from './source-text.ts'

const opening =
  /^\s*\{(?:%-?\s*highlight|\{[<%]\s*(?:highlight|code))\s*"?([\w#+.-]*)"?\s*([^%}]*?)\s*(?:-?%|[>%]\})\}\s*$/i

const closing = /^\s*\{(?:%-?\s*endhighlight\s*-?%|\{[<%]\s*\/\s*(?:highlight|code)\s*[>%]\})\}\s*$/i

const anyShortcode = /\{\{[<%].*?[%>]\}\}|\{%.*?%\}|\{\{[^{}]*\}\}/g

/** `{% highlight go %}` and `{{< highlight go >}}` become fences; every other shortcode stays as text. */
export function fenceShortcodes(lines: readonly SourceLine[], file: string, report: Report): SourceLine[] {
  const changed: SourceLine[] = []
  let fence: string | undefined
  const nextClosing = new Int32Array(lines.length + 1).fill(-1)
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    nextClosing[index] = closing.test(lines[index]?.text ?? '') ? index : (nextClosing[index + 1] ?? -1)
  }
  const isFree = freeLines(lines)
  lines.forEach((line, index) => {
    const tag = line.text.trim()
    const start = fence === undefined && isFree(index) ? opening.exec(line.text) : null
    const end = nextClosing[index + 1] ?? -1
    if (start && end > index) {
      fence = fenceFor(lines.slice(index + 1, end).map(({ text }) => text))
      const language = start[1] ?? ''
      changed.push({ ...line, text: '' }, { ...line, text: `${fence}${language}` })
      tellFence(file, line, tag, `a code block${language === '' ? '' : ` of ${language}`}`, report)
      return
    }
    if (fence !== undefined && closing.test(line.text)) {
      changed.push({ ...line, text: fence }, { ...line, text: '' })
      tellFence(file, line, tag, 'the end of the code block', report)
      fence = undefined
      return
    }
    if (fence === undefined && isFree(index) && line.text.includes('{')) {
      for (const [found] of line.text.matchAll(anyShortcode)) tellKept(file, line, found, report)
    }
    changed.push(line)
  })
  return changed
}

function tellKept(file: string, line: SourceLine, tag: string, report: Report): void {
  report.guess('shortcode-kept', placeOf(file, line, line.text.indexOf(tag) + 1), {
    actual: tag,
    reason: `The shortcode ${quoted(tag)} stays as text`,
    expected: 'Markdown: nothing here runs shortcodes',
    fix: 'write what it showed',
  })
}

function tellFence(file: string, line: SourceLine, tag: string, guessed: string, report: Report): void {
  report.guess('shortcode-changed', placeOf(file, line, line.text.indexOf(tag) + 1), {
    actual: tag,
    guessed,
    reason: `The shortcode ${quoted(tag)} became ${guessed}`,
    expected: 'a code block between two lines of three backticks',
    fix: 'look whether the block is complete',
    removed: tag,
  })
}
