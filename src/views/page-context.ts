import type { ViewContext } from './context.ts'

export interface RenderedText {
  html: string
  /** What stands before the first second-level heading. */
  intro: string
  /** What stands below each second-level heading, without the heading itself. */
  sections: readonly { id: string; title: string; html: string }[]
  headings: readonly { id: string }[]
}

/** What a page is made from that renders whole texts and describes itself to machines. */
export interface PageContext extends ViewContext {
  /** Markdown as safe HTML. `idPrefix` keeps ids apart where several texts share a page. */
  markdown: (text: string, idPrefix?: string) => RenderedText
  /** The address of a page of this site, with its host. */
  absoluteAddressOf: (path: string) => string
}
