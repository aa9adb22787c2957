/** `Pipfile.lock`: the packages of each group, with hashes alone. https://github.com/pypa/pipfile */
import type { Findings } from './findings.ts'
import { mapAt } from './json-sections.ts'
import { isObject, lineOf, textIn, type JsonObject } from './json-text.ts'

export function readPipfileLock(lock: JsonObject, findings: Findings): void {
  for (const group of Object.keys(lock)) {
    const packages = group === '_meta' ? undefined : mapAt(lock, group, findings)
    for (const [name, found] of Object.entries(packages ?? {})) {
      if (!isObject(found)) {
        findings.refuseKind(found, 'in a group', packages ? lineOf(packages) : 1)
        continue
      }
      // What comes from a folder or a repository is no package of the index.
      if (found.path !== undefined || found.git !== undefined || found.file !== undefined) continue
      const version = /^===?(.+)$/.exec(textIn(found, 'version') ?? '')?.[1]
      findings.add({ type: 'pypi', name, ...(version === undefined ? {} : { version }) }, lineOf(found), {
        ...(group === 'default' ? {} : { scope: 'development' }),
      })
    }
  }
}
