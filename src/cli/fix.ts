/** `check --fix`: mends how files are written, never what they say. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '#domain/problem.ts'
import type { LocatedCatalog } from '#catalog/catalog.ts'
import { kindNames } from '#catalog/kinds.ts'
import { mended } from '#catalog/mend.ts'
import { writeWhole } from '#store/whole-file.ts'

/**
 * Writes what is safe to mend in the files of a content folder.
 * @param isWanted  whether a file, by its path inside the content folder, may be changed
 * @returns the files that were changed
 */
export function fixContent(
  folder: string,
  catalog: LocatedCatalog,
  problems: readonly Problem[],
  isWanted: (file: string) => boolean,
): string[] {
  const byFile = Map.groupBy(problems, ({ place }) => place.file)
  const isMendable = (file: string) => byFile.get(file)?.some(({ isSafe }) => isSafe)
  const candidates = new Set([...[...byFile.keys()].filter(isMendable), ...filesOfKinds(catalog)])
  const movedTo = (project: string) => catalog.moved.get(project)?.data.movedTo
  const changed: string[] = []
  for (const file of [...candidates].sort()) {
    if (!isWanted(file)) continue
    const bytes = readFileSync(join(folder, file))
    const text = mended(file, bytes, byFile.get(file) ?? [], movedTo)
    if (text === undefined || bytes.equals(Buffer.from(text))) continue
    writeWhole(join(folder, file), text)
    changed.push(file)
  }
  return changed
}

function filesOfKinds(catalog: LocatedCatalog): string[] {
  return kindNames.flatMap((kind) => [...catalog[kind].values()].map(({ file }) => file))
}
