/** Cells as words on a command line mean them. */
import { basename, dirname } from 'node:path'
import { nearest } from '#catalog/nearest.ts'
import type { LoadedCatalog } from '#catalog/catalog.ts'
import { ArchitectureWords } from '#domain/architecture-words.ts'
import type { Entry } from '#domain/catalog.ts'
import type { Project } from '#domain/project.ts'
import { CannotRun } from './world.ts'

/** The project that a word means: an id, an old id, or a name that no other project has. */
export function projectOf(word: string, { catalog, problems }: LoadedCatalog): Entry<Project> {
  const project = catalog.project.get(catalog.moved.get(word)?.data.movedTo ?? word) ?? byName(word, catalog.project)
  if (project) return project
  const problem = problems.find(
    ({ place }) => basename(place.file) === `${word}.md` && basename(dirname(place.file)) === 'projects',
  )
  if (problem) {
    const { place, reason } = problem
    throw new CannotRun(
      `The project \`${word}\` has problems, which \`check\` lists: ${place.file}:${place.line}:${place.column} ${reason}`,
    )
  }
  const near = nearest(word, catalog.project.keys())
  throw new CannotRun(`There is no project \`${word}\`${near ? `; did you mean \`${near}\`?` : '.'}`)
}

function byName(word: string, projects: ReadonlyMap<string, Entry<Project>>): Entry<Project> | undefined {
  const wanted = word.toLowerCase()
  const found = [...projects.values()].filter(({ data }) =>
    [data.name, ...data.aliases].some((name) => name.toLowerCase() === wanted),
  )
  return found.length === 1 ? found[0] : undefined
}

/** The ids of all columns, for a sentence. Where `architectures.yml` has problems there is none to be named. */
export function namedArchitectures({ catalog, problems }: LoadedCatalog): string {
  const ids = [...catalog.architectures.keys()]
  if (ids.length > 0) return ids.map((id) => `\`${id}\``).join(', ')
  const problem = problems.find(({ place }) => basename(place.file) === 'architectures.yml')
  const where = problem
    ? `: ${problem.place.file}:${problem.place.line}:${problem.place.column} ${problem.reason}`
    : '.'
  throw new CannotRun(`The architectures of the content have problems, which \`check\` lists${where}`)
}

/** The architecture that a word means. */
export function architectureOf(word: string, loaded: LoadedCatalog): string {
  const { catalog } = loaded
  const known = namedArchitectures(loaded)
  const reading = new ArchitectureWords(catalog.architectures).read(word)
  if (reading.kind === 'known') return reading.id
  if (reading.kind === 'ambiguous') {
    throw new CannotRun(
      `\`${word}\` could mean ${reading.readings.map(({ id, where }) => `\`${id}\` (${where})`).join(' or ')}.`,
    )
  }
  throw new CannotRun(`There is no architecture \`${word}\`, expected one of ${known}.`)
}
