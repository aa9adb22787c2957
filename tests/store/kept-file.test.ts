import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keep, readKept } from '#store/kept-file.ts'
import { folderOf } from '#tests/builders.ts'

test('a text that is kept is there the next time, in folders that were not', () => {
  const file = join(folderOf({}), 'a/b/text.json')
  expect(readKept(file)).toBeUndefined()
  keep(file, 'A')
  keep(file, 'B')
  expect(readKept(file)).toBe('B')
})

test('what cannot be kept fails nobody', () => {
  const folder = folderOf({ 'a-file': '' })
  keep(join(folder, 'a-file/text.json'), 'A')
  keep(folder, 'A')
  expect(readKept(join(folder, 'a-file/text.json'))).toBeUndefined()
  expect(readKept(folder)).toBeUndefined()
})
