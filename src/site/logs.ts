/** Logs of runs, as the site serves them: plain text, to the byte. */
import { readLog } from '#catalog/logs.ts'
import { catalog, contentFolder } from './data.ts'

/** Their paths below the base path, and their texts. */
export function* logs(): Generator<{ path: string; content: () => string }> {
  for (const path of catalog.logs) yield { path, content: () => readLog(contentFolder, path) }
}
