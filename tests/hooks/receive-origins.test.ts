/** Several receivers beside one store, and one that is started anew: a stranger's run counts nowhere, whoever hears of it. */
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { isRetraction, isRun } from '#domain/evidence.ts'
import { MemoryStore, type ReceivingStore } from '#store/evidence-store.ts'
import { PostgresStore } from '#store/postgres-store.ts'
import { ThreadedStore } from '#store/threaded-store.ts'
import { folderOf } from '#tests/builders.ts'
import { describePostgres, emptySchema, serverForTests } from '../store/postgres.ts'
import { changed, githubJob, postGood, started, type Started } from './receive-started.ts'

const repository = { id: 186_853_002, full_name: 'Codertocat/Hello-World' }
const jobOf = (runId: number) =>
  changed(githubJob, (body) => (body.workflow_job = { ...body.workflow_job, run_id: runId, id: 5_000_000 + runId }))
const runOf = (runId: number, action: string, changes: Record<string, unknown> = {}) =>
  changed('github-workflow-run/completed-success.json', (body) => {
    Object.assign(body, { action })
    body.workflow_run = { ...body.workflow_run, id: runId, event: 'pull_request', ...changes }
    body.repository = { ...body.repository, ...repository }
  })

/** What counts in the end: what no record takes back. */
async function countingIn(store: ReceivingStore): Promise<string[]> {
  const records = await store.read('redis')
  const gone = new Set(records.filter(isRetraction).map(({ retracts }) => retracts))
  return records.filter(isRun).flatMap(({ id, run }) => (gone.has(id) ? [] : run.id))
}

/** @param openIn makes a place for evidence, and opens it as often as it is asked to */
function isHeardOf(openIn: () => Promise<() => ReceivingStore>): void {
  /** Receivers of one place; each has a store of its own. */
  const receivers = async (count: number): Promise<Started[]> => {
    const open = await openIn()
    return await Promise.all(Array.from({ length: count }, async () => await started({ store: open() })))
  }

  test('by one receiver first: its jobs are refused by another one', async () => {
    const [one, other] = await receivers(2)
    if (!one || !other) throw new Error('there are two')
    await postGood(one, runOf(7, 'requested'))
    expect((await postGood(other, jobOf(7))).body).toMatchObject({
      became: 'ignored',
      added: 0,
      ignored: 1,
      problems: [{ code: 'untrusted-event', reason: expect.stringContaining('`pull_request`') as string }],
    })
    expect((await postGood(other, jobOf(8))).body).toMatchObject({ became: 'stored' })
    expect(await countingIn(one.store)).toEqual(['8'])
    expect(await other.store.read('redis')).toHaveLength(1)
  })

  test('by one receiver after another one has kept a job: it is taken back', async () => {
    const [one, other] = await receivers(2)
    if (!one || !other) throw new Error('there are two')
    expect((await postGood(one, jobOf(7))).body).toMatchObject({ became: 'stored' })
    expect((await postGood(other, runOf(7, 'completed'))).body).toMatchObject({ added: 1 })
    expect(await countingIn(one.store)).toEqual([])
    // It does not come back when the job is delivered again.
    expect((await postGood(one, jobOf(7))).body).toMatchObject({ became: 'ignored' })
    expect(await countingIn(one.store)).toEqual([])
  })

  test('before or after a receiver is started anew', async () => {
    const open = await openIn()
    const first = await started({ store: open() })
    await postGood(first, runOf(7, 'requested'))
    await postGood(first, jobOf(8))
    await first.receiver.stop()
    const second = await started({ store: open() })
    expect((await postGood(second, jobOf(7))).body).toMatchObject({ became: 'ignored' })
    expect((await postGood(second, runOf(8, 'completed'))).body).toMatchObject({ added: 1 })
    expect(await countingIn(second.store)).toEqual([])
  })

  test('at the very time at which its job arrives', async () => {
    const [one, other] = await receivers(2)
    if (!one || !other) throw new Error('there are two')
    const runs = Array.from({ length: 20 }, (_, index) => 100 + index)
    await Promise.all(
      runs.flatMap((id) => [
        postGood(one, jobOf(id)),
        postGood(other, runOf(id, 'completed')),
        postGood(other, jobOf(1000 + id)),
      ]),
    )
    expect((await countingIn(one.store)).sort()).toEqual(runs.map((id) => String(1000 + id)))
  })
}

describe('a run that anybody can have started, beside one store in memory, is heard of', () => {
  isHeardOf(async () => {
    const store = new MemoryStore()
    return await Promise.resolve(() => store)
  })
})

describe('a run that anybody can have started, beside one folder, is heard of', () => {
  isHeardOf(async () => {
    const folder = join(folderOf({}), 'evidence')
    return await Promise.resolve(() => {
      const store = new ThreadedStore(folder)
      onTestFinished(async () => {
        await store.close()
      })
      return store
    })
  })
})

describePostgres('a run that anybody can have started, beside one database, is heard of', () => {
  const server = serverForTests({ isDurable: false })
  isHeardOf(async () => {
    const address = await emptySchema(server())
    return () => {
      const store = new PostgresStore(address)
      onTestFinished(async () => {
        await store.close()
      })
      return store
    }
  })
})
