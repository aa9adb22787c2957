/**
 * Logs of our own runs. A log is kept beside the evidence and named after what it holds, so that
 * nobody can change what a record leads to without `check` saying so.
 */
import { hash } from 'node:crypto'

/** Larger logs are refused: what is in the middle is left out when a log is written. */
export const maximumLogBytes = 64 * 1024

/** Folder of the logs, inside the content folder. */
export const logFolder = 'evidence/logs'

const addressPattern = /^\/logs\/([a-z0-9][a-z0-9-]{0,63}\/[0-9a-f]{32}\.txt)$/

/** Address of a log on the site: `/logs/jq/<digest>.txt`. */
export function logAddressOf(project: string, text: string): string {
  return `/logs/${project}/${logNameOf(text)}`
}

/** Name of the file that holds a text: the first half of its SHA-256. */
export function logNameOf(text: string | Uint8Array): string {
  return `${hash('sha256', text).slice(0, 32)}.txt`
}

/** File of the log at an address, inside the content folder; undefined for any other address. */
export function logFileOf(address: string): string | undefined {
  const [, path] = addressPattern.exec(address) ?? []
  return path === undefined ? undefined : `${logFolder}/${path}`
}

/** Address of the log in a file of the content folder; undefined where the file cannot be one. */
export function logAddressOfFile(file: string): string | undefined {
  const address = file.startsWith(`${logFolder}/`) ? `/logs/${file.slice(logFolder.length + 1)}` : ''
  return addressPattern.test(address) ? address : undefined
}
