import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keep, readKept, readKeptBytes } from '#store/kept-file.ts'
import { folderOf } from '#tests/builders.ts'

test('a text that is kept is there the next time, in folders that were not', () => {
  const file = join(folderOf({}), 'a/b/text.json')
  expect(readKept(file)).toBeUndefined()
  keep(file, 'A')
  keep(file, 'B')
  expect(readKept(file)).toBe('B')
})

test('what was cut short, or changed in a single byte, is not what was kept', () => {
  const file = join(folderOf({}), 'text.json')
  keep(file, '{"name":"Redis"}')
  const whole = readFileSync(file)
  for (const other of [
    whole.subarray(0, -1),
    whole.subarray(1),
    whole.subarray(0, 16),
    Buffer.alloc(0),
    Buffer.from(whole.toString().replace('Redis', 'Radis')),
    Buffer.concat([whole, Buffer.from(' ')]),
  ]) {
    writeFileSync(file, other)
    expect(readKept(file)).toBeUndefined()
  }
  writeFileSync(file, whole)
  expect(readKeptBytes(file)?.toString()).toBe('{"name":"Redis"}')
})

test('what cannot be kept fails nobody', () => {
  const folder = folderOf({ 'a-file': '' })
  keep(join(folder, 'a-file/text.json'), 'A')
  keep(folder, 'A')
  expect(readKept(join(folder, 'a-file/text.json'))).toBeUndefined()
  expect(readKept(folder)).toBeUndefined()
})
