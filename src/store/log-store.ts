/** Keeps logs of runs beside the evidence. A log is there as a whole or not at all. */
import { existsSync, lstatSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeFolderIn } from './content-folder.ts'
import { writeWhole } from './whole-file.ts'
import { logAddressOf, logFileOf, logFolder, maximumLogBytes } from '#domain/run-log.ts'

/**
 * Keeps a log.
 * @returns its address on the site
 */
export function keepLog(contentFolder: string, project: string, text: string): string {
  const address = logAddressOf(project, text)
  const file = logFileOf(address)
  const bytes = Buffer.from(text)
  if (file === undefined || bytes.length > maximumLogBytes)
    throw new Error(`no log can be kept for ${JSON.stringify(project)}`)
  // A link would let content from strangers choose where we write.
  for (const folder of ['evidence', logFolder, dirname(file)]) {
    const path = join(contentFolder, folder)
    makeFolderIn(path)
    if (!lstatSync(path).isDirectory())
      throw new Error(`${path} is not a folder: logs are never written through links.`)
  }
  const path = join(contentFolder, file)
  // It is named after what it holds.
  if (existsSync(path)) return address
  writeWhole(path, bytes)
  return address
}

/** Removes logs to which no record leads any more. What is no log stays. */
export function removeLogs(contentFolder: string, addresses: Iterable<string>): void {
  for (const address of addresses) {
    const file = logFileOf(address)
    if (file !== undefined) rmSync(join(contentFolder, file), { force: true })
  }
}
