import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parseRecord, serializeRecord } from '#domain/evidence-text.ts'
import { JsonLinesStore } from '#store/jsonl-store.ts'
import { folderOf } from '#tests/builders.ts'
import { someRecords } from './some-records.ts'

const writer = fileURLToPath(new URL('append-in-batches.ts', import.meta.url))

/** Starts a writer, and kills it after some milliseconds where it is told to. Returns the ids that it acknowledged. */
async function write(folder: string, file: string, batch: number, killAfter?: number): Promise<string[]> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', writer, folder, file, String(batch)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let told = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    // The clock starts when the writer does, not when Node.js does.
    if (told === '' && killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter)
    told += text
  })
  await once(child, 'close')
  return told
    .split('\n')
    .slice(1, -1)
    .flatMap((line) => line.split(' '))
}

/** The ids of what a folder holds; every line must be a record. */
function idsIn(folder: string): Set<string> {
  const ids = new Set<string>()
  if (!existsSync(folder)) return ids
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.jsonl')) continue
    for (const line of readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean)) {
      const { record } = parseRecord(line)
      expect(record, line).toBeDefined()
      if (record) ids.add(record.id)
    }
  }
  return ids
}

test('a writer that is killed at any moment leaves a store that reads back, and the next one completes it', async () => {
  const [lanes, killsOfLane] = [8, 25]
  const records = someRecords(240)
  const home = folderOf({ 'records.jsonl': records.map((record) => `${serializeRecord(record)}\n`).join('') })
  const file = join(home, 'records.jsonl')
  let killedWhileWriting = 0
  const lane = async (number: number) => {
    const folder = join(home, `evidence-${number}`)
    const acknowledged = new Set<string>()
    for (let round = 0; round < killsOfLane; round += 1) {
      const before = idsIn(folder).size
      const told = await write(folder, file, 1 + (round % 7), (number * 5 + round * 7) % 23)
      for (const id of told) acknowledged.add(id)
      const kept = idsIn(folder)
      if (kept.size > before && kept.size < records.length) killedWhileWriting += 1
      for (const id of acknowledged) expect(kept.has(id)).toBe(true)
      // An empty store again, so that there is always something to write.
      if (kept.size === records.length) {
        rmSync(folder, { recursive: true })
        acknowledged.clear()
      }
    }
    await write(folder, file, 40)
    expect(idsIn(folder).size).toBe(records.length)
  }
  await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)))
  expect(killedWhileWriting).toBeGreaterThan(10)
}, 300_000)

test('writers at the same time lose nothing, and leave what one writer would', async () => {
  const records = someRecords(120)
  const lines = records.map((record) => `${serializeRecord(record)}\n`)
  const home = folderOf({
    'a.jsonl': lines.filter((_, index) => index % 3 !== 0).join(''),
    'b.jsonl': lines.filter((_, index) => index % 3 !== 1).join(''),
    'c.jsonl': [...lines].reverse().join(''),
  })
  const [together, alone] = [join(home, 'together'), join(home, 'alone')]
  await Promise.all(['a', 'b', 'c'].map((name) => write(together, join(home, `${name}.jsonl`), 3)))
  new JsonLinesStore(alone).append(records)
  expect(readdirSync(together)).toEqual(readdirSync(alone))
  for (const name of readdirSync(alone)) {
    expect(readFileSync(join(together, name), 'utf8')).toBe(readFileSync(join(alone, name), 'utf8'))
  }
}, 120_000)

test('what a killed writer was writing is removed by the next one', () => {
  const folder = folderOf({ '.redis.jsonl.new': '{"schema":1', 'redis.jsonl': '' })
  new JsonLinesStore(folder).append(someRecords(1))
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([])
})

test('a writer that finds no room leaves nothing behind that takes the last of it', () => {
  const records = someRecords(2000).filter(({ project }) => project === 'redis')
  const lines = records.map((record) => `${serializeRecord(record)}\n`)
  const home = folderOf({ 'first.jsonl': lines.slice(0, 10).join(''), 'more.jsonl': lines.join('') })
  const folder = join(home, 'evidence')
  const node = `"$0" --disable-warning=ExperimentalWarning "$1" "$2"`
  // No file may be larger than 64 KiB.
  const script = `${node} "$3" 10 && ulimit -f 64 && ${node} "$4" 400`
  const files = ['first', 'more'].map((name) => join(home, `${name}.jsonl`))
  const { status, stderr } = spawnSync('bash', ['-c', script, process.execPath, writer, folder, ...files], {
    encoding: 'utf8',
  })
  expect({ status, isTooLarge: stderr.includes('EFBIG') }).toEqual({ status: 1, isTooLarge: true })
  expect(readdirSync(folder)).toEqual(['redis.jsonl'])
  expect(idsIn(folder).size).toBe(10)
})

test('no folder is made but its own: a missing one around it may be a disk that is not mounted', () => {
  const home = folderOf({})
  expect(() => new JsonLinesStore(join(home, 'content', 'evidence')).append(someRecords(1))).toThrow('is not there')
  expect(readdirSync(home)).toEqual([])
})

test('a line that is no record stays where it can be found', () => {
  const [record] = someRecords(1)
  if (!record) throw new Error('one record was asked for')
  const folder = folderOf({ [`${record.project}.jsonl`]: '{"torn": \n' })
  new JsonLinesStore(folder).append([record])
  writeFileSync(join(folder, 'other.jsonl'), '')
  expect(readFileSync(join(folder, `${record.project}.jsonl`), 'utf8')).toBe(`${serializeRecord(record)}\n{"torn": \n`)
})
