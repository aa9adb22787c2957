import type { Catalog } from '#domain/catalog.ts'

/** What every view is made from. */
export interface ViewContext {
  catalog: Catalog
  /** The build clock, ISO, UTC. */
  asOf: string
  /** The address of a page of this site, with the base path. */
  addressOf: (path: string) => string
  /** Short Markdown as safe HTML. */
  inline: (markdown: string) => string
}
