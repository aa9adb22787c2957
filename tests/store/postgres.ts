/** The tests' own PostgreSQL: started by the file that needs it, gone with it. */
import pg from 'pg'
import { afterAll, beforeAll, describe } from 'vitest'
import { findPostgres } from '../../scripts/ensure-postgres.mjs'
import { startPostgres, type Server, type ServerOptions } from '../../scripts/postgres-server.ts'

// Under CI a test that cannot run fails.
const isLeftOut = findPostgres() === undefined && !process.env.CI

/** Tests of the database; where there is none they are skipped, and their title says why. */
export function describePostgres(title: string, tests: () => void): void {
  if (isLeftOut) describe.skip(`${title} (skipped: no PostgreSQL here; \`npm run test:set-up\` installs it)`, tests)
  else describe(title, tests)
}

/** A server for the tests that stand beside the call. */
export function serverForTests(options: ServerOptions): () => Server {
  let server: Server | undefined
  beforeAll(async () => {
    server = await startPostgres(options)
  }, 60_000)
  afterAll(async () => {
    await server?.stop()
  })
  return () => {
    if (!server) throw new Error('The server has not been started.')
    return server
  }
}

let made = 0

/** The address of an empty store: a schema of its own, in a database that others may use too. */
export async function emptySchema(server: Server): Promise<string> {
  made += 1
  const name = `store_${made}`
  await askDirectly(server.address(), `create schema ${name}`)
  return server.address('postgres', { options: `-c search_path=${name}` })
}

/** Does what a store would not do. */
export async function askDirectly(address: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    let rows: Record<string, unknown>[] = []
    for (const statement of statements) rows = (await client.query<Record<string, unknown>>(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}
