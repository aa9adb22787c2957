/** Writes what a site has beside its pages (`src/site/outputs.ts`). */
import { linkSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Output } from '../src/site/outputs.ts'

/** More at once would wait for the disk all the same, and hold their texts meanwhile. */
const writers = 32

/** @returns how many were written */
export async function writeOutputs(outputs: Iterable<Output>, folder: string): Promise<number> {
  const made = new Set<string>()
  const firsts = new Map<string, Promise<string>>()
  const paths = new Set<string>()
  const rest = outputs[Symbol.iterator]()
  let written = 0
  const write = async () => {
    // Every writer takes the next output from the one list.
    for (let next = rest.next(); next.done !== true; next = rest.next()) {
      const { path, content, sameAs } = next.value
      const file = join(folder, path)
      // Which of two is written first would be chance.
      if (paths.has(file)) throw new Error(`EEXIST: there are two outputs at ${path}`)
      paths.add(file)
      if (!made.has(dirname(file))) {
        await mkdir(dirname(file), { recursive: true })
        made.add(dirname(file))
      }
      const first = sameAs === undefined ? undefined : firsts.get(sameAs)
      if (first === undefined || !isLinked(await first, file)) {
        const whole = writeWhole(file, content)
        if (sameAs !== undefined) firsts.set(sameAs, whole)
        await whole
      }
      written += 1
    }
  }
  await Promise.all(Array.from({ length: writers }, write))
  return written
}

async function writeWhole(file: string, content: Output['content']): Promise<string> {
  await writeFile(file, await content(), { flag: 'wx' })
  return file
}

/**
 * One file under a second name: of very many badges only a few differ, and a link costs a
 * twentieth of a file. Where a disk has no links, or no more of one file, the file is written.
 */
function isLinked(first: string, file: string): boolean {
  try {
    linkSync(first, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw error
    return false
  }
}
