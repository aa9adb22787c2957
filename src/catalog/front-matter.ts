import matter from 'gray-matter'

/** A content file taken apart: YAML between two `---` lines, then Markdown. */
export interface SplitFile {
  yaml: string
  /** Line of the file on which `yaml` begins. */
  yamlLine: number
  body: string
  /** Line of the file on which `body` begins. */
  bodyLine: number
}

export interface SplitFault {
  code: 'front-matter-missing' | 'front-matter-not-yaml' | 'front-matter-unclosed'
  line: number
  actual: string
}

/** The language that follows the opening fence never chooses a parser: all but plain YAML is refused. */
function refuse(): never {
  throw new Error('front matter is data and never runs')
}
const engines = {
  // The text is handed on as it is: `parseYaml` reads it.
  yaml: { parse: () => ({}), stringify: refuse },
  json: { parse: refuse, stringify: refuse },
  javascript: { parse: refuse, stringify: refuse },
}

/**
 * Splits a content file. The fences must be lines of exactly `---`: gray-matter would also take
 * `---js` (and run it), `--- yaml`, and close at any line that begins with `---`.
 * @param text without byte order mark, lines ended by `\n`
 */
export function splitFrontMatter(text: string): SplitFile | SplitFault {
  const firstLine = lineAt(text, 0)
  if (firstLine !== '---') {
    const code = /^---\s*[A-Za-z]/.test(firstLine) ? 'front-matter-not-yaml' : 'front-matter-missing'
    return { code, line: 1, actual: firstLine.slice(0, 80) }
  }
  const close = text.indexOf('\n---', 3)
  if (close === -1) return { code: 'front-matter-unclosed', line: 1, actual: '---' }
  const closingLine = lineAt(text, close + 1)
  if (closingLine !== '---') {
    const line = text.slice(0, close + 1).split('\n').length
    return { code: 'front-matter-unclosed', line, actual: closingLine.slice(0, 80) }
  }
  const { content, matter: yaml } = matter(text, { language: 'yaml', engines })
  // gray-matter keeps the line break after the opening fence, so the YAML begins on line 1.
  const bodyLine = yaml.split('\n').length + 2
  return { yaml, yamlLine: 1, body: content, bodyLine }
}

function lineAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset)
  return text.slice(offset, end === -1 ? undefined : end)
}
