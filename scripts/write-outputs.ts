/** Writes what a site has beside its pages (`src/site/outputs.ts`). */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Output } from '../src/site/outputs.ts'

/** More at once would wait for the disk all the same, and hold their texts meanwhile. */
const writers = 32

/** @returns how many were written */
export async function writeOutputs(outputs: Iterable<Output>, folder: string): Promise<number> {
  const made = new Set<string>()
  const rest = outputs[Symbol.iterator]()
  let written = 0
  const write = async () => {
    // Every writer takes the next output from the one list.
    for (let next = rest.next(); next.done !== true; next = rest.next()) {
      const { path, content } = next.value
      const file = join(folder, path)
      const text = await content()
      if (!made.has(dirname(file))) {
        await mkdir(dirname(file), { recursive: true })
        made.add(dirname(file))
      }
      await writeFile(file, text, { flag: 'wx' })
      written += 1
    }
  }
  await Promise.all(Array.from({ length: writers }, write))
  return written
}
