/** What `check` finds: in the content, in its words, or only what a change added to them. */
import { inReadingOrder, type Problem } from '#domain/problem.ts'
import { problemsWithout } from '#domain/problem-difference.ts'
import type { Site } from '#domain/vocabulary.ts'
import type { LocatedCatalog } from '#catalog/catalog.ts'
import { checkContent, checkWithMemory, countsOf, type CheckedContent } from '#catalog/check-content.ts'
import { checkMemory } from './check-memory.ts'
import { standardContent } from './options.ts'
import type { World } from './world.ts'

export interface Search {
  folder: string
  /** ISO instant. */
  clock: string
  withSpelling: boolean
  /** A branch or commit: only what was added since. */
  since?: string | undefined
  /** Paths of which the command line says that something is removed there. */
  removes?: readonly string[] | undefined
}

/** @returns files are named from the content folder */
export async function findProblems(search: Search, world: World): Promise<CheckedContent> {
  const { folder, clock, withSpelling } = search
  const fallback = standardContent(world)
  if (search.since !== undefined) return findAdded({ ...search, since: search.since }, world)
  if (!withSpelling) return checkWithMemory(folder, clock, fallback, checkMemory(folder, world))
  const { catalog, problems } = checkContent(folder, clock, fallback)
  const misspelt = await spellingProblems(catalog, world)
  return found(catalog, [...problems, ...misspelt])
}

async function findAdded(search: Search & { since: string }, world: World): Promise<CheckedContent> {
  // Loaded where it is asked for: most checks look at what is there.
  const [{ compareStates }, { problemsBetween }] = await Promise.all([
    import('./compared-states.ts'),
    import('#catalog/state-problems.ts'),
  ])
  const { before, after, said } = compareStates(search, world)
  const { added } = problemsBetween(before, after, said)
  if (!search.withSpelling) return found(after.catalog, added)
  const [were, are] = [await spellingProblems(before.catalog, world), await spellingProblems(after.catalog, world)]
  return found(after.catalog, [...added, ...problemsWithout(are, were, () => undefined)])
}

function found(catalog: LocatedCatalog, problems: readonly Problem[]): CheckedContent {
  return { site: catalog.site, problems: inReadingOrder(problems), counts: countsOf(catalog) }
}

/** Dictionaries take longer to load than most content to check, so they are only where they are asked for. */
async function spellingProblems(catalog: LocatedCatalog, world: World): Promise<Problem[]> {
  const { language }: Site = catalog.site
  if (!/^en(?:-|$)/.test(language)) {
    world.tell(`Spelling is checked in English only; the language of this site is \`${language}\`.\n`)
    return []
  }
  const [{ checkSpelling }, { englishDictionary }] = await Promise.all([
    import('#catalog/spelling.ts'),
    import('#catalog/dictionary.ts'),
  ])
  return checkSpelling(catalog, englishDictionary(language))
}
