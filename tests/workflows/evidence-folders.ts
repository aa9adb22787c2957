/** A content folder with evidence, and what a collecting job brings, honest or not. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Evidence } from '#domain/evidence.ts'
import { compareRecords, serializeRecord } from '#domain/evidence-text.ts'
import { architecturesFile, folderOf, observedRun, projectFile } from '#tests/builders.ts'

const registration = `provider: github-actions
repository: redis/redis
job: test
project: redis
architecture: arm64
level: tested
`

/** What a pull of the registered job `test` of Redis records. */
export function pulledRun(changes: Parameters<typeof observedRun>[0] = {}): Evidence {
  return observedRun({ provenance: { how: 'pulled', by: 'redis-arm64' }, ...changes })
}

export const recorded = [pulledRun({ run: { id: '1' } }), pulledRun({ run: { id: '2' }, outcome: 'failed' })]
export const newRun = pulledRun({ run: { id: '3' }, observedAt: '2026-11-03T10:20:30Z' })

export function fileOf(records: readonly Evidence[]): string {
  return `${[...records].sort(compareRecords).map(serializeRecord).join('\n')}\n`
}

/** The files of a repository that has evidence about Redis, and none about SQLite. */
export function repositoryFiles(): Record<string, string> {
  return {
    'content/site.yml': 'title: Test\n',
    'content/architectures.yml': architecturesFile,
    'content/categories.yml': 'databases:\n  name: Databases\n',
    'content/projects/redis.md': projectFile(),
    'content/projects/sqlite.md': projectFile({ name: 'SQLite' }),
    'content/sources/redis-arm64.yml': registration,
    'content/evidence/redis.jsonl': fileOf(recorded),
  }
}

/** A repository, and beside it in `collected` what came. */
export function collectedFolder(files: Record<string, string | Uint8Array>): {
  folder: string
  collected: string
  content: string
} {
  const folder = folderOf(repositoryFiles())
  const collected = join(folder, 'collected')
  mkdirSync(collected)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(collected, name), text)
  return { folder, collected, content: join(folder, 'content') }
}
