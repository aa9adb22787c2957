/** Files of CI results as texts. */
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { isJsonLine, resultText, type ResultText } from './result-text.ts'
import { CannotRun, type World } from './world.ts'

export interface ResultPart extends ResultText {
  name: string
  /** The line of the file that the text begins with, from 1. */
  firstLine: number
}

const blockBytes = 8 * 1024 * 1024

/**
 * The texts of files. A long file of JSON Lines comes in blocks of whole lines, so that memory does
 * not grow with it; other files come whole, and are held to the limit of a document.
 */
export function* textsOf(names: readonly string[], world: World): Generator<ResultPart> {
  for (const name of names) {
    if (name === '-') {
      yield { name: 'standard input', ...resultText(Buffer.from(world.standardInput())), firstLine: 1 }
      continue
    }
    const path = resolve(world.directory, name)
    if (!existsSync(path)) throw new CannotRun(`There is no file \`${name}\`.`)
    if (statSync(path).isDirectory()) throw new CannotRun(`\`${name}\` is a folder, expected the files in it.`)
    yield* blocksOf(name, path)
  }
}

function* blocksOf(name: string, path: string): Generator<ResultPart> {
  const file = openSync(path, 'r')
  try {
    let rest = Buffer.alloc(0)
    let firstLine = 1
    for (;;) {
      const chunk = Buffer.alloc(blockBytes)
      const length = readSync(file, chunk, 0, blockBytes, null)
      const block = Buffer.concat([rest, chunk.subarray(0, length)])
      if (length < blockBytes) {
        if (block.length > 0 || firstLine === 1) yield { name, ...resultText(block), firstLine }
        return
      }
      const end = block.lastIndexOf(0x0a) + 1
      if (end === 0 || !isJsonLine(block)) {
        rest = block
        // Past the limit of a document it is refused anyway, and need not be read to its end.
        if (block.length > blockBytes * 3) {
          yield { name, ...resultText(block), firstLine }
          return
        }
        continue
      }
      const read = resultText(block.subarray(0, end))
      yield { name, ...read, firstLine }
      firstLine += read.text.split('\n').length - 1
      rest = Buffer.from(block.subarray(end))
    }
  } finally {
    closeSync(file)
  }
}
