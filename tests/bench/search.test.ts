/** Both indexers in turn, with their files and bytes; what they cost is told by whoever runs them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Command, Cost } from '../../scripts/bench/run-measured.ts'
import { measureSearch } from '../../scripts/bench/search.ts'

const folder = mkdtempSync(join(tmpdir(), 'bench-search-'))
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('a ratio is our indexing by the crawl that followed it, and its files and bytes are counted', async () => {
  mkdirSync(join(folder, 'content', 'projects'), { recursive: true })
  writeFileSync(join(folder, 'content', 'projects', 'redis.md'), '')
  const order: string[] = []
  const run = ({ args }: Command): Promise<Cost> => {
    const isOurs = args.some((word) => word.endsWith('index-once.ts'))
    order.push(isOurs ? 'ours' : 'crawl')
    const target = args[3]
    if (target === undefined) throw new Error('There is nowhere to write to.')
    mkdirSync(join(target, 'fragment'), { recursive: true })
    writeFileSync(join(target, 'fragment', 'one'), 'x'.repeat(isOurs ? 10 : 30))
    writeFileSync(join(target, 'two'), 'x'.repeat(isOurs ? 10 : 50))
    if (isOurs) writeFileSync(args[4] ?? '', JSON.stringify({ wallSeconds: 1, cpuSeconds: 2 }))
    return Promise.resolve(
      isOurs
        ? { wallSeconds: 3, cpuSeconds: 4, peakMegabytes: 100 }
        : { wallSeconds: 4, cpuSeconds: 5, peakMegabytes: 50 },
    )
  }
  const results = await measureSearch(
    { site: join(folder, 'site'), content: join(folder, 'content') },
    { folder, runs: 2, run, tell: () => undefined },
  )
  expect(order).toEqual(['ours', 'crawl', 'ours', 'crawl'])
  expect(results.projects).toBe(1)
  const medians = Object.fromEntries(Object.entries(results.ratios).map(([name, { median }]) => [name, median]))
  expect(medians).toEqual({
    wall: 0.25,
    cpu: 0.4,
    processWall: 0.75,
    processCpu: 0.8,
    memory: 2,
    files: 1,
    bytes: 0.25,
  })
})
