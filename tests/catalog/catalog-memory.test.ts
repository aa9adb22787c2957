import fc from 'fast-check'
import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { loadCatalog } from '#catalog/catalog.ts'
import { CatalogMemory } from '#catalog/catalog-memory.ts'
import { serializeRecord } from '#domain/evidence-text.ts'
import { folderOf, observedRun, propertyTimeout, runsOf } from '#tests/builders.ts'
import { goodFiles } from './broken-files.ts'
import { applyEdits, edits, projects } from './folder-edits.ts'

vi.setConfig({ testTimeout: propertyTimeout * 4 })

function site() {
  const folder = folderOf({ ...Object.fromEntries(goodFiles), ...projects })
  const memory = new CatalogMemory(folder, folder)
  return {
    folder,
    load: (now = Date.now()) => memory.load(now),
    fresh: () => loadCatalog(folder, folder),
    write: (path: string, text: string) => {
      writeFileSync(join(folder, path), text)
    },
  }
}

const project = (name: string) => projects[`projects/${name}.md`] ?? ''

describe('a catalog that is loaded again', () => {
  test('is what a catalog is that is loaded from nothing, whatever changed', () => {
    const { folder, load, fresh } = site()
    fc.assert(
      fc.property(edits, (some) => {
        applyEdits(folder, some)
        expect(load()).toEqual(fresh())
      }),
      { numRuns: runsOf(150) },
    )
  })

  test('does not read a file again that has not changed', () => {
    const { folder, load, write } = site()
    const later = Date.now() + 60_000
    const before = load(later).catalog.project
    write('projects/p1.md', project('p1').replace('One of many', 'Another one'))
    const after = load(later).catalog.project
    expect(after.get('p2')?.data).toBe(before.get('p2')?.data)
    expect(after.get('p1')?.data.summary).toBe('Another one')
    expect(before.get('p1')?.data.summary).toBe('One of many')
    rmSync(join(folder, 'projects/p2.md'))
    expect(load(later).problems.map(({ code }) => code)).toContain('unknown-project')
    write('projects/p2.md', project('p2'))
    expect(load(later).problems).toEqual([])
  })

  test('follows names that come and go in files that do not change', () => {
    const { load, fresh, write } = site()
    write('projects/p2.md', '---\nmovedTo: p3\n---\n')
    expect(load().catalog.project.get('p1')?.data.alternatives).toEqual(['p3'])
    expect(load()).toEqual(fresh())
    write('projects/p2.md', project('p2'))
    expect(load().catalog.project.get('p1')?.data.alternatives).toEqual(['p2'])
    expect(load()).toEqual(fresh())
  })

  test('sees a change that left the size and the time of a file as they were', () => {
    const { folder, load, write } = site()
    const path = join(folder, 'projects/p1.md')
    const day = new Date('2026-01-01')
    utimesSync(path, day, day)
    load()
    write('projects/p1.md', readFileSync(path, 'utf8').replace('One of many', 'One of some'))
    utimesSync(path, day, day)
    expect(load().catalog.project.get('p1')?.data.summary).toBe('One of some')
  })

  test('has the evidence as it is', () => {
    const { folder, load, fresh, write } = site()
    mkdirSync(join(folder, 'evidence'), { recursive: true })
    const line = (id: string) => `${serializeRecord(observedRun({ project: 'p1', run: { id } }))}\n`
    write('evidence/p1.jsonl', line('1'))
    expect(load().catalog.evidence.get('p1')).toHaveLength(1)
    write('evidence/p1.jsonl', `${line('1')}${line('2')}{"broken\n`)
    expect(load().catalog.evidence.get('p1')).toHaveLength(2)
    expect(load()).toEqual(fresh())
    write('projects/p1.md', '---\nmovedTo: p3\n---\n')
    expect(load().catalog.evidence.get('p3')).toHaveLength(2)
    expect(load()).toEqual(fresh())
  })
})
