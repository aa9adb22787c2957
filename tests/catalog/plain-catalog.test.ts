import { serialize } from 'node:v8'
import { expect, test } from 'vitest'
import { loadCatalog } from '#catalog/catalog.ts'
import { plainCatalog } from '#catalog/plain-catalog.ts'

test('the catalog of this site can be cloned, and says the same', () => {
  const { catalog } = loadCatalog('content')
  const plain = plainCatalog(catalog)
  expect(structuredClone(plain)).toEqual(plain)
  expect([...plain.project.keys()]).toEqual([...catalog.project.keys()])
  expect(plain.evidence.size).toBeGreaterThan(0)
  for (const kind of ['project', 'issue', 'note', 'event'] as const)
    for (const [id, entry] of plain[kind]) expect(catalog[kind].get(id)).toMatchObject(entry)
  // Half of what is read is where it stands.
  expect(serialize(plain).length).toBeLessThan(serialize({ ...catalog, vocabularies: [] }).length)
})
