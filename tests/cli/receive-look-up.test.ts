import { expect, test } from 'vitest'
import { lookUpOf } from '../../src/cli/receive-look-up.ts'
import type { LogEntry } from '#hooks/receive-log.ts'
import { MemoryStore } from '#store/evidence-store.ts'
import { github, job, pulling, registration, repositoryName, run, runId } from '#tests/hooks/pull-recordings.ts'
import { replayOf } from '#tests/hooks/pull-replay.ts'

const token = 'ghp_only-for-the-api'
const hint = { provider: 'github-actions', repository: repositoryName, runId: String(runId) }

async function lookingUp(api: Parameters<typeof replayOf>[0]) {
  const replay = await replayOf(api)
  const store = new MemoryStore()
  const entries: LogEntry[] = []
  const { registrations, words, projectOf, now } = pulling({ redis: registration() })
  const lookUp = lookUpOf(
    { GITHUB_TOKEN: token, GITHUB_API_URL: replay.origin },
    {
      registrations: () => ({ registrations, words, projectOf }),
      store,
      clock: () => Date.parse(now),
      log: (entry) => void entries.push(entry),
    },
  )
  return { lookUp, store, entries, replay }
}

test('without a token nothing is looked up', () => {
  const { registrations, words, projectOf } = pulling({})
  const rest = { registrations: () => ({ registrations, words, projectOf }), store: new MemoryStore() }
  expect(lookUpOf({}, { ...rest, clock: () => 0, log: () => undefined })).toBeUndefined()
})

test('a hint makes evidence of what the API says, once, and the token is in no log', async () => {
  const { lookUp, store, entries, replay } = await lookingUp(github([run()], { [`${runId}/1`]: [job()] }))
  expect(lookUp?.providers).toEqual(['github-actions'])
  const signal = new AbortController().signal
  await lookUp?.hint(hint, signal)
  await lookUp?.hint(hint, signal)
  expect(store.read()).toMatchObject([{ project: 'redis', provenance: { how: 'pulled' } }])
  expect(entries).toMatchObject([
    { event: 'looked-up', run: String(runId), added: 1 },
    { event: 'looked-up', run: String(runId), added: 0 },
  ])
  expect(replay.asked.every(({ authorization }) => authorization?.includes(token))).toBe(true)
  expect(JSON.stringify(entries)).not.toContain(token)
})

test('a run of somebody’s pull request is looked up and not kept', async () => {
  const { lookUp, store, entries } = await lookingUp(
    github([run({ event: 'pull_request' })], { [`${runId}/1`]: [job()] }),
  )
  await lookUp?.hint(hint, new AbortController().signal)
  expect(store.read()).toEqual([])
  expect(entries).toMatchObject([{ level: 'info', added: 0 }])
})

test('a run that is not there is told', async () => {
  const { lookUp, entries } = await lookingUp(github([], {}))
  await lookUp?.hint(hint, new AbortController().signal)
  expect(entries).toMatchObject([{ level: 'warning', event: 'looked-up', code: 'repository-missing' }])
})

test('nothing is kept for whom nobody waits any more', async () => {
  const { lookUp, store } = await lookingUp(github([run()], { [`${runId}/1`]: [job()] }))
  await lookUp?.hint(hint, AbortSignal.abort())
  expect(store.read()).toEqual([])
})
