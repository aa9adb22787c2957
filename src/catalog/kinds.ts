/** The kinds of content, each in its folder. A new kind is one line here and one schema in the domain. */
import { z } from 'zod'
import { Identifier, type ReferenceKind } from '#domain/identifier.ts'
import { Event } from '#domain/event.ts'
import { Hardware } from '#domain/hardware.ts'
import { Issue, Item } from '#domain/issue.ts'
import { Note } from '#domain/note.ts'
import { Project } from '#domain/project.ts'
import { Recipe } from '#domain/recipe.ts'
import { Source } from '#domain/source.ts'
import { Architecture, Category, Person, Site } from '#domain/vocabulary.ts'

export const kinds = {
  project: { folder: 'projects', extension: '.md', schema: Project },
  source: { folder: 'sources', extension: '.yml', schema: Source },
  issue: { folder: 'issues', extension: '.md', schema: Issue },
  item: { folder: 'items', extension: '.md', schema: Item },
  recipe: { folder: 'recipes', extension: '.md', schema: Recipe },
  note: { folder: 'notes', extension: '.md', schema: Note },
  event: { folder: 'events', extension: '.md', schema: Event },
  hardware: { folder: 'hardware', extension: '.md', schema: Hardware },
} as const satisfies Record<string, { folder: string; extension: '.md' | '.yml'; schema: z.ZodType }>

export type Kind = keyof typeof kinds
export const kindNames = Object.keys(kinds) as Kind[]

/** The kind of a file, by its path in the content folder; undefined for vocabularies and others. */
export function kindOf(path: string): Kind | undefined {
  return kindNames.find((name) => path.startsWith(`${kinds[name].folder}/`))
}
/** The vocabularies of a site: each is the file of its name at the root of the content. */
export const vocabularyKinds = {
  site: Site,
  architectures: z.record(Identifier, Architecture),
  categories: z.record(Identifier, Category),
  people: z.record(Identifier, Person),
} as const satisfies Record<string, z.ZodType>

/** Where the things of each kind of reference are defined, for messages. */
export const homeOfReference: Record<ReferenceKind, string> = {
  project: 'the id of a file in `projects/`',
  note: 'the id of a file in `notes/`',
  recipe: 'the id of a file in `recipes/`',
  event: 'the id of a file in `events/`',
  hardware: 'the id of a file in `hardware/`',
  issue: 'the number of a file in `issues/`',
  person: 'an id in `people.yml`',
  category: 'an id in `categories.yml`',
  architecture: 'an id in `architectures.yml`',
  section: 'a section in `site.yml`',
}
