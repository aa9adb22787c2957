/** What every store of evidence does: one suite, over memory, files and PostgreSQL. */
import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { deriveCell } from '#domain/cell.ts'
import { compareRecords, serializeRecord } from '#domain/evidence-text.ts'
import type { StoredRecord } from '#domain/evidence.ts'
import { compareText } from '#domain/problem.ts'
import { MemoryStore, type ReceivingStore } from '#store/evidence-store.ts'
import { JsonLinesStore } from '#store/jsonl-store.ts'
import { PostgresStore } from '#store/postgres-store.ts'
import { architecture, folderOf, observedRun, propertyTimeout, retractionOf, runsOf } from '#tests/builders.ts'
import { anyRecord, exampleDay, someHistory } from '../domain/evidence-arbitraries.ts'
import { describePostgres, emptySchema, serverForTests } from './postgres.ts'
import { someRecords } from './some-records.ts'

/** Makes an empty store, lets it be used, and puts it away. */
type WithStore = <T>(use: (store: ReceivingStore, reopen: () => ReceivingStore) => Promise<T>) => Promise<T>

const inMemory: WithStore = async (use) => {
  const store = new MemoryStore()
  return await use(store, () => store)
}

const inFiles: WithStore = async (use) => {
  const folder = join(folderOf({}), 'evidence')
  return await use(new JsonLinesStore(folder), () => new JsonLinesStore(folder))
}

const records = someRecords(40)
/** Some of the records in batches, in any order and with repetitions. */
const batches = fc.array(fc.array(fc.constantFrom(...records), { maxLength: 8 }), { maxLength: 8 })

const inOrder = (some: readonly StoredRecord[]) =>
  [...some]
    .sort((a, b) => compareRecords(a, b) || compareText(serializeRecord(a), serializeRecord(b)))
    .map(serializeRecord)

describe('a store in memory', () => {
  isAStore(inMemory)
})

describe('a store of files', () => {
  isAStore(inFiles)
})

describePostgres('a store in PostgreSQL', () => {
  isAStore(inPostgres(serverForTests({ isDurable: false })))
})

function inPostgres(server: ReturnType<typeof serverForTests>): WithStore {
  return async (use) => {
    const address = await emptySchema(server())
    const stores: PostgresStore[] = []
    const open = () => {
      const store = new PostgresStore(address)
      stores.push(store)
      return store
    }
    try {
      return await use(open(), open)
    } finally {
      for (const store of stores) await store.close()
    }
  }
}

function isAStore(withStore: WithStore): void {
  test('knows of refused runs what any store of its place was told, and they are no evidence', async () => {
    await withStore(async (store, reopen) => {
      const run = { repository: 'redis/redis', runId: '1' }
      expect(await store.refusedAmong([run])).toEqual([])
      const other = reopen()
      await store.refuseRuns([{ repository: 'Redis/redis', runId: '1', event: 'pull_request' }])
      await other.refuseRuns([{ ...run, event: 'pull_request' }])
      await other.refuseRuns([{ ...run, runId: '2', event: "push of a fork'; --" }])
      for (const one of [store, other, reopen()]) {
        const told = await one.refusedAmong([run, { ...run, runId: '2' }, { ...run, runId: '3' }, run])
        expect(told.map(({ runId, event }) => [runId, event]).sort()).toEqual([
          ['1', 'pull_request'],
          ['2', "push of a fork'; --"],
        ])
        expect(await one.refusedAmong([{ repository: 'nginx/nginx', runId: '1' }])).toEqual([])
        expect(await one.read()).toEqual([])
      }
    })
  })

  test(
    'answers what a store in memory answers',
    async () => {
      await fc.assert(
        fc.asyncProperty(batches, async (parts) => {
          const memory = new MemoryStore()
          await withStore(async (store) => {
            for (const part of parts) {
              const expected = memory.append(part)
              const found = await store.append(part)
              expect(found.duplicates).toBe(expected.duplicates)
              expect(inOrder(found.added)).toEqual(inOrder(expected.added))
            }
            expect(inOrder(await store.read())).toEqual(inOrder(memory.read()))
            expect(inOrder(await store.read('redis'))).toEqual(inOrder(memory.read('redis')))
          })
        }),
        { numRuns: runsOf(40) },
      )
    },
    propertyTimeout,
  )

  test(
    'keeps any record to the letter, also for those who open it later',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyRecord, { minLength: 1, maxLength: 20 }), async (some) => {
          await withStore(async (store, reopen) => {
            await store.append(some)
            const texts = new Set(some.map(serializeRecord))
            expect((await reopen().read()).map(serializeRecord).sort()).toEqual([...texts].sort())
            for (const { project } of some) {
              const ofProject = some.filter((record) => record.project === project)
              expect(inOrder(await store.read(project))).toEqual(inOrder([...distinct(ofProject)]))
            }
          })
        }),
        { numRuns: runsOf(25) },
      )
    },
    propertyTimeout,
  )

  test('counts what is there word for word, also within one append', async () => {
    await withStore(async (store) => {
      const [first, second] = [observedRun(), observedRun({ run: { id: '2' } })]
      const { added, duplicates } = await store.append([first, first, second, first])
      expect(inOrder(added)).toEqual(inOrder([first, second]))
      expect(duplicates).toBe(2)
      expect(await store.append([second, first])).toEqual({ added: [], duplicates: 2 })
    })
  })

  test('keeps two records of one id that say different things', async () => {
    await withStore(async (store) => {
      const [passed, failed] = [observedRun(), observedRun({ outcome: 'failed' })]
      const [one, other] = [retractionOf(passed, { why: 'One reason.' }), retractionOf(passed, { why: 'Another one.' })]
      expect(failed.id).toBe(passed.id)
      expect(other.id).toBe(one.id)
      expect((await store.append([passed, one])).added).toHaveLength(2)
      expect((await store.append([failed, passed, other, one])).duplicates).toBe(2)
      expect(inOrder(await store.read('redis'))).toEqual(inOrder([passed, failed, one, other]))
    })
  })

  test('keeps text that would mean something elsewhere', async () => {
    const words = [
      `'; drop table evidence_record; --`,
      '$1',
      '\\x00',
      '{NULL,"a"}',
      '%s',
      '\\',
      '�',
      '𝒜é\u{1f980}',
      'ǰ',
    ]
    const some = words.map((version, index) => observedRun({ version, run: { id: `${version}${index}` } }))
    await withStore(async (store, reopen) => {
      await store.append(some)
      expect(inOrder(await reopen().read())).toEqual(inOrder(some))
    })
  })

  test('keeps half a character in a link, and the year 0', async () => {
    const some = [
      observedRun({ link: 'https://example.org/\ud800', run: { id: '1' } }),
      observedRun({ observedAt: '0000-01-01T00:00:00Z', run: { id: '2' } }),
    ]
    await withStore(async (store) => {
      await store.append(some)
      expect(inOrder(await store.read('redis'))).toEqual(inOrder(some))
    })
  })

  test('keeps a record that is as long as one may be', async () => {
    const metrics = Array.from({ length: 50 }, () => ({ name: '測'.repeat(60), value: 1 / 3, unit: '測'.repeat(20) }))
    const long = observedRun({ link: `https://example.org/${'x'.repeat(1900)}`, metrics })
    expect(serializeRecord(long).length).toBeGreaterThan(6000)
    await withStore(async (store) => {
      await store.append([long])
      expect(await store.read('redis')).toEqual([long])
    })
  })

  test('has nothing of a project that nobody has sent', async () => {
    await withStore(async (store) => {
      expect(await store.read('redis')).toEqual([])
      expect(await store.read()).toEqual([])
      await store.append([observedRun()])
      expect(await store.read('__proto__')).toEqual([])
    })
  })

  test('takes more records at once than it writes at once', async () => {
    const many = someRecords(3500)
    await withStore(async (store) => {
      expect((await store.append(many)).added).toHaveLength(many.length)
      expect((await store.append(many)).duplicates).toBe(many.length)
      expect(inOrder(await store.read())).toEqual(inOrder(many))
    })
  })

  test('keeps each record once that several appends bring at the same time', async () => {
    const many = someRecords(400)
    await withStore(async (store) => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, writer) =>
          store.append(writer % 2 === 0 ? many.slice(writer * 20) : many.toReversed().slice(writer * 20)),
        ),
      )
      expect(answers.reduce((sum, { added }) => sum + added.length, 0)).toBe(many.length)
      expect(inOrder(await store.read())).toEqual(inOrder(many))
    })
  })

  test(
    'gives the matrix that the records themselves give',
    async () => {
      const architectures = new Map([
        ['amd64', architecture({ control: 'true' })],
        ['arm64', architecture()],
      ])
      const matrixOf = (evidence: readonly StoredRecord[]) =>
        [...architectures.keys()].map((id) =>
          deriveCell(
            { architectures, project: new Map(), evidence: new Map([['redis', evidence]]) },
            'redis',
            id,
            `${exampleDay}T12:00:00Z`,
          ),
        )
      let statuses = new Set<string>()
      await fc.assert(
        fc.asyncProperty(someHistory({ records: 14 }), async ({ evidence, control }) => {
          const all = [...distinct([...evidence, ...control])]
          await withStore(async (store) => {
            await store.append(all)
            const matrix = matrixOf(await store.read('redis'))
            expect(matrix).toEqual(matrixOf(all))
            statuses = statuses.union(new Set(matrix.map(({ support }) => support)))
          })
        }),
        { numRuns: runsOf(40) },
      )
      expect(statuses.size).toBeGreaterThan(3)
    },
    propertyTimeout,
  )
}

function distinct(some: readonly StoredRecord[]): Iterable<StoredRecord> {
  return new Map(some.map((record) => [serializeRecord(record), record])).values()
}

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
