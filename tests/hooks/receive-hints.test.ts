import { expect, test } from 'vitest'
import { HintQueue, type HintedRun, type HintLimits } from '#hooks/receive-hints.ts'

const run = (runId: string): HintedRun => ({ provider: 'github-actions', repository: 'redis/redis', runId })
const limits: HintLimits = { waiting: 3, lookUpMilliseconds: 60_000, settleMilliseconds: 0 }
const forever = async () => await new Promise<void>(() => undefined)
const ignore = () => undefined

test('a run that waits is not noted twice', async () => {
  const asked: string[] = []
  const queue = new HintQueue(({ runId }) => void asked.push(runId), limits, ignore)
  for (const id of ['1', '2', '1', '1', '2']) expect(queue.add(run(id))).toBe(true)
  expect(queue.waiting).toBe(2)
  await expect.poll(() => asked).toEqual(['1', '2'])
})

test('a run of the same number in another repository is another run', () => {
  const queue = new HintQueue(forever, limits, ignore)
  queue.add(run('1'))
  queue.add({ ...run('1'), repository: 'nginx/nginx' })
  queue.add({ ...run('1'), provider: 'gitlab' })
  expect(queue.waiting).toBe(3)
})

test('no more runs wait than may, and the next one is refused', () => {
  const queue = new HintQueue(forever, { ...limits, settleMilliseconds: 60_000 }, ignore)
  expect(['1', '2', '3', '4', '1'].map((id) => queue.add(run(id)))).toEqual([true, true, true, false, true])
})

test('a run that is looked up can be noted again: more of its jobs may have ended', async () => {
  const asked: string[] = []
  const release: (() => void)[] = []
  const queue = new HintQueue(
    async ({ runId }) => {
      asked.push(runId)
      await new Promise<void>((resolve) => release.push(resolve))
    },
    limits,
    ignore,
  )
  queue.add(run('1'))
  await expect.poll(() => asked).toEqual(['1'])
  queue.add(run('1'))
  release[0]?.()
  await expect.poll(() => asked).toEqual(['1', '1'])
})

test('what fails, or takes too long, holds nothing up', async () => {
  const asked: string[] = []
  const failed: string[] = []
  const queue = new HintQueue(
    async ({ runId }) => {
      asked.push(runId)
      if (runId === '1') throw new Error('no network')
      await forever()
    },
    { ...limits, lookUpMilliseconds: 20 },
    ({ runId }, error) => void failed.push(`${runId}: ${error instanceof Error ? error.message : ''}`),
  )
  for (const id of ['1', '2', '3']) queue.add(run(id))
  await expect.poll(() => asked).toEqual(['1', '2', '3'])
  await expect.poll(() => failed).toEqual(['1: no network', '2: it took too long', '3: it took too long'])
})

test('what is looked up is told when the queue stops, and nothing is noted after that', async () => {
  let isTold = false
  const asked: string[] = []
  const queue = new HintQueue(
    async ({ runId }, signal) => {
      asked.push(runId)
      signal.addEventListener('abort', () => {
        isTold = true
      })
      await forever()
    },
    limits,
    ignore,
  )
  queue.add(run('1'))
  queue.add(run('2'))
  await expect.poll(() => asked).toEqual(['1'])
  await queue.stop()
  expect({ isTold, waiting: queue.waiting, added: queue.add(run('3')) }).toEqual({
    isTold: true,
    waiting: 0,
    added: false,
  })
})
