/** Writes what a site has beside its pages (`src/site/outputs.ts`). */
import { setImmediate } from 'node:timers/promises'
import type { Output } from '../src/site/outputs.ts'
import type { KeptOutputs } from './kept-outputs.ts'
import type { SiteUpdate } from './site-update.ts'

/** Where a content is made by other threads, so many are made at once. */
const writers = 8

const outputsBetweenTurns = 100

/** @throws where two outputs have one path */
export async function writeOutputs(outputs: Iterable<Output>, update: SiteUpdate, kept?: KeptOutputs): Promise<void> {
  /** Where the first file of each content is, or when it will be there. */
  const firsts = new Map<string, string | Promise<string>>()
  const rest = outputs[Symbol.iterator]()
  let count = 0
  const write = async () => {
    // Every writer takes the next output from the one list.
    for (let next = rest.next(); next.done !== true; next = rest.next()) {
      const { path: address, sameAs, key = sameAs ?? '' } = next.value
      const path = address.slice(1)
      const first = sameAs === undefined ? undefined : firsts.get(sameAs)
      if (update.keeps(path, key)) {
        if (sameAs !== undefined && first === undefined) firsts.set(sameAs, path)
        continue
      }
      const name = typeof first === 'object' ? await first : first
      if (name !== undefined && update.link(name, path, key)) continue
      const content = contentOf(next.value, kept)
      const written = content instanceof Promise ? content.then(writeTo(path, key)) : writeTo(path, key)(content)
      if (sameAs !== undefined) firsts.set(sameAs, written)
      if (typeof written === 'object') await written
      // Others that wait for something else shall have their turn.
      count += 1
      if (count % outputsBetweenTurns === 0) await setImmediate()
    }
  }
  const writeTo = (path: string, key: string) => (content: string | Uint8Array) => {
    update.write(path, content, key)
    return path
  }
  await Promise.all(Array.from({ length: writers }, write))
  kept?.save(update.isWhole)
}

/** The content as an earlier build made it, where nothing that decides about it is another. */
function contentOf({ path, content, madeFrom }: Output, kept: KeptOutputs | undefined): ReturnType<Output['content']> {
  if (!madeFrom || !kept) return content()
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
