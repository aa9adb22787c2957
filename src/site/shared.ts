/**
 * What a build hands to the modules of the site. Astro bundles them, so that they are other instances than those that the
 * build itself imports; what both need is made once and found here. The development server hands over how to load the content instead.
 */
import type { RenderedMarkdown } from '#catalog/markdown.ts'
import type { Catalog } from '#domain/catalog.ts'
import type { Problem } from '#domain/problem.ts'

/** The content, and what is wrong with it. */
interface Loaded {
  catalog: Catalog
  problems: readonly Problem[]
}

interface Shared {
  /** The content, read and checked. */
  loaded?: Loaded
  /** Loads the content as it is at that moment. */
  load?: () => Loaded
  /** Rendered texts of this build and of earlier ones, by a digest of all that decides about them. */
  rendered?: RenderedTexts
}

export interface RenderedTexts {
  get: (key: string) => RenderedMarkdown | undefined
  set: (key: string, rendered: RenderedMarkdown) => void
}

const key = Symbol.for('works-on-arm')
// The only place that writes to this symbol.
const holder = globalThis as { [key]?: Shared }
holder[key] ??= {}

export const shared: Shared = holder[key]
