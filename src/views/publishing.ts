import type { RenderedText, ViewContext } from './context.ts'

/** What the newsletter is made from: it also says how long a text is. */
export interface PublishingContext extends ViewContext {
  markdown: (text: string, idPrefix?: string) => RenderedText & { words: number }
}
