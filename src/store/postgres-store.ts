/**
 * Evidence in PostgreSQL: for receivers on several machines that write at the same time. What a store of files holds,
 * this one holds too, record for record and word for word; a build reads files, and `copy-evidence` brings them.
 *
 * An append is one transaction: a writer or a server that is killed leaves all of it or nothing. What is returned
 * is on the disk of the server.
 */
import type { StoredRecord } from '#domain/evidence.ts'
import type { Problem } from '#domain/problem.ts'
import type { Appended, OpenedStore, ReceivingStore } from './evidence-store.ts'
import { Connections, type Ask, type Limits } from './postgres-connection.ts'
import { columnsOf, readRow, rowsOf, type FoundRow, type Row } from './postgres-rows.ts'
import { isCurrent, migrate, schemaVersion } from './postgres-schema.ts'
import { noteRefused, refusedOf } from './postgres-refused-runs.ts'
import type { RefusedRun, RunOfRepository } from './refused-runs.ts'

/** Some of the records of a store, and the rows among them that are none. */
export interface Part {
  records: StoredRecord[]
  problems: Problem[]
}

/** Rows that one statement adds, or that are fetched at once. */
const rowsAtOnce = 1000

export class PostgresStore implements OpenedStore, ReceivingStore {
  /** Where it is, without the password. */
  readonly address: string
  private readonly connections: Connections
  private isPrepared = false

  /**
   * @param connectionString such as `postgresql://user@host:5432/database`; tables are made by the first append
   * @throws NoStore where that is no address of a database
   */
  constructor(connectionString: string, limits?: Partial<Limits>) {
    this.connections = new Connections(connectionString, limits)
    this.address = this.connections.address
  }

  /** @throws NoStore where the database is out of reach or refuses; the same records may be appended again */
  async append(records: readonly StoredRecord[]): Promise<Appended> {
    if (records.length === 0) return { added: [], duplicates: 0 }
    await this.prepare()
    const rows = rowsOf(records)
    const added = await this.connections.transaction('write', async (ask) => {
      const digests = new Set<string>()
      for (const some of partsOf(rows)) for (const { digest } of await insert(ask, some)) digests.add(digest)
      return rows.filter(({ digest }) => digests.has(digest))
    })
    return { added: added.map(({ record }) => record), duplicates: records.length - added.length }
  }

  /** Leaves out what is no record; `readParts` tells it. */
  async read(project?: string): Promise<StoredRecord[]> {
    const all: StoredRecord[] = []
    await this.readParts(project === undefined ? undefined : [project], ({ records }) => {
      for (const record of records) all.push(record)
    })
    return all
  }

  /**
   * Reads everything, or some projects one after the other, as of one moment. Only a part is in memory at a time;
   * the next one is read when `take` is done with it.
   */
  async readParts(projects: readonly string[] | undefined, take: (part: Part) => void | Promise<void>): Promise<void> {
    await this.connections.transaction('read', async (ask) => {
      if (await this.hasNoTables(ask)) return
      const of = projects === undefined ? '' : 'where project = any($1) order by project'
      await ask(
        `declare part no scroll cursor for select project, encode(digest, 'hex') as digest, text from evidence_record ${of}`,
        projects === undefined ? [] : [projects],
      )
      for (;;) {
        const rows = await ask<FoundRow>(`fetch ${rowsAtOnce} from part`)
        if (rows.length === 0) return
        const found = rows.map((row) => readRow(row, this.address))
        await take({
          records: found.flatMap(({ record }) => record ?? []),
          problems: found.flatMap(({ problem }) => problem ?? []),
        })
      }
    })
  }

  /** What `fingerprintOf` says of each project's records. */
  async fingerprints(): Promise<Map<string, string>> {
    const rows = await this.connections.transaction('read', async (ask) =>
      (await this.hasNoTables(ask))
        ? []
        : await ask<{ project: string; fingerprint: string }>(
            `select project, encode(sha256(string_agg(digest, ''::bytea order by digest)), 'hex') as fingerprint
             from evidence_record group by project`,
          ),
    )
    return new Map(rows.map(({ project, fingerprint }) => [project, fingerprint]))
  }

  /** Leaves records out: for `compact` alone, which has shown that the others tell the same. */
  async remove(records: readonly StoredRecord[]): Promise<number> {
    return await this.connections.transaction('write', async (ask) => {
      if (await this.hasNoTables(ask)) return 0
      let removed = 0
      for (const some of partsOf(rowsOf(records))) {
        const [projects, digests] = columnsOf(some)
        const gone = await ask(
          `delete from evidence_record using unnest($1::text[], $2::text[]) as gone (project, digest)
           where evidence_record.project = gone.project and evidence_record.digest = decode(gone.digest, 'hex')
           returning 1`,
          [projects, digests],
        )
        removed += gone.length
      }
      return removed
    })
  }

  async refuseRuns(runs: readonly RefusedRun[]): Promise<void> {
    if (runs.length === 0) return
    await this.prepare()
    await this.connections.transaction('write', async (ask) => {
      await noteRefused(ask, runs)
    })
  }

  async refusedAmong(runs: readonly RunOfRepository[]): Promise<RefusedRun[]> {
    if (runs.length === 0) return []
    await this.prepare()
    return await this.connections.transaction('read', async (ask) => await refusedOf(ask, runs))
  }

  /** @throws NoStore where the database cannot be reached, or a receiver may not do there what it has to */
  async probe(): Promise<void> {
    await this.prepare()
    await this.connections.transaction('write', async (ask) => {
      await ask('insert into evidence_record select * from evidence_record where false')
      await ask('insert into evidence_refused_run select * from evidence_refused_run where false')
    })
  }

  async close(): Promise<void> {
    await this.connections.close()
  }

  /** Makes the tables where they are missing. A user who may not make tables can use those that are there. */
  private async prepare(): Promise<void> {
    if (this.isPrepared) return
    await this.connections.transaction('read', async (ask) => await this.hasNoTables(ask))
    if (this.isPrepared) return
    await this.connections.transaction('write', migrate)
    this.isPrepared = true
  }

  /** Whether nobody has appended yet: then there is nothing to read, and reading makes no tables. */
  private async hasNoTables(ask: Ask): Promise<boolean> {
    if (this.isPrepared) return false
    const version = await schemaVersion(ask)
    this.isPrepared = isCurrent(version)
    return version === 0
  }
}

async function insert(ask: Ask, rows: readonly Row[]): Promise<{ digest: string }[]> {
  return await ask<{ digest: string }>(
    `insert into evidence_record (project, digest, id, architecture, observed_at, text)
     select project, decode(digest, 'hex'), id, architecture, observed_at, text
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[])
       as added (project, digest, id, architecture, observed_at, text)
     on conflict do nothing
     returning encode(digest, 'hex') as digest`,
    columnsOf(rows),
  )
}

function* partsOf<T>(all: readonly T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += rowsAtOnce) yield all.slice(from, from + rowsAtOnce)
}
