/** What a store in PostgreSQL does when something breaks. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { StoredRecord } from '#domain/evidence.ts'
import { serializeRecord } from '#domain/evidence-text.ts'
import { NoStore } from '#store/no-store.ts'
import { openStore } from '#store/open-store.ts'
import type { Limits } from '#store/postgres-connection.ts'
import { PostgresStore } from '#store/postgres-store.ts'
import { folderOf, observedRun } from '#tests/builders.ts'
import { askDirectly, describePostgres, emptySchema, serverForTests } from './postgres.ts'
import { someRecords } from './some-records.ts'

const secret = 'correct horse+battery/staple'

/** A store that is closed when the test has ended. */
function storeAt(address: string, limits?: Partial<Limits>): PostgresStore {
  const store = new PostgresStore(address, limits)
  onTestFinished(() => store.close())
  return store
}

/** What a promise was rejected with, which must be fit to be shown. */
async function refusal(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(NoStore)
  const everything = inspect(error, { depth: 20, showHidden: true })
  expect(everything).not.toContain(secret)
  expect(everything).not.toContain(encodeURIComponent(secret))
  return (error as NoStore).message // true: it is one
}

const textsOf = (records: readonly StoredRecord[]) => records.map(serializeRecord).sort()

/** A record that another session is adding and has not committed: an append of it waits. */
async function uncommitted(address: string, record: StoredRecord): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: address })
  client.on('error', () => undefined)
  await client.connect()
  await client.query('begin')
  await client.query(
    `insert into evidence_record (project, digest, id, text) values ($1, sha256(convert_to($2, 'UTF8')), '', $2)`,
    [record.project, serializeRecord(record)],
  )
  return client
}

async function untilSomebodyWaits(address: string): Promise<number> {
  for (;;) {
    const [row] = await askDirectly(
      address,
      `select pid from pg_stat_activity where wait_event_type = 'Lock' and query like 'insert into evidence_record%'`,
    )
    if (typeof row?.pid === 'number') return row.pid
    await pause(10)
  }
}

describePostgres('an append', () => {
  const server = serverForTests({ isDurable: true })
  const [first, ...rest] = someRecords(1500)
  if (!first) throw new Error('records were asked for')
  const all = [first, ...rest]
  // The last one in the order of the key, so that the others are written when it waits.
  const last = all.toSorted((a, b) => (a.project < b.project ? 1 : -1))[0] ?? first

  test('is as if it had never been where the server is killed before it ends, and can be repeated', async () => {
    const address = await emptySchema(server())
    const store = storeAt(address)
    await store.append([first])
    await uncommitted(address, last)
    const appending = refusal(store.append(all))
    await untilSomebodyWaits(address)
    await server().kill()
    expect(await appending).toMatch(/went away/)
    expect(await refusal(store.append(all))).toMatch(/cannot be reached/)
    await server().restart()
    expect(await store.read()).toEqual([first])
    expect((await store.append(all)).added).toHaveLength(all.length - 1)
    expect(textsOf(await store.read())).toEqual(textsOf(all))
  })

  test('is as if it had never been where its connection is ended, and the store goes on', async () => {
    const address = await emptySchema(server())
    const store = storeAt(address)
    await store.append([first])
    const other = await uncommitted(address, last)
    const appending = refusal(store.append(all))
    const pid = await untilSomebodyWaits(address)
    await askDirectly(address, `select pg_terminate_backend(${pid})`)
    expect(await appending).toMatch(/terminating connection/)
    await other.end()
    expect(await store.read()).toEqual([first])
    expect((await store.append(all)).added).toHaveLength(all.length - 1)
  })

  test('waits for another one that adds the same record, and does not for ever', async () => {
    const address = await emptySchema(server())
    const store = storeAt(address)
    await store.append([first])
    const other = await uncommitted(address, last)
    const hasty = storeAt(address, { statementMilliseconds: 400 })
    expect(await refusal(hasty.append(all))).toMatch(/took too long.*send the same records again/)
    const appending = store.append(all)
    await untilSomebodyWaits(address)
    await other.query('commit')
    expect((await appending).added).toHaveLength(all.length - 2)
    await other.end()
  })

  test('does not wait for ever for a server that has fallen silent', async () => {
    const address = await emptySchema(server())
    const store = storeAt(address, { statementMilliseconds: 300, connections: 1 })
    await store.append([first])
    const [row] = await askDirectly(
      address,
      `select pid from pg_stat_activity where application_name = 'works-on-arm' and state = 'idle'`,
    )
    process.kill(Number(row?.pid), 'SIGSTOP')
    try {
      expect(await refusal(store.append(all))).toMatch(/went away/)
    } finally {
      process.kill(Number(row?.pid), 'SIGCONT')
    }
    expect((await store.append(all)).added).toHaveLength(all.length - 1)
  })

  test('finds the server again that was restarted while nobody asked it', async () => {
    const store = storeAt(await emptySchema(server()))
    await store.append([first])
    await server().kill()
    await server().restart()
    expect(await store.append([first])).toEqual({ added: [], duplicates: 1 })
  })

  test('is on the disk when it returns, also where the role would not wait for that', async () => {
    const address = await emptySchema(server())
    const store = storeAt(`${address}&options=${encodeURIComponent('-c synchronous_commit=off')}`)
    // The address has `options` twice: the last one counts, so the tables are made in `public`.
    await store.append([first])
    await askDirectly(
      address,
      'create table public.seen (value text)',
      `create function public.see() returns trigger language plpgsql as
         $$ begin insert into public.seen values (current_setting('synchronous_commit')); return new; end $$`,
      'create trigger see before insert on public.evidence_record for each row execute function public.see()',
    )
    await store.append(rest.slice(0, 2))
    expect(await askDirectly(address, 'select distinct value from public.seen')).toEqual([{ value: 'on' }])
    await askDirectly(address, 'drop table public.evidence_record, public.evidence_schema, public.evidence_refused_run')
  })
})

describePostgres('many writers', () => {
  const server = serverForTests({ isDurable: true })
  const records = someRecords(1200)
  const lines = records.map((record) => `${serializeRecord(record)}\n`)
  const writer = fileURLToPath(new URL('append-in-batches.ts', import.meta.url))

  function write(address: string, file: string, size: number): { child: ChildProcess; acknowledged: Set<string> } {
    const acknowledged = new Set<string>()
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', writer, address, file, String(size)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let told = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      told += text
      const end = told.lastIndexOf('\n')
      for (const id of told.slice(0, Math.max(end, 0)).split(/\s+/)) if (id.length === 64) acknowledged.add(id)
      told = told.slice(end + 1)
    })
    return { child, acknowledged }
  }

  test('at the same time add every record once, in eight processes that make the tables too', async () => {
    const address = await emptySchema(server())
    const files = Array.from({ length: 8 }, (_, index) => [
      `${index}.jsonl`,
      (index % 2 === 0 ? lines : lines.toReversed()).filter((_line, at) => (at + index) % 4 !== 0).join(''),
    ])
    const home = folderOf(Object.fromEntries(files) as Record<string, string>) // pairs of texts
    const writers = files.map(([name = ''], index) => write(address, join(home, name), 1 + index * 9))
    await Promise.all(writers.map(({ child }) => once(child, 'close')))
    for (const { child } of writers) expect(child.exitCode).toBe(0)
    expect(textsOf(await storeAt(address).read())).toEqual(textsOf(records))
  }, 120_000)

  test('lose nothing that was acknowledged when they and the server are killed', async () => {
    const address = await emptySchema(server())
    const home = folderOf({ 'all.jsonl': lines.join(''), 'reversed.jsonl': lines.toReversed().join('') })
    const acknowledged = new Set<string>()
    let killedWhileWriting = 0
    for (let round = 0; round < 6; round += 1) {
      const writers = ['all.jsonl', 'reversed.jsonl', 'all.jsonl'].map((name, index) =>
        write(address, join(home, name), 3 + index),
      )
      await Promise.all(writers.map(({ child }) => child.stdout && once(child.stdout, 'data')))
      await pause(60 + round * 40)
      if (round % 2 === 0) await server().kill()
      const interrupted = writers.filter(({ child }) => child.exitCode === null)
      for (const { child } of interrupted) child.kill('SIGKILL')
      await Promise.all(writers.map(({ child }) => child.signalCode ?? child.exitCode ?? once(child, 'close')))
      if (round % 2 === 0) await server().restart()
      killedWhileWriting += interrupted.length
      for (const writer of writers) for (const id of writer.acknowledged) acknowledged.add(id)
      const kept = (await storeAt(address).read()).map(({ id }) => id)
      expect(new Set(kept).size).toBe(kept.length)
      for (const id of acknowledged) expect(kept).toContain(id)
    }
    expect(killedWhileWriting).toBeGreaterThan(3)
    const last = write(address, join(home, 'all.jsonl'), 100)
    await once(last.child, 'close')
    expect(textsOf(await storeAt(address).read())).toEqual(textsOf(records))
  }, 120_000)
})

describePostgres('a database', () => {
  const server = serverForTests({ isDurable: false, access: 'local all locked scram-sha-256' })
  const record = observedRun()

  test('that refuses the password is told from one that is not there, and the password is not told', async () => {
    await askDirectly(server().address(), `create role locked login password 'another one'`)
    const refused = (password?: string) => {
      const address = server().address('postgres', { user: 'locked', ...(password ? { password } : {}) })
      return refusal(storeAt(address).append([record]))
    }
    expect(await refused(secret)).toMatch(/refused the user or the password: .*"locked"/)
    expect(await refused()).toMatch(/wants a password, and was given none/)
    expect(await refusal(storeAt(server().address('nowhere')).append([record]))).toMatch(/no database of that name/)
  })

  test('whose message repeats the password is shown without it', async () => {
    const address = server().address('evidence', { user: 'swordfish', password: 'swordfish' })
    expect(await refusal(storeAt(address).read())).toMatch(/role "…" does not exist/)
  })

  test('that only lets itself be read is read, and says that it takes nothing', async () => {
    const address = await emptySchema(server())
    const schema = /store_\d+/.exec(address)?.[0] ?? ''
    await storeAt(address).append([record])
    await askDirectly(
      address,
      'create role reader login',
      `grant usage on schema ${schema} to reader`,
      `grant select on all tables in schema ${schema} to reader`,
    )
    const reader = storeAt(address.replace('works_on_arm', 'reader'))
    expect(await reader.read()).toEqual([record])
    expect(await refusal(reader.append([record]))).toMatch(/does not let this user do that/)
  })

  test('says when it is probed whether records can be added, and adds none', async () => {
    const address = await emptySchema(server())
    await expect(storeAt(address).probe()).resolves.toBeUndefined()
    expect(await storeAt(address).read()).toEqual([])
    const schema = /store_\d+/.exec(address)?.[0] ?? ''
    await askDirectly(
      address,
      'create role watcher login',
      `grant usage on schema ${schema} to watcher`,
      `grant select on all tables in schema ${schema} to watcher`,
    )
    expect(await refusal(storeAt(address.replace('works_on_arm', 'watcher')).probe())).toMatch(/does not let this user/)
  })

  test('takes records from a role that may add and read, and nothing else', async () => {
    const address = await emptySchema(server())
    const schema = /store_\d+/.exec(address)?.[0] ?? ''
    await storeAt(address).append([record])
    await askDirectly(
      address,
      'create role receiver login',
      `grant usage on schema ${schema} to receiver`,
      'grant select on evidence_schema to receiver',
      'grant select, insert on evidence_record, evidence_refused_run to receiver',
    )
    const receiver = storeAt(address.replace('works_on_arm', 'receiver'))
    const other = observedRun({ run: { id: '2' } })
    expect(await receiver.append([record, other])).toEqual({ added: [other], duplicates: 1 })
    expect(await refusal(receiver.remove([record]))).toMatch(/does not let this user do that/)
    expect(await receiver.read()).toHaveLength(2)
    await receiver.refuseRuns([{ repository: 'redis/redis', runId: '1', event: 'pull_request' }])
    expect(await receiver.refusedAmong([{ repository: 'redis/redis', runId: '1' }])).toHaveLength(1)
    await expect(receiver.probe()).resolves.toBeUndefined()
  })

  test('of an earlier version gets what it lacks from its owner, and keeps what it has', async () => {
    const address = await emptySchema(server())
    await storeAt(address).append([record])
    await askDirectly(address, 'drop table evidence_refused_run', 'update evidence_schema set version = 1')
    expect(await storeAt(address).read()).toEqual([record])
    const run = { repository: 'redis/redis', runId: '1', event: 'pull_request' }
    await storeAt(address).refuseRuns([run])
    expect(await storeAt(address).refusedAmong([run])).toEqual([run])
    expect(await storeAt(address).read()).toEqual([record])
  })

  test('without tables has nothing, and reading makes none', async () => {
    const address = await emptySchema(server())
    const store = storeAt(address)
    expect(await store.read()).toEqual([])
    expect(await store.fingerprints()).toEqual(new Map())
    expect(await store.remove([record])).toBe(0)
    expect(await askDirectly(address, `select to_regclass('evidence_record') as there`)).toEqual([{ there: null }])
  })

  test('that a newer program has made is left alone', async () => {
    const address = await emptySchema(server())
    await storeAt(address).append([record])
    await askDirectly(address, 'update evidence_schema set version = 1000')
    expect(await refusal(storeAt(address).append([record]))).toMatch(/schema 1000.*newer/)
    expect(await refusal(storeAt(address).read())).toMatch(/schema 1000/)
  })

  test('that cannot hold every character is refused before it holds any', async () => {
    const create = `create database narrow encoding 'LATIN1' template template0`
    await askDirectly(server().address(), create)
    expect(await refusal(storeAt(server().address('narrow')).append([record]))).toMatch(/LATIN1, expected UTF8/)
  })

  test('does not let a text be edited by hand', async () => {
    const address = await emptySchema(server())
    await storeAt(address).append([record])
    const edit = askDirectly(address, `update evidence_record set text = replace(text, 'passed', 'failed')`)
    await expect(edit).rejects.toThrow(/digest_of_text/)
  })

  test('has its bad rows reported, each with what is wrong, and the others read', async () => {
    const address = await emptySchema(server())
    const store = storeAt(address)
    const records = someRecords(6)
    await store.append(records)
    const edit = (index: number, assignments: string) =>
      `update evidence_record set ${assignments} where id = '${records[index]?.id ?? ''}'`
    const text = (sql: string) => `text = ${sql}, digest = sha256(convert_to(${sql}, 'UTF8'))`
    await askDirectly(
      address,
      edit(0, text(`'{"torn": '`)),
      edit(1, text(`replace(text, '"outcome":"', '"outcome":"really-')`)),
      edit(2, text(`replace(text, '"attempt":1', '"attempt":2')`)),
      edit(3, `project = 'another'`),
      'alter table evidence_record drop constraint digest_of_text',
      edit(4, `text = replace(text, '"version":"1.4"', '"version":"2"')`),
    )
    expect(await store.read()).toEqual(records.slice(5))
    const reasons: string[] = []
    await store.readParts(undefined, ({ problems }) => {
      for (const { code, reason, fix, place } of problems) {
        expect(code).toBe('bad-row')
        expect(place.file).toBe(store.address)
        expect(fix).toMatch(/delete from evidence_record where digest = '\\x[0-9a-f]{64}'/)
        reasons.push(reason)
      }
    })
    expect(reasons).toHaveLength(5)
    for (const expected of [
      /`{"torn": ` in row `[0-9a-f]{12}` of project `\w+`, expected one record as JSON/,
      /`really-\w+` in row .*, expected one of .*`passed`.* in `outcome`/,
      /, expected the digest of what the record says in `id`/,
      /`another` in row .* of project `another`, expected `\w+`, the project of its text/,
      /, the digest of its text/,
    ]) {
      expect(
        reasons.filter((reason) => expected.test(reason)),
        String(expected),
      ).toHaveLength(1)
    }
  })
})

describe('a database that is not there', () => {
  const record = observedRun()

  test('is said to be out of reach', async () => {
    const address = `postgresql://someone:${encodeURIComponent(secret)}@127.0.0.1:${await closedPort()}/evidence`
    const message = await refusal(storeAt(address).append([record]))
    expect(message).toMatch(
      /^The evidence store at postgresql:\/\/127\.0\.0\.1:\d+\/evidence cannot be reached, .*ECONNREFUSED/,
    )
    expect(message).not.toContain('someone')
    const nowhere = storeAt(`postgresql:///evidence?host=${folderOf({})}&user=someone`)
    expect(await refusal(nowhere.read())).toMatch(/cannot be reached.*ENOENT/)
  })

  test('is given up where something else answers, or nothing does', async () => {
    const silent = await listening(() => undefined)
    const loud = await listening((port) => port.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    for (const port of [silent, loud]) {
      const store = storeAt(`postgresql://someone@127.0.0.1:${port}/evidence`, { connectMilliseconds: 300 })
      expect(await refusal(store.append([record]))).toMatch(/cannot be reached|did not do/)
    }
  })
})

describe('the address of a store', () => {
  test.each([undefined, '', 'files'])('%j means files', async (address) => {
    const folder = folderOf({})
    const store = await openStore(address, join(folder, 'evidence'))
    await store.append([observedRun()])
    expect(await store.read('redis')).toHaveLength(1)
  })

  test.each(['postgres', 'postgresql', 'POSTGRESQL'])('of scheme %s means a database', async (scheme) => {
    const store = await openStore(`${scheme}://someone:${encodeURIComponent(secret)}@[::1]:6543/evidence`, '')
    expect(store).toMatchObject({ address: 'postgresql://[::1]:6543/evidence' })
    expect(inspect(store, { depth: 1 })).not.toContain(secret)
  })

  test.each([
    [`mysql://someone:${encodeURIComponent(secret)}@host/evidence`, /of scheme `mysql:`/],
    [secret, /without a scheme/],
    [`postgresql://someone:${encodeURIComponent(secret)}@host:notaport/evidence`, /cannot be read/],
    [`postgresql://someone:${encodeURIComponent(secret)}%@host:99999999/evidence`, /cannot be read/],
  ])('that is none is refused, and not repeated', async (address, expected) => {
    expect(await refusal(openStore(address, ''))).toMatch(expected)
  })
})

async function closedPort(): Promise<number> {
  const server = createServer()
  const port = await portOf(server)
  server.close()
  await once(server, 'close')
  return port
}

async function listening(answer: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    answer(socket)
  })
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return await portOf(server)
}

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port // an address: it listens on a port
}
