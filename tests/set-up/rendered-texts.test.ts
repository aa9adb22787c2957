import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf } from '#tests/builders.ts'
import { KeptTexts } from '../../scripts/rendered-texts.ts'

const rendered = (html: string) => ({ html, intro: html, sections: [], headings: [], words: 1 })
const noLinks = { deadLinks: new Map() }

function home() {
  return folderOf({
    'src/catalog/markdown.ts': 'one',
    'src/domain/link.ts': 'one',
    'package-lock.json': '{}',
  })
}

test('a text that was rendered is found by the next build', () => {
  const folder = home()
  const first = new KeptTexts(folder, '/', noLinks)
  expect(first.get('a')).toBeUndefined()
  first.set('a', rendered('<p>A</p>'))
  first.save(true)
  expect(new KeptTexts(folder, '/', noLinks).get('a')).toEqual(rendered('<p>A</p>'))
})

test('another address, another dead link or another renderer finds nothing', () => {
  const folder = home()
  const first = new KeptTexts(folder, '/', noLinks)
  first.set('a', rendered('A'))
  first.save(true)
  expect(new KeptTexts(folder, '/below/', noLinks).get('a')).toBeUndefined()
  expect(
    new KeptTexts(folder, '/', {
      deadLinks: new Map([['https://a.example/', { since: '2026-01-01', archived: undefined }]]),
    }).get('a'),
  ).toBeUndefined()
  writeFileSync(join(folder, 'src/catalog/markdown.ts'), 'other')
  expect(new KeptTexts(folder, '/', noLinks).get('a')).toBeUndefined()
})

test('what a build of everything no longer asks for is not kept', () => {
  const folder = home()
  const first = new KeptTexts(folder, '/', noLinks)
  first.set('a', rendered('A'))
  first.set('b', rendered('B'))
  first.save(true)
  const second = new KeptTexts(folder, '/', noLinks)
  second.get('b')
  second.save(false)
  expect(new KeptTexts(folder, '/', noLinks).get('a')).toEqual(rendered('A'))
  const last = new KeptTexts(folder, '/', noLinks)
  last.get('b')
  last.save(true)
  const third = new KeptTexts(folder, '/', noLinks)
  expect([third.get('a'), third.get('b')]).toEqual([undefined, rendered('B')])
})

test('what another thread asked for is kept too', () => {
  const folder = home()
  const [first, other] = [new KeptTexts(folder, '/', noLinks), new KeptTexts(folder, '/', noLinks)]
  other.set('a', rendered('A'))
  first.adopt(other.asked())
  first.save(true)
  expect(new KeptTexts(folder, '/', noLinks).get('a')).toEqual(rendered('A'))
})

test('a file that is none of ours is not taken for one', () => {
  const folder = home()
  mkdirSync(join(folder, 'node_modules/.cache/works-on-arm'), { recursive: true })
  for (const text of ['', 'null', '[]', '{"environment": 1}', '\u0000']) {
    writeFileSync(join(folder, 'node_modules/.cache/works-on-arm/rendered.bin'), text)
    expect(new KeptTexts(folder, '/', noLinks).get('a')).toBeUndefined()
  }
})
