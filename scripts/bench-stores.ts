/**
 * Measures the stores of evidence side by side: appends in batches of several sizes by several writers at once, reading
 * everything, room on the disk, and copying. On the disk of the folder for temporary files, with a PostgreSQL
 * server of its own that waits for that disk. Each append is measured three times, in turns, because whatever else the
 * machine does is measured too; the median counts, and the most that was reached stands beside it. Called by `npm run bench -- --stores [--records N] [--json]`.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { linesOfADay } from './bench-records.ts'
import { startPostgres } from './postgres-server.ts'

const home = resolve(import.meta.dirname, '..')
const worker = join(import.meta.dirname, 'bench-stores-process.ts')
const node = ['--disable-warning=ExperimentalWarning']
const { values } = parseArgs({
  options: { records: { type: 'string', default: '240000' }, json: { type: 'boolean', default: false } },
})
const lines = linesOfADay(Number(values.records))
const writersAtOnce = [1, 4, 8]
const rounds = 3
/** Batches, and how many records are enough to measure them: small ones are slow. */
const batches = [
  { batch: 1, some: lines.slice(0, 2_000) },
  { batch: 100, some: lines.slice(0, 40_000) },
  { batch: 10_000, some: lines.slice(0, 80_000) },
]

const folder = mkdtempSync(join(tmpdir(), 'works-on-arm-bench-'))
const server = await startPostgres({ isDurable: true })
let made = 0

/** A store for one measurement: where it is, and how to be rid of it. */
interface Place {
  where: string
  remove(): Promise<void>
}

const kinds: Record<string, () => Promise<Place>> = {
  files: () => {
    made += 1
    const where = join(folder, `files-${made}`)
    mkdirSync(where)
    return Promise.resolve({
      where,
      remove: () => {
        rmSync(where, { recursive: true })
        return Promise.resolve()
      },
    })
  },
  postgresql: async () => {
    made += 1
    const database = `bench_${made}`
    await ask(server.address(), `create database ${database}`)
    return {
      where: server.address(database),
      remove: async () => {
        await ask(server.address(), `drop database ${database} with (force)`)
      },
    }
  },
}

try {
  const appends = await measureAppends()
  const reads = [await measureReading('files'), await measureReading('postgresql')]
  const copies = await measureCopies()
  if (values.json)
    process.stdout.write(`${JSON.stringify({ node: process.version, appends, reads, copies }, null, 2)}\n`)
  else {
    print(['appends, records a second', ...writersAtOnce.map((writers) => `${writers} at once`)], appends.map(rowOf))
    print(['reading everything', 's', 'peak MB', 'bytes a record'], reads.map(rowOf))
    print(['copy-evidence', 's', 'read', 'added'], copies.map(rowOf))
    process.stdout.write(
      `Node ${process.version}, ${lines.length} records; medians of ${rounds} appends, one run of the others.\n`,
    )
  }
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function measureAppends(): Promise<object[]> {
  const kindsAndBatches = Object.keys(kinds).flatMap((store) => batches.map((one) => ({ store, ...one })))
  const perSecond = new Map<string, number[]>()
  for (let round = 0; round < rounds; round += 1) {
    for (const { store, batch, some } of kindsAndBatches) {
      for (const writers of writersAtOnce) {
        const place = await placeOf(store)
        const seconds = await append(place.where, some, batch, writers)
        await place.remove()
        const key = `${store} ${batch} ${writers}`
        perSecond.set(key, [...(perSecond.get(key) ?? []), Math.round(some.length / seconds)])
        process.stderr.write(`\r${key}: ${Math.round(some.length / seconds)} records a second`.padEnd(70))
      }
    }
  }
  process.stderr.write('\n')
  return kindsAndBatches.map(({ store, batch }) => ({
    what: `${store}, batches of ${batch}`,
    ...Object.fromEntries(
      writersAtOnce.map((writers) => {
        const measured = perSecond.get(`${store} ${batch} ${writers}`) ?? []
        return [`by${writers}`, { median: median(measured), most: Math.max(...measured) }]
      }),
    ),
  }))
}

async function measureReading(store: string): Promise<object> {
  const { where, remove } = await placeOf(store)
  await append(where, lines, 10_000, 1)
  const bytes = store === 'files' ? bytesIn(where) : await bytesOf(where)
  const read = JSON.parse(run([worker, 'read', where])) as { records: number; seconds: number; peakMegabytes: number }
  await remove()
  if (read.records !== lines.length) throw new Error(`${read.records} of ${lines.length} records were read`)
  const { seconds, peakMegabytes } = read
  return { what: store, seconds: round(seconds), peakMegabytes, bytesPerRecord: Math.round(bytes / lines.length) }
}

/** Seconds in which writers, each a process with its own part of the records, append them. */
async function append(where: string, lines: readonly string[], batch: number, writers: number): Promise<number> {
  const processes = Array.from({ length: writers }, (_, number) => {
    const file = join(folder, `part-${number}.jsonl`)
    // A batch is what came one after the other, whoever writes it.
    const mine = lines.filter(
      (_line, index) => Math.floor(index / Math.min(batch, lines.length / writers)) % writers === number,
    )
    writeFileSync(file, `${mine.join('\n')}\n`)
    const child = spawn(process.execPath, [...node, worker, 'write', where, file, String(batch)], {
      cwd: home,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    return { child, ended: once(child, 'close') }
  })
  for (const { child } of processes) await once(child.stdout, 'data')
  const start = process.hrtime.bigint()
  for (const { child } of processes) child.stdin.write('go\n')
  for (const { child, ended } of processes) {
    await ended
    if (child.exitCode !== 0) throw new Error('A writer failed.')
  }
  return Number(process.hrtime.bigint() - start) / 1e9
}

/** Seconds of `copy-evidence`, the start of the program included. */
async function measureCopies(): Promise<object[]> {
  const [from, to] = [await placeOf('postgresql'), await placeOf('postgresql')]
  const content = join(folder, 'content')
  mkdirSync(content)
  writeFileSync(join(content, 'site.yml'), 'title: Measured\n')
  const [late, early] = [lines.filter((_, index) => index % 1000 < 8), lines.filter((_, index) => index % 1000 >= 8)]
  const copy = (what: string, ...ends: string[]) => {
    const start = process.hrtime.bigint()
    const answer = run(['src/cli/main.ts', 'copy-evidence', '--json', '--content', content, ...ends])
    const seconds = round(Number(process.hrtime.bigint() - start) / 1e9)
    const { read, added } = JSON.parse(answer) as { read: number; added: number }
    return { what, seconds, read, added }
  }
  await append(from.where, early, 10_000, 1)
  const measured = [
    copy('everything, into files', '--from', from.where),
    copy('nothing new, into files', '--from', from.where),
  ]
  await append(from.where, late, 10_000, 1)
  measured.push(copy('8 of 1,000 new, into files', '--from', from.where))
  measured.push(copy('everything, from files', '--from', 'files', '--to', to.where))
  await from.remove()
  await to.remove()
  return measured
}

async function placeOf(store: string): Promise<Place> {
  const make = kinds[store]
  if (!make) throw new Error(`There is no store of ${store}.`)
  return await make()
}

function run(args: readonly string[]): string {
  const done = spawnSync(process.execPath, [...node, ...args], {
    cwd: home,
    env: { ...process.env, INIT_CWD: home },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  })
  if (done.status !== 0) throw new Error(`${args.join(' ')} ended with ${done.status}`)
  return done.stdout
}

/** Bytes on the disk, which gives files whole blocks. */
function bytesIn(where: string): number {
  return readdirSync(where).reduce((sum, name) => sum + statSync(join(where, name)).blocks * 512, 0)
}

async function bytesOf(address: string): Promise<number> {
  const [row] = await ask(address, `select pg_total_relation_size('evidence_record')::float as bytes`)
  return row?.bytes ?? Number.NaN
}

async function ask(address: string, statement: string): Promise<Record<string, number>[]> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    return (await client.query<Record<string, number>>(statement)).rows
  } finally {
    await client.end()
  }
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

function round(seconds: number): number {
  return Number(seconds.toFixed(2))
}

function rowOf(measured: object): string[] {
  return Object.values(measured).map((value: unknown) => {
    if (typeof value === 'number') return value.toLocaleString('en')
    if (typeof value !== 'object' || value === null) return String(value)
    const [usual = '', most = ''] = rowOf(value)
    return `${usual} (${most})`
  })
}

function print(head: readonly string[], rows: readonly string[][]): void {
  const table = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  for (const row of table) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
    process.stdout.write(`${cells.join('  ')}\n`)
  }
  process.stdout.write('\n')
}
