/**
 * A third, narrow reader of YAML, for the maps and lists that most front matter holds. It takes a tenth of js-yaml's time, and
 * reads a text wholly or not at all: whatever is no line of `key: value` or `- value`, indented like its neighbours, leaves all
 * of it to `parseAnyYaml`. A property test holds both equal (docs/decisions/0023-simple-yaml.md).
 */
import { blockTextOf, valueOfLine } from './simple-yaml-values.ts'
import type { YamlValue } from './yaml.ts'

/** @returns what the text says, if it is simple and a map */
export function parseSimpleYaml(text: string): YamlValue | undefined {
  // Tabs, control characters, byte order marks and odd spaces or halves of characters are what parsers disagree about.
  if (/[^\n -~]/.test(text) && /[^\n -~\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(text)) return undefined
  if (text.includes(' \n') || text.endsWith(' ')) return undefined
  const reader = new Reader(text.split('\n'))
  const map = reader.map(0, 0)
  return reader.isAtEnd() && map && Object.keys(map).length > 0 ? map : undefined
}

/** Deeper than any of our schemas, and far from where depth is refused. */
const maximumDepth = 8

// A letter first: `__proto__` and numbers, which objects put before all other keys, are not among them.
const entry = /^([A-Za-z][A-Za-z0-9_-]{0,63}):(?: ([^ ].*))?$/

class Reader {
  private readonly lines: string[]
  private at = 0
  /** The line to be read next, without its indentation; of the end, the indentation is -1. */
  private text = ''
  private indent = -1

  constructor(lines: string[]) {
    this.lines = lines
    this.goTo(0)
  }

  isAtEnd(): boolean {
    return this.indent === -1
  }

  map(indent: number, depth: number): Record<string, YamlValue> | undefined {
    if (depth > maximumDepth) return undefined
    const map: Record<string, YamlValue> = {}
    while (this.indent === indent) {
      const [whole, key = '', text] = entry.exec(this.text) ?? []
      if (whole === undefined || Object.hasOwn(map, key)) return undefined
      const value = text === undefined ? this.below(indent, depth) : this.value(text, indent)
      if (value === undefined) return undefined
      map[key] = value
    }
    return map
  }

  /** What stands below a key without a value, further in. Nothing is empty text. */
  private below(indent: number, depth: number): YamlValue | undefined {
    this.goTo(this.at + 1)
    const isList = this.text.startsWith('-')
    // A list may also begin right below its key.
    if (this.indent <= indent) return this.indent === indent && isList ? undefined : ''
    return isList ? this.list(this.indent, depth + 1) : this.map(this.indent, depth + 1)
  }

  private list(indent: number, depth: number): YamlValue[] | undefined {
    const list: YamlValue[] = []
    while (this.indent === indent) {
      if (!/^- [^ ]/.test(this.text)) return undefined
      const rest = this.text.slice(2)
      let value: YamlValue | undefined
      if (entry.test(rest)) {
        // A map whose first key stands behind the hyphen.
        ;[this.text, this.indent] = [rest, indent + 2]
        value = this.map(indent + 2, depth + 1)
      } else {
        value = this.value(rest, indent)
      }
      if (value === undefined) return undefined
      list.push(value)
    }
    return list
  }

  private value(text: string, indent: number): YamlValue | undefined {
    const block = blockTextOf(text, this.lines, this.at + 1, indent)
    this.goTo(block?.next ?? this.at + 1)
    return block ? block.text : valueOfLine(text)
  }

  /** Goes to the first line from here on that says something: that is neither empty nor a comment. */
  private goTo(line: number): void {
    for (this.at = line; this.at < this.lines.length; this.at += 1) {
      const its = this.lines[this.at] ?? ''
      const indent = its.search(/[^ ]/)
      if (indent === -1 || its[indent] === '#') continue
      ;[this.text, this.indent] = [its.slice(indent), indent]
      return
    }
    ;[this.text, this.indent] = ['', -1]
  }
}
