import type { PageContext, RenderedText } from './page-context.ts'

/** What the newsletter is made from: it also says how long a text is. */
export interface PublishingContext extends PageContext {
  markdown: (text: string, idPrefix?: string) => RenderedText & { words: number }
}
