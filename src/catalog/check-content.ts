/** Every problem of a content folder: those of the catalog, of the day, and of the logs beside the evidence. */
import { inReadingOrder } from '#domain/problem.ts'
import { loadCatalog, type LoadedCatalog } from './catalog.ts'
import { checkAgainstClock } from './clock.ts'
import { checkLogs } from './logs.ts'

/**
 * @param asOf            ISO instant
 * @param fallbackFolder  folder whose `architectures.yml` serves where the content has none
 * @returns problems in reading order; files are named from the content folder
 * @throws where a folder cannot be read
 */
export function checkContent(folder: string, asOf: string, fallbackFolder?: string): LoadedCatalog {
  const { catalog, problems } = loadCatalog(folder, fallbackFolder)
  return {
    catalog,
    problems: inReadingOrder([...problems, ...checkAgainstClock(catalog, asOf), ...checkLogs(folder, catalog.logs)]),
  }
}
