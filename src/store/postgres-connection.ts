/** Connections to a database: as many as are needed and no more, none of them for ever, each transaction whole. */
import pg from 'pg'
import { NoStore } from './no-store.ts'
import { noStore, type Shown } from './postgres-errors.ts'

/** Asks the database within a transaction. */
export type Ask = <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>

export interface Limits {
  /** Connections of this process at one time; what is beyond waits. */
  connections: number
  /** How long one waits for a connection. */
  connectMilliseconds: number
  /** How long a statement may take, and how long a writer may rest between two. */
  statementMilliseconds: number
}

const standardLimits: Limits = { connections: 4, connectMilliseconds: 10_000, statementMilliseconds: 120_000 }

/** Longer than any statement may take: by then the database itself has stopped it, or is out of reach. */
const graceMilliseconds = 2_000

export class Connections {
  /** Address of the database without the password, for people. */
  readonly address: string
  private readonly pool: pg.Pool
  private readonly shown: Shown
  private readonly begin: { read: string; write: string }

  /**
   * Connects when it is first asked.
   * @throws NoStore where that is no address of a database
   */
  constructor(connectionString: string, limits: Partial<Limits> = {}) {
    const { connections, connectMilliseconds, statementMilliseconds } = { ...standardLimits, ...limits }
    this.shown = shownAddress(connectionString)
    this.address = this.shown.address
    this.pool = new pg.Pool({
      connectionString,
      max: connections,
      connectionTimeoutMillis: connectMilliseconds,
      query_timeout: statementMilliseconds + graceMilliseconds,
      idleTimeoutMillis: 30_000,
      // A connection that waits for work does not keep a command from ending.
      allowExitOnIdle: true,
      keepAlive: true,
      fallback_application_name: 'works-on-arm',
    })
    // A connection that breaks while nobody uses it is replaced; one that breaks in use fails its query as well.
    // Without listeners either would end the process: https://github.com/brianc/node-postgres/issues/2439
    this.pool.on('error', ignore)
    this.pool.on('connect', (client) => client.on('error', ignore))
    // In the transaction and not in the session, which a pooler before the database may share among several.
    const settings = (restMilliseconds: number) =>
      [
        `statement_timeout = ${statementMilliseconds}`,
        `lock_timeout = ${Math.ceil(statementMilliseconds / 2)}`,
        `idle_in_transaction_session_timeout = ${restMilliseconds}`,
      ].map((setting) => `set local ${setting}`)
    // Stronger settings, which wait for other servers, stay as the operator made them.
    const durable = `select set_config('synchronous_commit', 'on', true) where current_setting('synchronous_commit') = 'off'`
    this.begin = {
      // Between two parts, their reader may have much to do.
      read: ['begin read only', ...settings(statementMilliseconds * 10)].join('; '),
      // A writer that hangs makes others wait for what it was adding.
      write: ['begin', ...settings(statementMilliseconds), durable].join('; '),
    }
  }

  /**
   * Runs `work` as one transaction: when it returns, everything is committed; when it throws, nothing is,
   * unless the connection broke after the commit was sent, and then nobody can say.
   * @throws NoStore where the database is the reason; what `work` throws otherwise
   */
  async transaction<T>(kind: 'read' | 'write', work: (ask: Ask) => Promise<T>): Promise<T> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw noStore(error, this.shown) ?? error
    })
    let isSound = false
    const send = async (text: string, values: readonly unknown[] = []) => {
      try {
        // With values or without: only without, a text may hold several statements.
        return await (values.length > 0 ? client.query<object>(text, [...values]) : client.query<object>(text))
      } catch (error) {
        throw noStore(error, this.shown) ?? error
      }
    }
    try {
      await send(this.begin[kind])
      // What the rows of a query are, only its text says.
      const result = await work(async <Row extends object>(text: string, values?: readonly unknown[]) => {
        const { rows } = await send(text, values)
        return rows as Row[]
      })
      const { command } = await send('commit')
      if (command !== 'COMMIT') {
        throw new NoStore(`The evidence store at ${this.address} answered ${command} to a commit: nothing was kept.`)
      }
      isSound = true
      return result
    } finally {
      // Where anything went wrong the connection goes, and the database takes back what was begun on it.
      client.release(!isSound)
    }
  }

  async close(): Promise<void> {
    if (!this.pool.ending) await this.pool.end()
  }
}

function ignore(): void {
  // The query that needed the connection fails, or the next one gets another connection.
}

/** As `pg` reads the address, so that what is shown is what is asked. */
function shownAddress(connectionString: string): Shown {
  try {
    const { host, port, database, password } = new pg.Client({ connectionString })
    const address = host.startsWith('/')
      ? `postgresql:///${database ?? ''}?host=${host}`
      : `postgresql://${host.includes(':') ? `[${host}]` : host}:${port}/${database ?? ''}`
    return { address, password }
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error
    throw new NoStore(
      'The address of the evidence store cannot be read, expected one such as `postgresql://user@host:5432/database`; write what is no letter, digit, `-`, `.`, `_` or `~` in a user or password as `%` and two digits.',
    )
  }
}
