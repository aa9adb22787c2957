/** Draws badges, and tells them to shields.io. */
import { makeBadge } from 'badge-maker'
import type { BadgeEndpoint } from '#views/api-schemas.ts'
import type { BadgeView } from '#views/badge.ts'
import type { SupportGroup } from '#domain/status-words.ts'

/** White on each of them has a contrast of at least 4.5; a test computes it. */
const colours: Record<SupportGroup, string> = {
  works: '#14692f',
  limited: '#7a5300',
  exists: '#1d5d8f',
  coming: '#6a3fa0',
  no: '#a4232c',
  'not-known': '#5f6770',
}
/** What is stale has none of the hues: nobody takes it for news. */
const staleColour = '#5f6770'
const labelColour = '#3a4149'

function colourOf({ group, isStale }: BadgeView): string {
  return isStale ? staleColour : colours[group]
}

/** A badge as SVG: two rectangles and two texts, with the words as its name. */
export function drawBadge(view: BadgeView): string {
  const { label, message } = view
  // The other styles lay a gradient and a shadow over the words, and need ids, which a page may have already.
  return makeBadge({ label, message, color: colourOf(view), labelColor: labelColour, style: 'flat-square' })
}

/** A badge as shields.io reads it. */
export function serializeBadgeEndpoint(view: BadgeView): string {
  const endpoint: BadgeEndpoint = {
    schemaVersion: 1,
    label: view.label,
    message: view.message,
    color: colourOf(view),
    labelColor: labelColour,
    cacheSeconds: 3600,
  }
  return `${JSON.stringify(endpoint)}\n`
}
