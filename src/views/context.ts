import type { Catalog } from '#domain/catalog.ts'

/** What every view is made from. */
export interface ViewContext {
  catalog: Catalog
  /** The build clock, ISO, UTC. */
  asOf: string
  /** The address of a page of this site, with the base path. */
  addressOf: (path: string) => string
  /** The address of a page of this site, with its host. */
  absoluteAddressOf: (path: string) => string
  /** Short Markdown as safe HTML. */
  inline: (markdown: string) => string
  /** Markdown as safe HTML. `idPrefix` keeps ids apart where several texts share a page. */
  markdown: (text: string, idPrefix?: string) => RenderedText
}

export interface RenderedText {
  html: string
  /** What stands before the first second-level heading. */
  intro: string
  /** What stands below each second-level heading, without the heading itself. */
  sections: readonly { id: string; title: string; html: string }[]
  headings: readonly { id: string }[]
}
