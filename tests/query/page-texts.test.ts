import { expect, test } from 'vitest'
import { packPages, unpackPages, type PageText } from '#query/page-texts.ts'

const page = (text: string): PageText => ({
  url: '/issues/0001/',
  meta: { title: 'Issue 1', kind: 'Newsletter issue' },
  words: text.split(' '),
  sections: [{ id: 'ports', title: 'Ports', at: 1 }],
})

test('what is packed comes out as it was', () => {
  const pages = [
    page('It runs on arm64, and it "runs" <fast> \\ here.'),
    { ...page('Ünïcode — 😀 __proto__'), sections: [] },
  ]
  expect(unpackPages(packPages(pages))).toEqual(pages)
})

test('every one of very many words comes out as it was', () => {
  const many = page(Array.from({ length: 70_000 }, (_, index) => `word${index}`).join(' '))
  expect(unpackPages(packPages([many]))).toEqual([many])
})

test('a word that stands there often takes one character', () => {
  const packed = packPages([page(Array.from({ length: 1000 }, () => 'portability').join(' '))])
  expect(packed.length).toBeLessThan(1200)
})

test('the same pages are packed alike, whatever was packed before', () => {
  const pages = [page('b a c a b'), page('c b a')]
  expect(packPages(pages)).toBe(packPages(structuredClone(pages)))
})
