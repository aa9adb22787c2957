/**
 * Markdown that an earlier build rendered. A text is found by a digest of itself and of everything else that decides about its
 * HTML: the address below which the site stands, the links that lead nowhere any more, and the renderer itself.
 */
import { join } from 'node:path'
import type { RenderedMarkdown } from '../src/catalog/markdown.ts'
import type { Catalog } from '../src/domain/catalog.ts'
import type { RenderedTexts } from '../src/site/shared.ts'
import { digestOfFiles } from '../src/store/digest-of-files.ts'
import { KeptMap } from './kept-map.ts'

export type RenderedText = readonly [key: string, rendered: RenderedMarkdown]

export class KeptTexts implements RenderedTexts {
  private readonly kept: KeptMap<RenderedMarkdown>

  constructor(home: string, basePath: string, catalog: Pick<Catalog, 'deadLinks'>) {
    this.kept = new KeptMap(home, 'rendered.bin', [
      basePath,
      [...catalog.deadLinks],
      digestOfFiles(['src/catalog', 'src/domain', 'package-lock.json'].map((path) => join(home, path))),
    ])
  }

  get(key: string): RenderedMarkdown | undefined {
    return this.kept.get(key)
  }

  set(key: string, rendered: RenderedMarkdown): void {
    this.kept.set(key, rendered)
  }

  /** Every text that was asked for. */
  asked(): RenderedText[] {
    return this.kept.asked()
  }

  /** Takes over what another thread asked for. */
  adopt(texts: readonly RenderedText[]): void {
    for (const [key, rendered] of texts) if (!this.get(key)) this.set(key, rendered)
  }

  /** @param isAll whether this build asked for all that its site has: then nothing else is kept */
  save(isAll: boolean): void {
    this.kept.save({ isAll, isSparingly: !isAll })
  }
}
