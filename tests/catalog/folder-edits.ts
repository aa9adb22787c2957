/** Content folders, and what hands, editors and git do to them. */
import fc from 'fast-check'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { brokenFile, goodFiles } from './broken-files.ts'

/** Projects that refer to each other. */
export const projects = Object.fromEntries(
  Array.from({ length: 12 }, (_, index) => [
    `projects/p${index}.md`,
    `---\nname: P${index}\nsummary: One of many\nhomepage: https://p${index}.example/\ncategories: [databases]\nalternatives: [p${(index + 1) % 12}]\n---\nSee [the other](/projects/p${(index + 5) % 12}/) and [the issue](/issues/0001/#ports).\n`,
  ]),
)

type FolderEdit =
  { kind: 'write'; path: string; bytes: Buffer } | { kind: 'move'; path: string } | { kind: 'remove'; path: string }

export const edits: fc.Arbitrary<FolderEdit[]> = fc.array(
  fc.oneof(
    brokenFile.map((broken) => ({ kind: 'write' as const, ...broken })),
    fc.constantFrom(...Object.keys(projects)).chain((path) =>
      fc
        .constantFrom(
          'alternatives: [p3]',
          'alternatives: [nothing]',
          'movedTo: p3',
          'redirectsFrom: [/golang/]',
          'name: Other',
        )
        .map((line) => ({
          kind: 'write' as const,
          path,
          bytes: Buffer.from((projects[path] ?? '').replace(/^alternatives: .*$/m, line)),
        })),
    ),
    fc.constantFrom(...Object.keys(projects)).map((path) => ({ kind: 'move' as const, path })),
    fc.constantFrom(...Object.keys(projects), ...goodFiles.keys()).map((path) => ({ kind: 'remove' as const, path })),
    fc.constantFrom(...Object.entries({ ...Object.fromEntries(goodFiles), ...projects })).map(([path, text]) => ({
      kind: 'write' as const,
      path,
      bytes: Buffer.from(text),
    })),
  ),
  { minLength: 1, maxLength: 3 },
)

export function applyEdits(folder: string, some: readonly FolderEdit[]): void {
  for (const edit of some) {
    const full = join(folder, edit.path)
    mkdirSync(dirname(full), { recursive: true })
    if (edit.kind === 'write') writeFileSync(full, edit.bytes)
    else if (!existsSync(full)) continue
    else if (edit.kind === 'remove') rmSync(full)
    else renameSync(full, join(folder, 'projects/another.md'))
  }
}
