/** What the pages show of badges. */
import { badgeSnippets, type BadgeSnippet } from '#feeds/badge-snippets.ts'
import type { Entry } from '#domain/catalog.ts'
import type { Project } from '#domain/project.ts'
import { viewBadgeUse, type BadgeUseView } from '#views/badge-use.ts'
import { context } from './data.ts'

export type BadgeOnPage = BadgeUseView & { snippets: BadgeSnippet[] }

export function badgeOf(project: Entry<Project>): BadgeOnPage | undefined {
  const use = viewBadgeUse(project, context)
  return use && { ...use, snippets: badgeSnippets(use) }
}
