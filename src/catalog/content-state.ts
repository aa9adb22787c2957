/** A content folder at one time, with what the catalog of it leaves out: files that have problems, and records that speak of nothing. */
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { idPattern } from '#domain/identifier.ts'
import { idsLockFile, isSilentLine } from '#domain/published.ts'
import type { LoadedCatalog } from './catalog.ts'
import { checkContent } from './check-content.ts'
import { readEvidence, type LocatedRecord } from './evidence.ts'
import { kindNames, kinds } from './kinds.ts'

export interface ContentState extends LoadedCatalog {
  /** Paths of the files of every kind, valid or not, and of the vocabularies. */
  files: ReadonlySet<string>
  records: readonly LocatedRecord[]
  /** Lines of `ids.lock` that say something. */
  locked: readonly string[]
}

/**
 * @param asOf           ISO instant
 * @param fallbackFolder folder whose `architectures.yml` serves where the content has none
 * @throws where a folder cannot be read
 */
export function readContentState(folder: string, asOf: string, fallbackFolder?: string): ContentState {
  const loaded = checkContent(folder, asOf, fallbackFolder)
  const lock = join(folder, idsLockFile)
  // A file that is too large is refused by the check, and is no list of lines here.
  const isRefused = loaded.problems.some(({ place, code }) => place.file === idsLockFile && code === 'file-too-large')
  const hasLock = !isRefused && (lstatSync(lock, { throwIfNoEntry: false })?.isFile() ?? false)
  return {
    ...loaded,
    files: new Set(filesOf(folder)),
    records: readEvidence(folder).records,
    locked: hasLock
      ? readFileSync(lock, 'utf8')
          .split(/\r?\n/)
          .filter((line) => !isSilentLine(line))
      : [],
  }
}

/** What there is where there is nothing yet. */
export function emptyState({ catalog }: LoadedCatalog): ContentState {
  const nothing = new Map<never, never>()
  return {
    catalog: {
      ...catalog,
      architectures: nothing,
      categories: nothing,
      people: nothing,
      sections: nothing,
      moved: nothing,
      project: nothing,
      source: nothing,
      issue: nothing,
      item: nothing,
      recipe: nothing,
      note: nothing,
      event: nothing,
      hardware: nothing,
      evidence: nothing,
      logs: new Set(),
      deadLinks: nothing,
      site: { ...catalog.site, redirects: {} },
    },
    problems: [],
    files: new Set(),
    records: [],
    locked: [],
  }
}

const vocabularies = ['site.yml', 'architectures.yml', 'categories.yml', 'people.yml']

function filesOf(folder: string): string[] {
  const ofKinds = kindNames.flatMap((kind) => {
    const { folder: kindFolder, extension } = kinds[kind]
    if (!lstatSync(join(folder, kindFolder), { throwIfNoEntry: false })?.isDirectory()) return []
    return readdirSync(join(folder, kindFolder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
      .filter(({ name }) => idPattern.test(name.slice(0, -extension.length)))
      .map(({ name }) => `${kindFolder}/${name}`)
  })
  return [...vocabularies.filter((name) => existsSync(join(folder, name))), ...ofKinds]
}
