import { expect, test } from 'vitest'
import { serializeCsv } from '#feeds/csv.ts'
import { partOfTable } from '#scripts/matrix-csv.ts'

const head = ['project', 'architecture', 'version']
const table = [
  ...serializeCsv(head, [
    ['go', 'arm64', '1.26'],
    ['go', 'riscv64', '=1'],
    ['redis', 'arm64', '8.2, "final"\nredis,riscv64,1'],
    ['redis', 'riscv64', '8;2'],
  ]),
].join('')

test('a part of a table is its head and whole lines of it', () => {
  expect(partOfTable(table, new Set(['redis']), new Set(['arm64', 'riscv64']))).toBe(
    'project,architecture,version\nredis,arm64,"8.2, ""final""\nredis,riscv64,1"\nredis,riscv64,"8;2"\n',
  )
  expect(partOfTable(table, new Set(['go', 'redis']), new Set(['riscv64']))).toBe(
    'project,architecture,version\ngo,riscv64,\'=1\nredis,riscv64,"8;2"\n',
  )
})

test('of nothing there is the head, and all of it is the table', () => {
  expect(partOfTable(table, new Set(), new Set(['arm64']))).toBe('project,architecture,version\n')
  expect(partOfTable(table, new Set(['go', 'redis']), new Set(['arm64', 'riscv64']))).toBe(table)
})
