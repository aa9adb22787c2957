import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { loadCatalog } from '#catalog/catalog.ts'
import { keyOf } from '#scan/matching.ts'
import { parsePurl, purlText } from '#scan/purl.ts'

const content = fileURLToPath(new URL('../../content', import.meta.url))
const { catalog } = loadCatalog(content, content)
const identifiers = [...catalog.project.values()].flatMap(({ id, data }) =>
  data.identifiers.map((identifier) => ({ id, identifier })),
)

test('every identifier of the content is a package URL in its canonical form', () => {
  const wrong = identifiers.filter(({ identifier }) => {
    const purl = parsePurl(identifier)
    return !purl || purlText(purl) !== identifier
  })
  expect(wrong).toEqual([])
})

test('no two projects of the content are identified by one package', () => {
  const ids = new Map<string, string>()
  const shared = identifiers.flatMap(({ id, identifier }) => {
    const purl = parsePurl(identifier)
    const key = purl ? keyOf(purl) : identifier
    const other = ids.get(key)
    ids.set(key, id)
    return other === undefined || other === id ? [] : [`${identifier} of ${other} and ${id}`]
  })
  expect(shared).toEqual([])
})
