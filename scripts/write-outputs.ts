/** Writes what a site has beside its pages (`src/site/outputs.ts`). */
import { linkSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { KeptOutputs } from './kept-outputs.ts'
import type { Output } from '../src/site/outputs.ts'

/** Where a content is made by other threads, so many are made at once. */
const writers = 8

/** @returns how many were written */
export async function writeOutputs(
  outputs: Iterable<Output>,
  folder: string,
  kept = new KeptOutputs(resolve(import.meta.dirname, '..')),
): Promise<number> {
  const made = new Set<string>()
  const firsts = new Map<string, string | Promise<string>>()
  const paths = new Set<string>()
  const rest = outputs[Symbol.iterator]()
  const write = async () => {
    // Every writer takes the next output from the one list.
    for (let next = rest.next(); next.done !== true; next = rest.next()) {
      const { path, sameAs } = next.value
      const file = join(folder, path)
      // Which of two is written first would be chance.
      if (paths.has(file)) throw new Error(`EEXIST: there are two outputs at ${path}`)
      paths.add(file)
      const parent = dirname(file)
      if (!made.has(parent)) {
        mkdirSync(parent, { recursive: true })
        made.add(parent)
      }
      const first = sameAs === undefined ? undefined : firsts.get(sameAs)
      const name = typeof first === 'object' ? await first : first
      if (name === undefined || !isLinked(name, file)) {
        const whole = writeWhole(file, contentOf(next.value, kept))
        if (sameAs !== undefined) firsts.set(sameAs, whole)
        if (typeof whole === 'object') await whole
      }
    }
  }
  await Promise.all(Array.from({ length: writers }, write))
  kept.save()
  return paths.size
}

/** The content as an earlier build made it, where nothing that decides about it is another. */
function contentOf({ path, content, madeFrom }: Output, kept: KeptOutputs): ReturnType<Output['content']> {
  if (!madeFrom) return content()
  const key = kept.keyOf(path, madeFrom())
  const remember = (made: string | Uint8Array) => {
    kept.set(key, made)
    return made
  }
  const found = kept.get(key)
  if (found) return found
  const made = content()
  return made instanceof Promise ? made.then(remember) : remember(made)
}

/**
 * Files are very many and small: to hand each to another thread, and to wait for it, takes longer than to write it.
 * @returns the file, where its content has to be waited for as a promise
 */
function writeWhole(file: string, content: ReturnType<Output['content']>): string | Promise<string> {
  if (content instanceof Promise) return content.then((later) => writeWhole(file, later))
  // Node writes a text in one call where the encoding is named, and else in three.
  writeFileSync(file, content, { encoding: 'utf8', flag: 'wx' })
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
