/** The ids of the headings of one text. */
import { isReservedAnchor } from '#domain/anchors.ts'
import GithubSlugger, { slug as githubSlug } from 'github-slugger'

/** The id of what remark-rehype puts above the footnotes. */
export const footnoteLabel = 'footnote-label'

/** Gives every heading an id of its own: to be asked for one heading after another. */
export function headingIds(prefix: string): (text: string, explicit: string | undefined) => string {
  const slugger = new GithubSlugger()
  return (text, explicit) => {
    const wanted = explicit ?? (githubSlug(text) || 'section')
    // A heading of a name that is taken gets a longer one.
    const isTaken = wanted === footnoteLabel || isReservedAnchor(wanted)
    return `${prefix}${slugger.slug(isTaken ? `section-${wanted}` : wanted)}`
  }
}
