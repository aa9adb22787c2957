import { expect, test } from 'vitest'
import { pageOfRow, pagePath, rowsOnPage, viewPages } from '#views/paging.ts'

const addressOf = (path: string) => `/base${path}`
const labels = (current: number, last: number) =>
  viewPages('/list/', current, last, addressOf)
    .entries.map((entry) => (entry === 'gap' ? '…' : entry.label))
    .join(' ')

test('the first page is at the plain address, and the others are numbered below it', () => {
  expect([1, 2, 17].map((page) => pagePath('/architectures/arm64/', page))).toEqual([
    '/architectures/arm64/',
    '/architectures/arm64/2/',
    '/architectures/arm64/17/',
  ])
})

test('a row is on the page that holds it', () => {
  expect([0, rowsOnPage - 1, rowsOnPage, 10 * rowsOnPage].map(pageOfRow)).toEqual([1, 1, 2, 11])
})

test('a page leads to the one before and the one after, the first and the last page to one of them', () => {
  const ends = (current: number) => {
    const { previous, next } = viewPages('/list/', current, 3, addressOf)
    return [previous, next]
  }
  expect(ends(1)).toEqual([undefined, '/base/list/2/'])
  expect(ends(2)).toEqual(['/base/list/', '/base/list/3/'])
  expect(ends(3)).toEqual(['/base/list/2/', undefined])
})

test('of many pages the first, the last and the neighbours are named', () => {
  expect(labels(1, 1)).toBe('1')
  expect(labels(1, 140)).toBe('1 2 3 … 140')
  expect(labels(70, 140)).toBe('1 … 68 69 70 71 72 … 140')
  expect(labels(4, 5)).toBe('1 2 3 4 5')
})
