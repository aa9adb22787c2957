import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compareRecords, serializeRecord } from '#domain/evidence-text.ts'
import type { StoredRecord } from '#domain/evidence.ts'
import { MemoryStore } from '#store/evidence-store.ts'
import { JsonLinesStore } from '#store/jsonl-store.ts'
import { folderOf, propertyTimeout, runsOf } from '#tests/builders.ts'
import { someRecords } from './some-records.ts'

const records = someRecords(40)
/** Some of the records in batches, in any order and with repetitions. */
const batches = fc.array(fc.array(fc.constantFrom(...records), { maxLength: 8 }), { maxLength: 8 })

const inOrder = (some: readonly StoredRecord[]) => [...some].sort(compareRecords).map(serializeRecord)

test(
  'a store of files holds what a store in memory holds',
  () => {
    fc.assert(
      fc.property(batches, (parts) => {
        const memory = new MemoryStore()
        const files = new JsonLinesStore(join(folderOf({}), 'evidence'))
        for (const part of parts) {
          const [expected, found] = [memory.append(part), files.append(part)]
          expect(found.duplicates).toBe(expected.duplicates)
          expect(inOrder(found.added)).toEqual(inOrder(expected.added))
        }
        expect(inOrder(files.read())).toEqual(inOrder(memory.read()))
        expect(inOrder(files.read('redis'))).toEqual(inOrder(memory.read('redis')))
      }),
      { numRuns: runsOf(40) },
    )
  },
  propertyTimeout,
)

test(
  'the same records in any order, any batches and any repetitions are the same bytes',
  () => {
    const bytesOf = (folder: string) =>
      readdirSync(folder)
        .sort()
        .map((name) => [name, readFileSync(join(folder, name), 'utf8')])
    fc.assert(
      fc.property(
        fc.shuffledSubarray(records, { minLength: records.length }),
        fc.integer({ min: 1, max: records.length }),
        batches,
        (shuffled, size, repeated) => {
          const [once, inParts] = [join(folderOf({}), 'evidence'), join(folderOf({}), 'evidence')]
          new JsonLinesStore(once).append(records)
          const store = new JsonLinesStore(inParts)
          for (let from = 0; from < shuffled.length; from += size) store.append(shuffled.slice(from, from + size))
          for (const part of repeated) store.append(part)
          expect(bytesOf(inParts)).toEqual(bytesOf(once))
        },
      ),
      { numRuns: runsOf(20) },
    )
  },
  propertyTimeout,
)

test('appending nothing makes no folder', () => {
  const folder = folderOf({})
  expect(new JsonLinesStore(join(folder, 'evidence')).append([])).toEqual({ added: [], duplicates: 0 })
  expect(readdirSync(folder)).toEqual([])
})
