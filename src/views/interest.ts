/** How much a project is asked for: how many projects, recipes, notes and issues name it. */
import type { Catalog } from '#domain/catalog.ts'
import type { ViewContext } from './context.ts'
import { publicIssues } from './links.ts'
import { counted } from './words.ts'

const kinds = ['project', 'recipe', 'note', 'issue'] as const
/** How many of each kind name a project. */
export type Interest = Record<(typeof kinds)[number], number>

/** The interest in every project that something names. Each page counts once. */
export function interestByProject(context: ViewContext): ReadonlyMap<string, Interest> {
  let interest = interestOfBuild.get(context.catalog)
  if (!interest) interestOfBuild.set(context.catalog, (interest = countNames(context)))
  return interest
}

const interestOfBuild = new WeakMap<Catalog, ReadonlyMap<string, Interest>>()

function countNames(context: ViewContext): ReadonlyMap<string, Interest> {
  const { catalog } = context
  const interest = new Map<string, Interest>()
  const count = (kind: keyof Interest, ids: readonly string[]) => {
    for (const id of new Set(ids)) {
      const known = interest.get(id) ?? { project: 0, recipe: 0, note: 0, issue: 0 }
      known[kind] += 1
      interest.set(id, known)
    }
  }
  for (const { data } of catalog.project.values()) count('project', [...data.blockedBy, ...data.alternatives])
  for (const { data } of catalog.recipe.values()) count('recipe', data.projects)
  for (const { data } of catalog.note.values()) count('note', data.projects)
  for (const { data } of publicIssues(context)) count('issue', data.projects)
  return interest
}

export function sumOf(interest: Interest | undefined): number {
  return interest === undefined ? 0 : kinds.reduce((sum, kind) => sum + interest[kind], 0)
}

/** `2 recipes, 1 issue`; empty where nothing names it. */
export function interestInWords(interest: Interest | undefined): string {
  if (interest === undefined) return ''
  return kinds
    .filter((kind) => interest[kind] > 0)
    .map((kind) => counted(interest[kind], kind))
    .join(', ')
}
