/** A file as a text: held to its limits, and looked at before a parser is. */

/** Bytes of a file that are read. */
export const maximumFileBytes = 50 * 1024 * 1024
/** Components of all files together. */
export const maximumComponents = 200_000
/** How deep lists and objects may be nested. */
export const maximumDepth = 200
/** Characters of a name or a version; what is longer is none. */
export const maximumNameLength = 500

export interface StackText {
  /** Name of the file, with or without its folder; empty where the text was pasted. */
  name: string
  text: string
}

/**
 * The text of some bytes, in UTF-8 or, where the file begins by saying so, in UTF-16. Its lines end in `\n`, whatever
 * they end in, so that every reader counts them as an editor does. Undefined where it is no text.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes
  // PowerShell writes `pip freeze > requirements.txt` so.
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  const text = new TextDecoder(encoding).decode(bytes)
  if (text.includes('\0')) return undefined
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}

/** The last part of a path, lower-case: `Dockerfile` in `docker/Dockerfile` is `dockerfile`. */
export function baseName(name: string): string {
  return (name.split(/[/\\]/).at(-1) ?? '').toLowerCase()
}

/** Lines, numbered from 1. */
export function* linesOf(text: string): Generator<{ line: number; content: string }> {
  let line = 1
  let start = 0
  while (start <= text.length) {
    const end = text.indexOf('\n', start)
    yield { line, content: text.slice(start, end < 0 ? text.length : end) }
    if (end < 0) return
    start = end + 1
    line += 1
  }
}

/** Whether a text could be the name or version of something: short, on one line, and visible. */
export function isWord(text: unknown): text is string {
  return (
    typeof text === 'string' &&
    text !== '' &&
    text.length <= maximumNameLength &&
    !/[\u0000-\u001f\u007f-\u009f]/.test(text)
  )
}
