import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRetraction, type StoredRecord } from '#domain/evidence.ts'
import { GroupCommit, type Commit } from '#hooks/receive-commit.ts'
import { MemoryStore, type Appended } from '#store/evidence-store.ts'
import { observedRun, propertyTimeout, runsOf } from '#tests/builders.ts'
import { storeThat } from './receive-started.ts'

const limits = { waiting: 100, together: 10 }
const ignore = () => undefined
const record = (id: number, project = 'redis') => observedRun({ project, run: { id: String(id) } })
const added = (count: number, known = 0): Commit => ({ committed: { added: count, known, refused: [] } })

/** A store that keeps when it is let, and counts how often it was asked. */
class PatientStore {
  readonly memory = new MemoryStore()
  readonly batches: number[] = []
  private readonly gates: (() => void)[] = []

  async append(records: readonly StoredRecord[]): Promise<Appended> {
    this.batches.push(records.length)
    await new Promise<void>((resolve) => this.gates.push(resolve))
    return this.memory.append(records)
  }

  read(): StoredRecord[] {
    return this.memory.read()
  }

  refuseRuns(): void {
    throw new Error('nobody refuses a run here')
  }

  refusedAmong(): [] {
    return []
  }

  open(): void {
    this.gates.shift()?.()
  }
}

test('what waits while another write goes on is written together', async () => {
  const store = new PatientStore()
  const commits = new GroupCommit(store, limits, ignore)
  const first = commits.add([record(0)])
  await expect.poll(() => store.batches).toEqual([1])
  const others = [1, 2, 3, 4, 5].map(async (id) => await commits.add([record(id)]))
  store.open()
  expect(await first).toEqual(added(1))
  await expect.poll(() => store.batches).toEqual([1, 5])
  store.open()
  expect(await Promise.all(others)).toEqual(Array.from({ length: 5 }, () => added(1)))
})

test('nothing is answered before it is kept', async () => {
  const store = new PatientStore()
  const commits = new GroupCommit(store, limits, ignore)
  let isAnswered = false
  const answer = commits.add([record(1)]).finally(() => {
    isAnswered = true
  })
  await expect.poll(() => store.batches).toEqual([1])
  expect(isAnswered).toBe(false)
  store.open()
  await answer
  expect(store.read()).toHaveLength(1)
})

test('no more wait than may; the next one is refused at once', async () => {
  const store = new PatientStore()
  const commits = new GroupCommit(store, { waiting: 3, together: 10 }, ignore)
  const answers = [0, 1, 2, 3, 4].map(async (id) => await commits.add([record(id)]))
  expect(await answers[4]).toEqual({ refused: 'busy' })
  expect(commits.waiting).toBe(3)
  await expect.poll(() => store.batches).toEqual([3])
  store.open()
  expect(await Promise.all(answers)).toEqual([added(1), added(1), added(1), { refused: 'busy' }, { refused: 'busy' }])
})

test('of a record that several bring at once, one has added it and the others knew it', async () => {
  const commits = new GroupCommit(new MemoryStore(), limits, ignore)
  const answers = await Promise.all([1, 2, 3].map(async () => await commits.add([record(1), record(2)])))
  expect(answers).toEqual([added(2), added(0, 2), added(0, 2)])
})

test('what cannot be kept is told, and tried anew with the next one', async () => {
  const memory = new MemoryStore()
  let isFull = true
  const failures: unknown[] = []
  const store = storeThat(memory, (records) =>
    isFull ? Promise.reject(new Error('disk full')) : Promise.resolve(memory.append(records)),
  )
  const commits = new GroupCommit(store, limits, (error) => failures.push(error))
  expect(await commits.add([record(1)])).toEqual({ refused: 'failed' })
  expect(commits.isFailing).toBe(true)
  expect(failures).toHaveLength(1)
  isFull = false
  expect(await commits.add([record(1)])).toEqual(added(1))
  expect(commits.isFailing).toBe(false)
})

test('a project whose file cannot be written holds up no other', async () => {
  const memory = new MemoryStore()
  const store = storeThat(memory, (records) => {
    if (records.some(({ project }) => project === 'nginx')) throw new Error('nginx.jsonl is not a file')
    return Promise.resolve(memory.append(records))
  })
  const commits = new GroupCommit(store, limits, ignore)
  const answers = await Promise.all(
    ['redis', 'nginx', 'jq', 'nginx'].map(async (project, id) => await commits.add([record(id, project)])),
  )
  expect(answers).toEqual([added(1), { refused: 'failed' }, added(1), { refused: 'failed' }])
  expect(memory.read()).toHaveLength(2)
})

test('a job whose run turns out to be of a stranger while it is kept is taken back, as soon as the store takes that', async () => {
  const memory = new MemoryStore()
  const job = observedRun({ provenance: { how: 'received', by: 'redis-arm64' } })
  let appends = 0
  const store = storeThat(memory, async (records) => {
    appends += 1
    if (appends === 2) throw new Error('disk full')
    const appended = memory.append(records)
    memory.refuseRuns([{ repository: 'Redis/Redis', runId: '1', event: 'pull_request' }])
    return await Promise.resolve(appended)
  })
  const commits = new GroupCommit(store, limits, ignore)
  expect(await commits.add([job])).toEqual({ refused: 'failed' })
  expect(await commits.add([record(2)])).toEqual(added(1))
  expect(memory.read().filter(isRetraction)).toMatchObject([{ retracts: job.id }])
  expect(await commits.add([job])).toMatchObject({ committed: { added: 0, known: 0, refused: [{ runId: '1' }] } })
})

test('nothing to keep is kept at once', async () => {
  expect(await new GroupCommit(new MemoryStore(), limits, ignore).add([])).toEqual(added(0))
})

test(
  'whatever comes together, the store holds what was answered, once, and the answers count it',
  async () => {
    const deliveries = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 4 }), { maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(deliveries, async (parts) => {
        const store = new MemoryStore()
        const commits = new GroupCommit(store, { waiting: 100, together: 3 }, ignore)
        const answers = await Promise.all(
          parts.map(async (ids) => await commits.add([...new Set(ids)].map((id) => record(id)))),
        )
        await commits.idle()
        const total = answers.reduce((sum, { committed }) => sum + (committed?.added ?? 0), 0)
        expect(total).toBe(new Set(parts.flat()).size)
        expect(store.read()).toHaveLength(total)
      }),
      { numRuns: runsOf(40) },
    )
  },
  propertyTimeout,
)
