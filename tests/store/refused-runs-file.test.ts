import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { JsonLinesStore } from '#store/jsonl-store.ts'
import { RefusedRunsFile } from '#store/refused-runs-file.ts'
import { folderOf } from '#tests/builders.ts'
import { someRecords } from './some-records.ts'

const run = (id: number) => ({ repository: 'redis/redis', runId: String(id), event: 'pull_request' })

test('of too many runs the oldest are forgotten', () => {
  const folder = folderOf({})
  const file = new RefusedRunsFile(folder, 3)
  for (const id of [1, 2, 3, 4, 5]) file.refuseRuns([run(id)])
  const told = new RefusedRunsFile(folder).refusedAmong([1, 2, 3, 4, 5].map(run))
  expect(told.map(({ runId }) => runId)).toEqual(['3', '4', '5'])
})

test('a line that is no run is left out, and the next write leaves it away', () => {
  const folder = folderOf({ '.refused-runs': '["redis/redis","1","pull_request"]\n["torn\n{}\n[1,2,3]\n' })
  const file = new RefusedRunsFile(folder)
  expect(file.refusedAmong([run(1)])).toEqual([run(1)])
  file.refuseRuns([run(2)])
  expect(readFileSync(join(folder, '.refused-runs'), 'utf8').split('\n')).toHaveLength(3)
})

test('nothing is written through a link, and no folder is made around it', () => {
  const folder = folderOf({ elsewhere: '', 'evidence/.keep': '' })
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'evidence', '.refused-runs'))
  expect(() => {
    new RefusedRunsFile(join(folder, 'evidence')).refuseRuns([run(1)])
  }).toThrow('is not a file')
  expect(readFileSync(join(folder, 'elsewhere'), 'utf8')).toBe('')
  expect(() => {
    new RefusedRunsFile(join(folder, 'content', 'evidence')).refuseRuns([run(1)])
  }).toThrow('is not there')
})

test('evidence beside it is written and read as if it were not there', () => {
  const folder = join(folderOf({}), 'evidence')
  mkdirSync(folder)
  const store = new JsonLinesStore(folder)
  store.refuseRuns([run(1)])
  store.append(someRecords(1))
  writeFileSync(join(folder, '.redis.jsonl.new'), '')
  expect(store.append(someRecords(2)).added).toHaveLength(1)
  expect(store.read()).toHaveLength(2)
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual(['.refused-runs'])
})
