/** Every problem of a content folder: those of the catalog, of the day, and of the logs beside the evidence. */
import { inReadingOrder, type Problem } from '#domain/problem.ts'
import type { Site } from '#domain/vocabulary.ts'
import { buildCatalog, loadCatalog, type LoadedCatalog, type LocatedCatalog } from './catalog.ts'
import { CleanFiles, digestOfAll, type Keeper } from './clean-files.ts'
import { checkAgainstClock } from './clock.ts'
import { readEvidence } from './evidence.ts'
import type { EntryReader } from './file-entry.ts'
import { kindOf } from './kinds.ts'
import { checkLogs } from './logs.ts'
import { readArchitectures, readContent, type ContentFile, type ReadContent } from './read.ts'

/**
 * @param asOf            ISO instant
 * @param fallbackFolder  folder whose `architectures.yml` serves where the content has none
 * @param entries         what reads one file: afresh, or out of its memory
 * @returns problems in reading order; files are named from the content folder
 * @throws where a folder cannot be read
 */
export function checkContent(
  folder: string,
  asOf: string,
  fallbackFolder?: string,
  entries?: EntryReader,
): LoadedCatalog {
  const { catalog, problems } = loadCatalog(folder, fallbackFolder, entries)
  return { catalog, problems: withTheRest(catalog, problems, folder, asOf) }
}

function withTheRest(catalog: LocatedCatalog, problems: readonly Problem[], folder: string, asOf: string): Problem[] {
  return inReadingOrder([...problems, ...checkAgainstClock(catalog, asOf), ...checkLogs(folder, catalog.logs)])
}

export interface CheckedContent {
  site: Site
  problems: Problem[]
  counts: Record<'project' | 'issue' | 'recipe' | 'note', number>
}

export interface CheckMemory extends Keeper {
  /** Tells the generator from another version of itself. */
  generator: string
}

/**
 * The same problems, where projects that had none are not read again while neither they nor what they may refer to has
 * changed. A test holds the two to each other.
 */
export function checkWithMemory(
  folder: string,
  asOf: string,
  fallbackFolder: string,
  memory: CheckMemory | undefined,
): CheckedContent {
  if (!memory) {
    const { catalog, problems } = checkContent(folder, asOf, fallbackFolder)
    return { site: catalog.site, problems, counts: countsOf(catalog) }
  }
  const clean = new CleanFiles(folder, memory)
  const architectures = readArchitectures(fallbackFolder)
  const evidence = readEvidence(folder)
  const environmentOf = (read: ReadContent) =>
    digestOfAll(
      [...read.files.filter(isDependedOn), ...(architectures ? [architectures] : [])],
      [memory.generator, asOf.slice(0, 10), ...[...evidence.logs].sort(), ...namesIn(read)],
    )
  let read = readContent(folder, (path) => clean.isKnown(path))
  let environment = environmentOf(read)
  if ((read.known ?? []).length > 0 && !clean.fits(environment)) {
    read = readContent(folder)
    environment = environmentOf(read)
  }
  const { catalog, problems: found } = buildCatalog(read, architectures, evidence)
  const problems = withTheRest(catalog, found, folder, asOf)
  // Without a vocabulary of categories, those of one project are there for the others to link to.
  const isOpen = !read.files.some(({ path }) => path === 'categories.yml')
  if (!isOpen)
    clean.remember(
      environment,
      read.files.filter((file) => !isDependedOn(file)),
      problems,
    )
  return { site: catalog.site, problems, counts: countsOf(catalog, (read.known ?? []).length) }
}

export function countsOf({ project, issue, recipe, note }: LocatedCatalog, known = 0): CheckedContent['counts'] {
  return { project: project.size + known, issue: issue.size, recipe: recipe.size, note: note.size }
}

/** Whether the problems of other files may depend on what a file says, and not only on its name. */
function isDependedOn({ path, text }: ContentFile): boolean {
  // Wherever the words stand: a key can be written in many ways.
  return kindOf(path) !== 'project' || /movedTo|redirectsFrom/.test(text) || !text.startsWith('---\n')
}

function namesIn({ files, known = [], problems }: ReadContent): string[] {
  return [
    ...files.map(({ path }) => path),
    ...known,
    ...problems.map(({ place, code }) => `${place.file} ${code}`),
  ].sort()
}
