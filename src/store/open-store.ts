/** Which store an address means. */
import type { PostgresStore } from './postgres-store.ts'
import { JsonLinesStore } from './jsonl-store.ts'
import { NoStore } from './no-store.ts'

/** What stands for the files of the content folder, where an address is expected. */
export const filesWord = 'files'

/**
 * Opens a store, and connects to nothing yet.
 * @param address        of a database; files where it is missing, empty, or `files`
 * @param evidenceFolder the `evidence` folder of the content
 * @throws NoStore where that is no address of a store
 */
export async function openStore(
  address: string | undefined,
  evidenceFolder: string,
): Promise<JsonLinesStore | PostgresStore> {
  return isFiles(address) ? new JsonLinesStore(evidenceFolder) : await openDatabase(address)
}

/**
 * Opens a database, and connects to nothing yet.
 * @throws NoStore where that is no address of one
 */
export async function openDatabase(address: string): Promise<PostgresStore> {
  if (/^postgres(?:ql)?:\/\//i.test(address)) {
    // Its client takes a while to load, and few commands need it.
    const { PostgresStore } = await import('./postgres-store.ts')
    return new PostgresStore(address)
  }
  // What stands behind the scheme may be a password.
  const scheme = /^[a-z][a-z0-9+.-]{0,20}:/i.exec(address)?.[0] ?? ''
  throw new NoStore(
    `Unexpected evidence store ${scheme === '' ? 'without a scheme' : `of scheme \`${scheme}\``}, expected \`${filesWord}\`, or a database such as \`postgresql://user@host:5432/database\`.`,
  )
}

export function isFiles(address: string | undefined): address is undefined | '' | 'files' {
  return address === undefined || address === '' || address === filesWord
}
