import fc from 'fast-check'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { checkContent, checkWithMemory } from '#catalog/check-content.ts'
import { asOf, folderOf, propertyTimeout, runsOf } from '#tests/builders.ts'
import { brokenFile, goodFiles } from './broken-files.ts'

vi.setConfig({ testTimeout: propertyTimeout * 4 })

const projects = Object.fromEntries(
  Array.from({ length: 12 }, (_, index) => [
    `projects/p${index}.md`,
    `---\nname: P${index}\nsummary: One of many\nhomepage: https://p${index}.example/\ncategories: [databases]\nalternatives: [p${(index + 1) % 12}]\n---\nSee [the other](/projects/p${(index + 5) % 12}/) and [the issue](/issues/0001/#ports).\n`,
  ]),
)

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

/** What hands, editors and git do to a folder. */
const edits = fc.array(
  fc.oneof(
    brokenFile.map((broken) => ({ kind: 'write' as const, ...broken })),
    fc.constantFrom(...Object.keys(projects)).chain((path) =>
      fc
        .constantFrom(
          'alternatives: [p3]',
          'alternatives: [nothing]',
          'movedTo: p3',
          'redirectsFrom: [/golang/]',
          'name: Other',
        )
        .map((line) => ({
          kind: 'write' as const,
          path,
          bytes: Buffer.from((projects[path] ?? '').replace(/^alternatives: .*$/m, line)),
        })),
    ),
    fc.constantFrom(...Object.keys(projects)).map((path) => ({ kind: 'move' as const, path })),
    fc.constantFrom(...Object.keys(projects), ...goodFiles.keys()).map((path) => ({ kind: 'remove' as const, path })),
    fc.constantFrom(...Object.entries({ ...Object.fromEntries(goodFiles), ...projects })).map(([path, text]) => ({
      kind: 'write' as const,
      path,
      bytes: Buffer.from(text),
    })),
  ),
  { minLength: 1, maxLength: 3 },
)

describe('a check that remembers which files had no problem', () => {
  test('finds what a check of everything finds, whatever changed', () => {
    const { check, whole, path, folder } = site()
    fc.assert(
      fc.property(edits, (some) => {
        for (const edit of some) {
          const full = path(edit.path)
          mkdirSync(dirname(full), { recursive: true })
          if (edit.kind === 'write') writeFileSync(full, edit.bytes)
          else if (!existsSync(full)) continue
          else if (edit.kind === 'remove') rmSync(full)
          else renameSync(full, join(folder, 'projects/another.md'))
        }
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
