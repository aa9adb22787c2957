import fc from 'fast-check'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { compareRecords, serializeRecord } from '#domain/evidence-text.ts'
import type { StoredRecord } from '#domain/evidence.ts'
import { MemoryStore } from '#store/evidence-store.ts'
import { JsonLinesStore } from '#store/jsonl-store.ts'
import { ThreadedStore } from '#store/threaded-store.ts'
import { folderOf, propertyTimeout, runsOf } from '#tests/builders.ts'
import { someRecords } from './some-records.ts'

const records = someRecords(20)
const inOrder = (some: readonly StoredRecord[]) => [...some].sort(compareRecords).map(serializeRecord)

function storeIn(folder: string): ThreadedStore {
  const store = new ThreadedStore(folder)
  onTestFinished(async () => {
    await store.close()
  })
  return store
}

test(
  'a store in a thread holds what a store in memory holds, whoever asks at the same time',
  async () => {
    const batches = fc.array(fc.array(fc.constantFrom(...records), { maxLength: 6 }), { maxLength: 6 })
    const folder = folderOf({})
    let count = 0
    await fc.assert(
      fc.asyncProperty(batches, async (parts) => {
        count += 1
        const memory = new MemoryStore()
        const threaded = new ThreadedStore(join(folder, `evidence-${count}`))
        try {
          const found = await Promise.all(parts.map(async (part) => await threaded.append(part)))
          for (const [index, part] of parts.entries()) {
            const expected = memory.append(part)
            expect(found[index]?.duplicates).toBe(expected.duplicates)
            expect(inOrder(found[index]?.added ?? [])).toEqual(inOrder(expected.added))
          }
          expect(inOrder(await threaded.read())).toEqual(inOrder(memory.read()))
          expect(inOrder(await threaded.read('redis'))).toEqual(inOrder(memory.read('redis')))
        } finally {
          await threaded.close()
        }
      }),
      { numRuns: runsOf(5) },
    )
  },
  propertyTimeout,
)

test('what a thread has acknowledged is in the files', async () => {
  const folder = join(folderOf({}), 'evidence')
  const { added } = await storeIn(folder).append(records)
  expect(added).toHaveLength(records.length)
  expect(inOrder(new JsonLinesStore(folder).read())).toEqual(inOrder(records))
})

test('a write that fails is told, and the next one is done', async () => {
  const folder = folderOf({ 'elsewhere.jsonl': '' })
  mkdirSync(join(folder, 'evidence'))
  symlinkSync(join(folder, 'elsewhere.jsonl'), join(folder, 'evidence', 'redis.jsonl'))
  const store = storeIn(join(folder, 'evidence'))
  const [redis, nginx] = records
  if (!redis || !nginx) throw new Error('there are twenty records')
  await expect(store.append([redis])).rejects.toThrow('is not a file')
  expect((await store.append([nginx])).added).toHaveLength(1)
  expect(readFileSync(join(folder, 'elsewhere.jsonl'), 'utf8')).toBe('')
})

test('a folder that can be written shows it, and nothing is left of the trial', async () => {
  const folder = join(folderOf({}), 'evidence')
  await storeIn(folder).probe()
  expect(readdirSync(folder)).toEqual([])
})

test('a folder that cannot be written shows it', async () => {
  const folder = folderOf({})
  writeFileSync(join(folder, 'evidence'), 'a file')
  await expect(storeIn(join(folder, 'evidence')).probe()).rejects.toThrow()
})

test('nothing is asked of a store whose content folder holds no content', async () => {
  const content = folderOf({ 'evidence/.keep': '' })
  const store = new ThreadedStore(join(content, 'evidence'), content)
  onTestFinished(async () => {
    await store.close()
  })
  await expect(store.append(records)).rejects.toThrow('holds no content')
  await expect(store.read()).rejects.toThrow('holds no content')
  await expect(store.probe()).rejects.toThrow('holds no content')
  expect(readdirSync(join(content, 'evidence'))).toEqual(['.keep'])
  mkdirSync(join(content, 'projects'))
  expect((await store.append(records)).added).toHaveLength(records.length)
})

test('who still waits when the store is closed is told', async () => {
  const store = new ThreadedStore(join(folderOf({}), 'evidence'))
  const waiting = store.append(records)
  await store.close()
  await expect(waiting).rejects.toThrow('ended')
})
