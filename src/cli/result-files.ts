/** Files of CI results as texts. */
import { closeSync, openSync, readSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Problem } from '#domain/problem.ts'
import { maximumDocumentBytes } from '#ingest/document.ts'
import { lineTooLarge, notUtf8 } from '#ingest/problems.ts'
import { isJsonLine, resultText, type ResultText } from './result-text.ts'
import type { World } from './world.ts'

export interface ResultPart extends ResultText {
  name: string
  /** The line of the file that the text begins with, from 1. */
  firstLine: number
  /** Whether each line is a document of its own, also where the first ones are broken. */
  isLines: boolean
  /** Bytes of a line that is larger than any document may be: it stands for itself, and has no text. */
  bytesOfLongLine?: number
}

const blockBytes = 8 * 1024 * 1024
const newline = 0x0a

/**
 * The texts of files that can be read. A long file of JSON Lines comes in blocks of whole lines, so that memory does
 * not grow with it; other files come whole, and are held to the limit of a document.
 */
export function* textsOf(names: readonly string[], world: World): Generator<ResultPart> {
  for (const name of names) {
    if (name === '-') {
      const bytes = Buffer.from(world.standardInput())
      let from = 0
      yield* blocksOf('standard input', () => bytes.subarray(from, (from += blockBytes)))
      continue
    }
    const path = resolve(world.directory, name)
    const file = openSync(path, 'r')
    try {
      yield* blocksOf(name, () => {
        const chunk = Buffer.alloc(blockBytes)
        return chunk.subarray(0, readSync(file, chunk, 0, blockBytes, null))
      })
    } finally {
      closeSync(file)
    }
  }
}

/** A problem for each line that is not in the text of a part. */
export function unreadLines({ name, firstLine, strangeLines, bytesOfLongLine }: ResultPart): Problem[] {
  const unread = strangeLines.map((line) => notUtf8(firstLine - 1 + line))
  if (bytesOfLongLine !== undefined) unread.push(lineTooLarge(firstLine, bytesOfLongLine))
  return unread.map(({ spot, ...problem }) => ({ ...problem, place: { file: name, ...spot } }))
}

/** @param read the next bytes; none at the end */
function* blocksOf(name: string, read: () => Buffer): Generator<ResultPart> {
  const chunks: Buffer[] = []
  let length = 0
  while (length <= maximumDocumentBytes) {
    const chunk = read()
    if (chunk.length === 0) break
    chunks.push(chunk)
    length += chunk.length
  }
  const start = Buffer.concat(chunks)
  const isFirstLong = start[0] === 0x7b && !start.subarray(0, maximumDocumentBytes + 1).includes(newline)
  if (start.length <= maximumDocumentBytes || !(isFirstLong || isJsonLine(start))) {
    // Past the limit of a document it is refused anyway, and need not be read to its end.
    yield { name, ...resultText(start), firstLine: 1, isLines: false }
    return
  }

  let firstLine = 1
  for (const lines of wholeLines(() => chunks.shift() ?? read())) {
    if (typeof lines === 'number') {
      yield { name, text: '', strangeLines: [], firstLine, isLines: true, bytesOfLongLine: lines }
      firstLine += 1
    } else {
      const part = resultText(lines, true)
      yield { name, ...part, firstLine, isLines: true }
      firstLine += part.text.split('\n').length - 1
    }
  }
}

/** Blocks of whole lines; of a line that is larger than a document may be only its bytes. */
function* wholeLines(read: () => Buffer): Generator<Buffer | number> {
  let rest = Buffer.alloc(0)
  let skipped = 0
  for (let isEnd = false; !isEnd;) {
    const chunk = read()
    isEnd = chunk.length === 0
    let block = Buffer.concat([rest, chunk])
    // Only the first line can have begun in an earlier block, and so be a long one.
    const endOfFirst = block.indexOf(newline) + 1 || (isEnd ? block.length : 0)
    if (endOfFirst === 0 && !isEnd) {
      const isLong = skipped + block.length > maximumDocumentBytes
      if (isLong) skipped += block.length
      rest = isLong ? Buffer.alloc(0) : block
      continue
    }
    if (skipped + endOfFirst > maximumDocumentBytes) yield skipped + endOfFirst
    else if (endOfFirst > 0) yield block.subarray(0, endOfFirst)
    skipped = 0
    block = block.subarray(endOfFirst)
    const end = isEnd ? block.length : block.lastIndexOf(newline) + 1
    if (end > 0) yield block.subarray(0, end)
    rest = Buffer.from(block.subarray(end))
  }
}
