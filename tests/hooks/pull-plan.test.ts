import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readList, type Page } from '#hooks/pull-pages.ts'
import { cut, isMeant, maximumRuns, planRepositories, type Slice } from '#hooks/pull-plan.ts'
import { gitlabRegistration, registration } from './pull-recordings.ts'

describe('a plan', () => {
  test('has each repository once, whatever its capitals, and none of a system that sends by itself', () => {
    const sources = {
      a: registration({ repository: 'Redis/Redis' }),
      b: registration({ repository: 'redis/redis' }),
      c: gitlabRegistration({ repository: 'redis/redis' }),
      d: registration({ provider: 'jenkins', repository: 'redis/redis' }),
    }
    const plans = planRepositories(Object.entries(sources), '2026-01-01T00:00:00Z')
    expect(plans.map(({ provider, registrations }) => [provider, registrations.map(({ id }) => id)])).toEqual([
      ['github-actions', ['a', 'b']],
      ['gitlab', ['c']],
    ])
  })

  test('leaves out what had expired before the time that is looked at', () => {
    const sources = { a: registration({ expires: '2026-01-01' }), b: registration({ expires: '2026-01-02' }) }
    const [plan] = planRepositories(Object.entries(sources), '2026-01-01T00:00:00Z')
    expect(plan?.registrations.map(({ id }) => id)).toEqual(['b'])
  })

  test('knows a repository by its id before its name', () => {
    const hint = { provider: 'github-actions', repository: 'a/b', runId: '1' } as const
    const source = registration({ repository: 'A/B', repositoryId: '7' })
    expect(isMeant(source, hint)).toBe(true)
    expect(isMeant(source, { ...hint, repositoryId: '8' })).toBe(false)
    expect(isMeant(source, { ...hint, repository: 'c/d', repositoryId: '7' })).toBe(true)
    expect(isMeant(source, { ...hint, repository: 'c/d' })).toBe(false)
  })
})

describe('a list of runs', () => {
  const year: Slice = { from: '2025-11-21T12:00:00Z', to: '2026-11-21T12:00:00Z' }

  test('that is short is not cut', () => {
    expect(cut(year, 400, ['push'])).toEqual([])
    expect(cut({ ...year, event: 'push' }, maximumRuns, ['push'])).toEqual([])
  })

  test('is cut by event, then by time, and the parts make up the whole', () => {
    expect(cut(year, 401, ['push', 'schedule'])).toEqual([
      { ...year, event: 'push' },
      { ...year, event: 'schedule' },
    ])
    fc.assert(
      fc.property(fc.integer({ min: 2 * 3600, max: 4e8 }), (seconds) => {
        const from = '2020-01-01T00:00:00Z'
        const to = `${new Date(Date.parse(from) + seconds * 1000).toISOString().slice(0, 19)}Z`
        const [newer, older, ...more] = cut({ from, to, event: 'push' }, 1001, [])
        expect(more).toEqual([])
        expect([older?.from, older?.to, newer?.to]).toEqual([from, newer?.from, to])
      }),
    )
  })

  test('of a moment is not cut for ever', () => {
    const hour: Slice = { from: '2026-11-21T12:00:00Z', to: '2026-11-21T13:00:00Z', event: 'push' }
    expect(cut(hour, 100_000, [])).toEqual([])
  })
})

test('however a list moves while it is read, an entry comes once, and a complete list has all of them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 450 }),
      fc.array(fc.constantFrom('add', 'remove', 'stay'), { maxLength: 12 }),
      async (count, moves) => {
        let next = count
        let things = Array.from({ length: count }, (_, id) => ({ id: id + 1 }))
        const left = [...moves]
        const list = await readList((page): Promise<Page> => {
          const answer: Page = {
            kind: 'page',
            items: things.slice((page - 1) * 100, page * 100),
            total: things.length,
            hasMore: page * 100 < things.length,
          }
          const move = left.shift()
          if (move === 'add') things = [{ id: (next += 1) }, ...things]
          if (move === 'remove') things = things.slice(1)
          return Promise.resolve(answer)
        }, 10)
        expect(list.kind).toBe('list')
        if (list.kind !== 'list') return
        const ids = list.items.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        if (list.isComplete) expect(ids.length).toBeGreaterThanOrEqual(list.total ?? 0)
        if (moves.length === 0) expect(list.isComplete).toBe(true)
      },
    ),
  )
})

test('every recorded answer is in the manifest, as it was taken', () => {
  const folder = new URL('../fixtures/pull/', import.meta.url)
  const Manifest = z.array(
    z.strictObject({
      file: z.string(),
      kind: z.enum(['recorded', 'upstream-test']),
      origin: z.string(),
      licence: z.string().startsWith('MIT'),
      trimmed: z.boolean(),
      reformatted: z.boolean(),
      what: z.string(),
      sha256: z.string(),
    }),
  )
  const entries = Manifest.parse(JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')))
  for (const { file, sha256 } of entries) {
    expect(hash('sha256', readFileSync(new URL(file, folder))), file).toBe(sha256)
  }
})
