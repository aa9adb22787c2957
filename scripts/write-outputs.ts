/** Writes what a site has beside its pages (`src/site/outputs.ts`). */
import type { Output } from '../src/site/outputs.ts'
import type { SiteUpdate } from './site-update.ts'

/** @throws where two outputs have one path */
export async function writeOutputs(outputs: Iterable<Output>, update: SiteUpdate): Promise<void> {
  /** Where the first file of each content is. */
  const firsts = new Map<string, string>()
  for (const { path: address, content, sameAs, key = sameAs ?? '' } of outputs) {
    const path = address.slice(1)
    const first = sameAs === undefined ? undefined : firsts.get(sameAs)
    if (sameAs !== undefined && first === undefined) firsts.set(sameAs, path)
    if (update.keeps(path, key)) continue
    if (first !== undefined && update.link(first, path, key)) continue
    const made = content()
    update.write(path, made instanceof Promise ? await made : made, key)
  }
}
