/** Badges: one a project, and one a cell of which something is known. */
import { drawBadge, serializeBadgeEndpoint } from '#feeds/badge.ts'
import { projectsByAddress } from '#views/api-projects.ts'
import { viewCellBadge, viewProjectBadge } from '#views/badge.ts'
import { context } from './data.ts'
import type { Output } from './outputs.ts'

export function* badgeOutputs(): Generator<Output> {
  const architectures = [...context.catalog.architectures.keys()]
  for (const [id, project] of projectsByAddress(context)) {
    const whole = viewProjectBadge(project, context)
    if (!whole) continue
    yield {
      path: `/badges/${id}.svg`,
      content: () => drawBadge(whole),
      sameAs: `project ${whole.label}: ${whole.message}.svg`,
    }
    for (const architecture of architectures) {
      const badge = viewCellBadge(project, architecture, context)
      if (!badge) continue
      // There are few words, and very many cells. The colour follows from the words.
      const words = `${badge.label}: ${badge.message}`
      const path = `/badges/${id}/${architecture}`
      yield { path: `${path}.svg`, content: () => drawBadge(badge), sameAs: `${words}.svg` }
      yield { path: `${path}.json`, content: () => serializeBadgeEndpoint(badge), sameAs: `${words}.json` }
    }
  }
}
