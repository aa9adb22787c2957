/** Files as hurried hands, other editors and enemies leave them: each of them one of good ones, with something wrong. */
import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildCatalog, type LoadedCatalog } from '#catalog/catalog.ts'
import { contentFileOf, type ContentFile } from '#catalog/read.ts'
import type { Problem } from '#domain/problem.ts'
import { casesFolder } from '#tests/builders.ts'
import { mutated } from './arbitraries.ts'

const folder = join(casesFolder, 'every-kind/content')
export const goodFiles: ReadonlyMap<string, string> = new Map(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(md|yml)$/.test(path))
    .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]),
)

export interface BrokenFile {
  path: string
  bytes: Buffer
}

const encodings: readonly ((text: string) => Buffer)[] = [
  (text) => Buffer.from(text),
  (text) => Buffer.from(`\ufeff${text}`),
  (text) => Buffer.from(text.replaceAll('\n', '\r\n')),
  (text) => Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  (text) => Buffer.from(`${text}caf\u00e9\n`, 'latin1'),
  (text) => Buffer.from(text.replace(/: (\w[\w ]*)$/m, ': \u201c$1\u201d')),
]

/** A good file with one to three changes, one time in three also in another encoding. */
export const brokenFile: fc.Arbitrary<BrokenFile> = fc
  .constantFrom(...goodFiles.keys())
  .chain((path) =>
    fc.tuple(
      fc.constant(path),
      mutated(goodFiles.get(path) ?? '', 2),
      fc.oneof(
        { arbitrary: fc.constant(encodings[0]), weight: 2 },
        { arbitrary: fc.constantFrom(...encodings), weight: 1 },
      ),
    ),
  )
  .map(([path, text, encode]) => ({ path, bytes: encode?.(text) ?? Buffer.from(text) }))

/** The catalog in which some files have other bytes. */
export function catalogWith(changed: ReadonlyMap<string, Buffer>): LoadedCatalog {
  const problems: Problem[] = []
  const files: ContentFile[] = []
  for (const [path, text] of new Map([...goodFiles, ...[...changed.keys()].map((path) => [path, ''] as const)])) {
    const bytes = changed.get(path)
    const file = bytes ? contentFileOf(path, bytes, problems) : { path, text }
    if (file) files.push(file)
  }
  return buildCatalog({ files, problems })
}
