/** The catalog: all valid content, as plain data. `src/catalog` reads it; everything after it only looks. */
import type { Event } from './event.ts'
import type { StoredRecord } from './evidence.ts'
import type { Hardware } from './hardware.ts'
import type { Issue, Item } from './issue.ts'
import type { DeadLink } from './link-ledger.ts'
import type { Note } from './note.ts'
import type { MovedProject, Project } from './project.ts'
import type { Recipe } from './recipe.ts'
import type { Source } from './source.ts'
import type { Architecture, Category, Person, Section, Site } from './vocabulary.ts'

/** One content file that is valid. */
export interface Entry<T> {
  id: string
  /** Path inside the content folder. */
  file: string
  data: T
  /** Markdown below the front matter. */
  body: string
}

export interface Catalog {
  site: Site
  /** Architectures in the order of their file, which is the order of columns. */
  architectures: ReadonlyMap<string, Architecture>
  categories: ReadonlyMap<string, Category>
  people: ReadonlyMap<string, Person>
  sections: ReadonlyMap<string, Section>
  project: ReadonlyMap<string, Entry<Project>>
  /** Renamed projects: old id to new id. */
  moved: ReadonlyMap<string, Entry<MovedProject>>
  source: ReadonlyMap<string, Entry<Source>>
  issue: ReadonlyMap<string, Entry<Issue>>
  item: ReadonlyMap<string, Entry<Item>>
  recipe: ReadonlyMap<string, Entry<Recipe>>
  note: ReadonlyMap<string, Entry<Note>>
  event: ReadonlyMap<string, Entry<Event>>
  hardware: ReadonlyMap<string, Entry<Hardware>>
  /** Records of runs by project, in no order that means anything. */
  evidence: ReadonlyMap<string, readonly StoredRecord[]>
  /** Addresses of the logs of runs: `/logs/jq/<digest>.txt`. */
  logs: ReadonlySet<string>
  /** Links to other sites whose pages are gone, by link. */
  deadLinks: ReadonlyMap<string, DeadLink>
}
