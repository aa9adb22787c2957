/** What the search knows: kinds of pages, and the words that a mistyped one may have meant. */
import { ArchitectureWords } from '#domain/architecture-words.ts'
import { compareText } from '#domain/problem.ts'
import type { Architecture } from '#domain/vocabulary.ts'
import type { ArchitectureWordsFile } from '#query/cell-question.ts'
import type { ViewContext } from './context.ts'
import { publicIssues } from './links.ts'

/** Kinds in the words of readers; a page says its own kind to the index. */
export const searchKinds = {
  project: 'Project',
  issue: 'Newsletter issue',
  recipe: 'Recipe',
  note: 'Portability note',
  architecture: 'Architecture',
  category: 'Category',
  hardware: 'Hardware',
  event: 'Event',
  page: 'About the site',
} as const
export type SearchKind = keyof typeof searchKinds

/** The kinds that this site has pages of. */
export function viewSearchKinds(context: ViewContext): string[] {
  const { catalog } = context
  const has: Record<SearchKind, boolean> = {
    project: catalog.project.size > 0,
    issue: publicIssues(context).length > 0,
    recipe: catalog.recipe.size > 0,
    note: catalog.note.size > 0,
    architecture: catalog.architectures.size > 0,
    category: false,
    hardware: catalog.hardware.size > 0,
    event: catalog.event.size > 0,
    page: true,
  }
  return (Object.keys(searchKinds) as SearchKind[]).filter((kind) => has[kind]).map((kind) => searchKinds[kind])
}

export interface SearchWords {
  /** Names that a mistyped word may have meant: each once, in a fixed order. */
  names: string[]
  /** Other words for an architecture → its id, which is what people write about it. */
  architectures: Record<string, string>
}

export function viewSearchWords({ catalog }: ViewContext): SearchWords {
  const words = new Set<string>()
  for (const { data } of catalog.project.values()) {
    words.add(data.name)
    for (const alias of data.aliases) words.add(alias)
  }
  const aliases: [string, string][] = []
  for (const [id, architecture] of catalog.architectures) {
    words.add(id)
    for (const alias of architecture.aliases) {
      words.add(alias)
      aliases.push([alias, id])
    }
  }
  for (const { name } of catalog.hardware.values().map(({ data }) => data)) words.add(name)
  for (const { name } of catalog.people.values()) words.add(name)
  return { names: [...words].sort(compareText), architectures: Object.fromEntries(aliases) }
}

/** Every word for an architecture, lower-case → its id. */
export function viewArchitectureWords({ catalog }: ViewContext): Record<string, string> {
  const words = new ArchitectureWords(catalog.architectures)
  return Object.fromEntries(
    [...words.words()].flatMap((word) => {
      const reading = words.read(word)
      return reading.kind === 'known' ? [[word, reading.id]] : []
    }),
  )
}

/** Every word for each architecture, by its id. */
export function viewWordsOfArchitectures(context: ViewContext): ReadonlyMap<string, readonly string[]> {
  const words = Map.groupBy(Object.entries(viewArchitectureWords(context)), ([, id]) => id)
  return new Map(Array.from(words, ([id, entries]) => [id, entries.map(([word]) => word)]))
}

export function viewArchitectureWordsFile(context: ViewContext): ArchitectureWordsFile {
  const { architectures } = context.catalog
  return {
    known: viewArchitectureWords(context),
    ambiguous: Object.fromEntries(new ArchitectureWords(architectures).ambiguousWords()),
  }
}

/** A line for each word that may mean several architectures: the word and their ids, with tabs between them. */
export function viewAmbiguousWords({ catalog }: ViewContext): string {
  return [...new ArchitectureWords(catalog.architectures).ambiguousWords()]
    .map(([word, readings]) => [word, ...readings.map(({ id }) => id)].join('\t'))
    .join('\n')
}

/** The words by which an architecture is known elsewhere. */
export function searchNamesOfArchitecture({ aliases, oci, debian, gnu, uname, rust }: Architecture): string[] {
  return [...new Set([...aliases, oci, debian, gnu, ...uname, rust])].filter((name) => name !== undefined)
}
