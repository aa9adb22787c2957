/** Commands whose evidence goes into a database, and comes from there into files. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Evidence, StoredRecord } from '#domain/evidence.ts'
import { serializeRecord } from '#domain/evidence-text.ts'
import { JsonLinesStore } from '#store/jsonl-store.ts'
import { PostgresStore } from '#store/postgres-store.ts'
import { folderOf, observedRun, projectFile, run, type Ran } from '#tests/builders.ts'
import { recordEvidence } from '../../src/cli/record-evidence.ts'
import { askDirectly, describePostgres, emptySchema, serverForTests } from '../store/postgres.ts'
import { someRecords } from '../store/some-records.ts'

const projects = ['redis', 'nginx', 'jq', 'zlib', 'lua']

function siteFolder(files: Record<string, string> = {}): string {
  return folderOf({
    'content/site.yml': 'title: Test\n',
    'content/architectures.yml':
      'amd64:\n  name: x86\n  control: true\narm64:\n  name: Arm\nriscv64:\n  name: RISC-V\n',
    ...Object.fromEntries(projects.map((id) => [`content/projects/${id}.md`, projectFile({ name: id })])),
    ...files,
  })
}

const report = (id: number, changes: Record<string, unknown> = {}) => ({
  schema: 'works-on-arm/report@1',
  project: projects[id % projects.length],
  architecture: 'arm64',
  level: 'tested',
  outcome: 'passed',
  observedAt: '2026-11-02T10:20:30Z',
  link: `https://ci.example.org/runs/${id}`,
  run: { provider: 'github-actions', repository: 'example/example', id: String(id), attempt: 1, job: 'test' },
  ...changes,
})

const reportsOf = (count: number) => JSON.stringify(Array.from({ length: count }, (_, id) => report(id)))

/** The files of a content folder's evidence, by name. */
function filesIn(directory: string): Record<string, string> {
  const folder = join(directory, 'content/evidence')
  if (!existsSync(folder)) return {}
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'))
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

async function command(directory: string, args: readonly string[], environment = {}): Promise<Ran> {
  return await run([...args, '--content', 'content'], { directory, environment })
}

interface Copied {
  projects: number
  read: number
  added: number
  duplicates: number
  problems: { code: string; place: { file: string; line: number } }[]
}

async function copy(directory: string, args: readonly string[], environment = {}): Promise<Copied & { code: number }> {
  const { code, answer, told } = await command(directory, ['copy-evidence', '--json', ...args], environment)
  expect(told).toBe('')
  return { code, ...(JSON.parse(answer) as Copied) }
}

describePostgres('with a database', () => {
  const server = serverForTests({ isDurable: false })

  async function stored(address: string): Promise<string[]> {
    const store = new PostgresStore(address)
    try {
      return (await store.read()).map(serializeRecord).sort()
    } finally {
      await store.close()
    }
  }

  async function store(address: string, records: readonly StoredRecord[]): Promise<void> {
    const store = new PostgresStore(address)
    try {
      await store.append(records)
    } finally {
      await store.close()
    }
  }

  test('`ingest` leaves the files alone, and `copy-evidence` makes them what they would have been', async () => {
    const address = await emptySchema(server())
    const [direct, through] = [siteFolder({ 'r.json': reportsOf(40) }), siteFolder({ 'r.json': reportsOf(40) })]
    await command(direct, ['ingest', 'r.json'])
    const { answer } = await command(through, ['ingest', '--store', address, 'r.json'])
    expect(answer).toContain('40 results read: 40 added, 0 known already')
    expect(filesIn(through)).toEqual({})

    const copied = { code: 0, problems: [] }
    expect(await copy(through, ['--from', address])).toEqual({
      ...copied,
      projects: 5,
      read: 40,
      added: 40,
      duplicates: 0,
    })
    expect(filesIn(through)).toEqual(filesIn(direct))
    expect(await copy(through, ['--from', address])).toEqual({
      ...copied,
      projects: 0,
      read: 0,
      added: 0,
      duplicates: 0,
    })
    expect(filesIn(through)).toEqual(filesIn(direct))
  })

  test('EVIDENCE_STORE says it for every command, and `--store files` says otherwise', async () => {
    const EVIDENCE_STORE = await emptySchema(server())
    const directory = siteFolder({ 'a.json': reportsOf(1), 'b.json': JSON.stringify(report(1)) })
    await command(directory, ['ingest', 'a.json'], { EVIDENCE_STORE })
    await command(directory, ['ingest', '--store', 'files', 'b.json'], { EVIDENCE_STORE })
    expect(Object.keys(filesIn(directory))).toEqual(['nginx.jsonl'])
    expect(await stored(EVIDENCE_STORE)).toHaveLength(1)
    expect(await copy(directory, [], { EVIDENCE_STORE })).toMatchObject({ code: 0, projects: 1, added: 1 })
    expect(Object.keys(filesIn(directory))).toEqual(['nginx.jsonl', 'redis.jsonl'])
  })

  test('records are copied the other way too, in whatever file they stand, and a second copy reads nothing', async () => {
    const address = await emptySchema(server())
    const records = someRecords(60)
    const directory = siteFolder({
      'content/evidence/old/2025.jsonl': records
        .slice(0, 20)
        .map((record) => `${serializeRecord(record)}\n`)
        .join(''),
    })
    new JsonLinesStore(join(directory, 'content/evidence')).append(records.slice(10))
    const there = ['--from', 'files', '--to', address]
    expect(await copy(directory, there)).toMatchObject({ code: 0, projects: 5, added: 60 })
    expect(await stored(address)).toEqual(records.map(serializeRecord).sort())
    expect(await copy(directory, there)).toMatchObject({ projects: 0, read: 0 })
    // What stands in the other file is not written a second time where something is added beside it.
    const more = observedRun({ project: 'redis', run: { id: 'later' } })
    await store(address, [more])
    expect(await copy(directory, ['--from', address])).toMatchObject({ projects: 1, added: 1 })
    const written = filesIn(directory)['redis.jsonl'] ?? ''
    expect(written).toContain(serializeRecord(more))
    expect(written).not.toContain(records[0]?.id)
  })

  test('only projects that differ are read, and only what is missing is added', async () => {
    const [one, other] = [await emptySchema(server()), await emptySchema(server())]
    const records = someRecords(50)
    const more = observedRun({ project: 'redis', run: { id: 'later' } })
    await store(one, [...records, more])
    await store(other, records)
    const directory = siteFolder()
    expect(await copy(directory, ['--from', one, '--to', other])).toMatchObject({
      projects: 1,
      read: 11,
      added: 1,
      duplicates: 10,
    })
    expect(await stored(other)).toEqual(await stored(one))
  })

  test('a row that is none is reported, and the others are copied', async () => {
    const address = await emptySchema(server())
    await store(address, someRecords(10))
    const damage = `"outcome":"sort of"`
    await askDirectly(
      address,
      `update evidence_record set text = replace(text, '"outcome":"failed"', '${damage}'),
         digest = sha256(convert_to(replace(text, '"outcome":"failed"', '${damage}'), 'UTF8'))`,
    )
    const directory = siteFolder()
    const { code, added, problems } = await copy(directory, ['--from', address])
    expect({ code, added }).toEqual({ code: 1, added: 8 })
    expect(problems.map((problem) => problem.code)).toEqual(['bad-row', 'bad-row'])
    expect((await command(directory, ['copy-evidence', '--from', address])).answer).toMatch(
      /error {2}bad-row\n.*`sort of`/,
    )
  })

  test('a line that is no record is reported with its place, and the others are copied', async () => {
    const address = await emptySchema(server())
    const directory = siteFolder({ 'content/evidence/redis.jsonl': `${serializeRecord(observedRun())}\n{"torn"\n` })
    const { code, added, problems } = await copy(directory, ['--from', 'files', '--to', address])
    expect({ code, added }).toEqual({ code: 1, added: 1 })
    expect(problems).toMatchObject([
      { code: 'evidence-not-json', place: { file: 'content/evidence/redis.jsonl', line: 2 } },
    ])
  })

  test('what the database knows and the files do not is known', async () => {
    const address = await emptySchema(server())
    const tap = '1..1\nok 1\n'
    const directory = siteFolder({
      'one.json': JSON.stringify([report(0, { outcome: 'failed' }), report(5, { outcome: 'failed' })]),
      'again.json': JSON.stringify([
        report(0, { outcome: 'failed' }),
        report(5),
        report(10, { observedAt: '2026-11-03T10:20:30Z' }),
      ]),
      'untimed.tap': tap,
    })
    await command(directory, ['ingest', '--store', address, 'one.json'])
    // Two failures in a row are known from the database alone; one of them is now said to have passed, and the next did.
    const { answer } = await command(directory, ['ingest', '--json', '--store', address, 'again.json'])
    expect(JSON.parse(answer)).toMatchObject({
      added: 2,
      duplicates: 1,
      problems: [{ code: 'conflicting-evidence', severity: 'warning' }],
      transitions: [{ project: 'redis', from: { support: 'broken', basis: 'verified' } }],
    })
    const untimed = [
      'ingest',
      '--json',
      '--store',
      address,
      ...'--project jq --architecture arm64 --level tested'.split(' '),
    ]
    const args = [...untimed, '--link', 'https://ci.example.org/', '--run', 'r1', 'untimed.tap']
    expect(JSON.parse((await command(directory, args)).answer)).toMatchObject({ added: 1 })
    const later = await run([...args, '--content', 'content'], { directory, now: '2026-11-21T18:00:00Z' })
    expect(JSON.parse(later.answer)).toMatchObject({ added: 0, duplicates: 1, problems: [] })
  })

  test('a project under its former name is known too', async () => {
    const address = await emptySchema(server())
    const before = siteFolder({ 'r.json': JSON.stringify(report(0)) })
    await command(before, ['ingest', '--store', address, 'r.json'])
    const after = siteFolder({
      'content/projects/redis.md': '---\nmovedTo: valkey\n---\n',
      'content/projects/valkey.md': projectFile({ name: 'Valkey' }),
      'r.json': JSON.stringify(report(0)),
    })
    const { answer } = await command(after, ['ingest', '--json', '--store', address, 'r.json'])
    expect(JSON.parse(answer)).toMatchObject({ added: 0, duplicates: 1 })
  })

  test('a dry run writes nothing, not even tables', async () => {
    const address = await emptySchema(server())
    const directory = siteFolder({ 'r.json': reportsOf(3) })
    const { answer } = await command(directory, ['ingest', '--dry-run', '--store', address, 'r.json'])
    expect(answer).toContain('3 would be added')
    expect(await askDirectly(address, `select to_regclass('evidence_record') as there`)).toEqual([{ there: null }])
  })

  test('a store that is open is used, and stays open', async () => {
    const open = new PostgresStore(await emptySchema(server()))
    try {
      const fresh: Evidence[] = someRecords(5)
      const recording = {
        catalog: { project: new Map(), moved: new Map(), architectures: new Map(), evidence: new Map() },
        contentFolder: folderOf({}),
        clock: '2026-11-21T12:00:00Z',
        from: 'a test',
        environment: {},
        store: open,
      }
      expect(await recordEvidence(fresh, recording)).toMatchObject({ added: 5, duplicates: 0 })
      expect(await recordEvidence(fresh, recording)).toMatchObject({ added: 0, duplicates: 5 })
      expect(await open.read()).toHaveLength(5)
    } finally {
      await open.close()
    }
  })

  test('`retract` takes a record back there', async () => {
    const EVIDENCE_STORE = await emptySchema(server())
    const directory = siteFolder({ 'r.json': reportsOf(1) })
    await command(directory, ['ingest', 'r.json'], { EVIDENCE_STORE })
    await command(directory, ['copy-evidence'], { EVIDENCE_STORE })
    const [{ id } = { id: '' }] = await askDirectly(EVIDENCE_STORE, 'select id from evidence_record')
    const { code } = await command(directory, ['retract', String(id), '--why', 'Another machine'], { EVIDENCE_STORE })
    expect(code).toBe(0)
    expect(await stored(EVIDENCE_STORE)).toHaveLength(2)
    expect(await copy(directory, [], { EVIDENCE_STORE })).toMatchObject({ added: 1 })
    expect((await command(directory, ['explain', 'redis', 'arm64', '--json'])).answer).toContain('"unknown"')
  })

  test('`compact` leaves records out of both, so that they do not come back', async () => {
    const EVIDENCE_STORE = await emptySchema(server())
    const daily = Array.from({ length: 20 }, (_, day) =>
      report(0, {
        observedAt: `2026-10-${String(day + 1).padStart(2, '0')}T10:00:00Z`,
        run: { ...report(0).run, id: `d${day}` },
      }),
    )
    const directory = siteFolder({ 'r.json': JSON.stringify(daily) })
    await command(directory, ['ingest', 'r.json'], { EVIDENCE_STORE })
    await command(directory, ['copy-evidence'], { EVIDENCE_STORE })
    const { answer } = await command(directory, ['compact'], { EVIDENCE_STORE })
    expect(answer).toMatch(/^20 records, of which [1-9] are left out/)
    expect(await copy(directory, [], { EVIDENCE_STORE })).toMatchObject({ projects: 0, added: 0 })
    expect(Object.values(filesIn(directory)).join('').trim().split('\n').sort()).toEqual(await stored(EVIDENCE_STORE))
  })
})

describe('a command that cannot have its store', () => {
  const secret = 'swordfish'

  test.each([
    [
      ['ingest', '--store', `mysql://someone:${secret}@host/evidence`, 'r.json'],
      /of scheme `mysql:`, expected `files`/,
    ],
    [
      ['ingest', '--store', `postgresql://someone:${secret}@127.0.0.1:1/evidence`, 'r.json'],
      /127\.0\.0\.1:1\/evidence cannot be reached/,
    ],
    [['copy-evidence', '--from', `postgresql://someone:${secret}@127.0.0.1:1/evidence`], /cannot be reached/],
    [
      ['copy-evidence', '--from', 'files', '--to', `postgresql://someone:${secret}@127.0.0.1:1/evidence`],
      /cannot be reached/,
    ],
    [['copy-evidence'], /Expected two stores/],
    [['copy-evidence', '--to', 'files'], /Expected two stores/],
    [['copy-evidence', '--from', 'postgresql://host/a', '--to', 'postgresql://host/a'], /Expected two stores/],
  ])('says so: %j', async (args, expected) => {
    const directory = siteFolder({ 'r.json': reportsOf(2) })
    mkdirSync(join(directory, 'content/evidence'))
    writeFileSync(join(directory, 'content/evidence/redis.jsonl'), `${serializeRecord(observedRun())}\n`)
    const { code, answer, told } = await command(directory, args)
    expect(code).toBe(2)
    expect(answer).toBe('')
    expect(told).toMatch(expected)
    expect(told).not.toContain(secret)
    expect((await command(directory, [...args, '--debug'])).told).not.toContain(secret)
    expect(Object.keys(filesIn(directory))).toEqual(['redis.jsonl'])
  })
})
