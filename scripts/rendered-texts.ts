/**
 * Markdown that an earlier build rendered. A text is found by a digest of itself and of everything else that decides about its
 * HTML: the address below which the site stands, the links that lead nowhere any more, and the renderer itself.
 */
import { hash } from 'node:crypto'
import { join } from 'node:path'
import type { RenderedMarkdown } from '../src/catalog/markdown.ts'
import type { Catalog } from '../src/domain/catalog.ts'
import type { RenderedTexts } from '../src/site/shared.ts'
import { digestOfFiles } from '../src/store/digest-of-files.ts'
import { keep, readKept } from '../src/store/kept-file.ts'

export type RenderedText = readonly [key: string, rendered: RenderedMarkdown]

interface Kept {
  environment: string
  texts: Record<string, RenderedMarkdown>
}

/** As many texts that are kept for each new one that is not. */
const fewOfAll = 500

export class KeptTexts implements RenderedTexts {
  private readonly file: string
  private readonly environment: string
  private readonly before: ReadonlyMap<string, RenderedMarkdown>
  private readonly used = new Map<string, RenderedMarkdown>()
  private fresh = 0

  constructor(home: string, basePath: string, catalog: Pick<Catalog, 'deadLinks'>) {
    this.file = join(home, 'node_modules', '.cache', 'works-on-arm', 'rendered.json')
    this.environment = hash(
      'sha256',
      JSON.stringify([
        basePath,
        [...catalog.deadLinks],
        digestOfFiles(['src/catalog', 'src/domain', 'package-lock.json'].map((path) => join(home, path))),
      ]),
    )
    this.before = parseTexts(readKept(this.file), this.environment)
  }

  get(key: string): RenderedMarkdown | undefined {
    const found = this.used.get(key) ?? this.before.get(key)
    if (found) this.used.set(key, found)
    return found
  }

  set(key: string, rendered: RenderedMarkdown): void {
    this.fresh += 1
    this.used.set(key, rendered)
  }

  /** Every text that was asked for. */
  asked(): RenderedText[] {
    return [...this.used]
  }

  /** Takes over what another thread asked for. */
  adopt(texts: readonly RenderedText[]): void {
    for (const [key, rendered] of texts) if (!this.get(key)) this.set(key, rendered)
  }

  /** @param isAll whether this build asked for all that its site has: then nothing else is kept */
  save(isAll: boolean): void {
    if (!isAll) {
      // Of very many texts, a few are rendered sooner than all are written.
      if (this.fresh * fewOfAll < this.before.size) return
      for (const [key, rendered] of this.before) this.used.set(key, rendered)
    }
    if (this.fresh === 0 && this.used.size === this.before.size) return
    const kept: Kept = { environment: this.environment, texts: Object.fromEntries(this.used) }
    keep(this.file, JSON.stringify(kept))
  }
}

function parseTexts(text: string | undefined, environment: string): ReadonlyMap<string, RenderedMarkdown> {
  if (text === undefined) return new Map()
  try {
    // Written by `save` alone; what another version of the generator wrote has another environment.
    const kept = JSON.parse(text) as Partial<Kept> | null
    return new Map(kept?.environment === environment ? Object.entries(kept.texts ?? {}) : [])
  } catch {
    return new Map()
  }
}
