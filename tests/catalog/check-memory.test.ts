import fc from 'fast-check'
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { checkContent, checkWithMemory } from '#catalog/check-content.ts'
import { asOf, folderOf, propertyTimeout, runsOf } from '#tests/builders.ts'
import { goodFiles } from './broken-files.ts'
import { applyEdits, edits, projects } from './folder-edits.ts'

vi.setConfig({ testTimeout: propertyTimeout * 4 })

interface Options {
  generator?: string
  on?: string
  now?: number
}

function site() {
  const root = folderOf(
    Object.fromEntries(
      Object.entries({ ...Object.fromEntries(goodFiles), ...projects }).map(([path, text]) => [
        `content/${path}`,
        text,
      ]),
    ),
  )
  const folder = join(root, 'content')
  const file = join(root, 'memory/check.json')
  return {
    folder,
    file,
    check: ({ generator = 'one', on = asOf, now = Date.now() }: Options = {}) =>
      checkWithMemory(folder, on, folder, {
        load: () => (existsSync(file) ? readFileSync(file, 'utf8') : undefined),
        save: (text) => {
          mkdirSync(dirname(file), { recursive: true })
          writeFileSync(file, text)
        },
        generator,
        now,
      }),
    whole: (on = asOf) => checkContent(folder, on, folder).problems,
    path: (path: string) => join(folder, path),
  }
}

describe('a check that remembers which files had no problem', () => {
  test('finds what a check of everything finds, whatever changed', () => {
    const { check, whole, folder } = site()
    fc.assert(
      fc.property(edits, (some) => {
        applyEdits(folder, some)
        expect(check().problems).toEqual(whole())
      }),
      { numRuns: runsOf(150) },
    )
  })

  test('reads what has changed, and nothing else', () => {
    const { check, path, file } = site()
    expect(check().problems).toEqual([])
    // Nobody wrote at the moment of the first check: what is known for certain need not be read.
    const later = Date.now() + 60_000
    check({ now: later })
    expect(existsSync(file)).toBe(true)
    writeFileSync(path('projects/p1.md'), (projects['projects/p1.md'] ?? '').replace('[p2]', '[nothing-like-it]'))
    expect(check({ now: later + 1 }).problems.map(({ code }) => code)).toEqual(['unknown-project'])
    expect(check({ now: later + 2 }).problems.map(({ code }) => code)).toEqual(['unknown-project'])
    expect(check().counts.project).toBe(
      Object.keys(projects).length + [...goodFiles.keys()].filter((name) => name.startsWith('projects/')).length - 1,
    )
  })

  test('sees a change that left the size and the time of a file as they were', () => {
    const { check, whole, path } = site()
    const full = path('projects/p1.md')
    const day = new Date('2026-01-01')
    utimesSync(full, day, day)
    check()
    writeFileSync(full, (projects['projects/p1.md'] ?? '').replace('[p2]', '[p_]'))
    utimesSync(full, day, day)
    expect(check().problems).toEqual(whole())
    expect(whole()).not.toEqual([])
  })

  test('trusts nothing after a change of the generator, of the day, or of itself', () => {
    const { check, file, path } = site()
    check()
    const claim =
      'claims:\n  - {architectures: [arm64], support: works, date: 2026-11-22, link: "https://a.example/"}\n---\nSee'
    writeFileSync(path('projects/p1.md'), (projects['projects/p1.md'] ?? '').replace('---\nSee', claim))
    expect(check({ on: '2026-11-21T00:00:00Z' }).problems.map(({ code }) => code)).toEqual(['date-in-future'])
    expect(check({ on: '2026-11-22T00:00:00Z' }).problems).toEqual([])
    expect(check({ on: '2026-11-21T00:00:00Z' }).problems.map(({ code }) => code)).toEqual(['date-in-future'])
    for (const bad of ['', '{}', '[]', 'null', '{"environment": "x", "lookedAt": 1, "clean": null}', '\u0000']) {
      writeFileSync(file, bad)
      expect(check({ on: '2026-11-21T00:00:00Z' }).problems.map(({ code }) => code)).toEqual(['date-in-future'])
    }
    expect(check({ generator: 'two' }).problems.map(({ code }) => code)).toEqual(['date-in-future'])
  })
})
