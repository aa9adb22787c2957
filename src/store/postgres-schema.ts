/**
 * The tables of a store in PostgreSQL, as steps from one version to the next. A step that has been released is never
 * edited: databases stand at it.
 */
import { NoStore } from './no-store.ts'
import type { Ask } from './postgres-connection.ts'

/**
 * `text` is the record, as its line in a file would be; the other columns repeat what queries ask for. Its digest is
 * the key: two records of one id that say different things are two rows. With the project before it, the key also
 * finds a project's records, and compares them with those of another store without reading them.
 *
 * The constraint keeps a text that is edited by hand from passing for the one that was stored.
 */
const steps = [
  `create table evidence_record (
     project text collate "C" not null,
     digest bytea not null,
     id text not null,
     architecture text,
     observed_at timestamptz,
     text text not null,
     primary key (project, digest),
     constraint digest_of_text check (digest = sha256(convert_to(text, 'UTF8')))
   );
   create index evidence_record_observed on evidence_record (architecture, observed_at)`,
  // What does not count, and is no evidence: see `refused-runs.ts`.
  `create table evidence_refused_run (
     repository text collate "C" not null,
     run_id text collate "C" not null,
     event text not null,
     refused_at timestamptz not null default now(),
     primary key (repository, run_id)
   )`,
]

// Any number that nobody else locks: the first bytes of the SHA-256 of `works-on-arm`.
const migrationLock = 0x07e19c87

/** How many steps the database has taken; none where there is no table of ours. */
export async function schemaVersion(ask: Ask): Promise<number> {
  const [table] = await ask<{ there: boolean }>(`select to_regclass('evidence_schema') is not null as there`)
  if (table?.there !== true) return 0
  const [row] = await ask<{ version: number }>('select version from evidence_schema')
  const version = row?.version ?? 0
  if (version <= steps.length) return version
  throw new NoStore(
    `The evidence store has schema ${version}, expected at most ${steps.length}: a newer version of this program made it. Use that version.`,
  )
}

/** Takes the steps that are missing, while nobody else does. For a transaction that is then committed. */
export async function migrate(ask: Ask): Promise<void> {
  // Two that create a table at the same time fail, also with `if not exists`.
  await ask('select pg_advisory_xact_lock($1)', [migrationLock])
  const [encoding] = await ask<{ name: string }>(`select current_setting('server_encoding') as name`)
  if (encoding?.name !== 'UTF8') {
    throw new NoStore(
      `The database of the evidence store is encoded in ${encoding?.name ?? 'an unknown way'}, expected UTF8: make it with \`createdb --encoding UTF8 --template template0\`.`,
    )
  }
  await ask('create table if not exists evidence_schema (version integer not null)')
  const version = await schemaVersion(ask)
  if (isCurrent(version)) return
  for (const step of steps.slice(version)) await ask(step)
  await ask('delete from evidence_schema')
  await ask('insert into evidence_schema (version) values ($1)', [steps.length])
}

export const isCurrent = (version: number): boolean => version === steps.length
