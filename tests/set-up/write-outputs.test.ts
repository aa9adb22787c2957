import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { folderOf } from '#tests/builders.ts'
import { writeOutputs } from '../../scripts/write-outputs.ts'
import type { Output } from '../../src/site/outputs.ts'

test('every output is in its folder, with its bytes', async () => {
  const folder = folderOf({})
  const outputs: Output[] = [
    { path: '/a.txt', content: () => 'ä' },
    { path: '/b/c/d.bin', content: () => new Uint8Array([0, 255]) },
    { path: '/b/e.txt', content: () => Promise.resolve('later') },
  ]
  expect(await writeOutputs(outputs, folder)).toBe(3)
  expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('ä')
  expect([...readFileSync(join(folder, 'b/c/d.bin'))]).toEqual([0, 255])
  expect(readFileSync(join(folder, 'b/e.txt'), 'utf8')).toBe('later')
})

test('outputs that are the same are made once, and are all there', async () => {
  const folder = folderOf({})
  let made = 0
  const outputs = Array.from({ length: 200 }, (_, index): Output => {
    const content = () => {
      made += 1
      return Promise.resolve(`words ${index % 2}`)
    }
    return { path: `/badges/${index}/x.svg`, content, sameAs: `words ${index % 2}` }
  })
  expect(await writeOutputs(outputs, folder)).toBe(200)
  expect(made).toBe(2)
  const files = outputs.map(({ path }) => join(folder, path))
  expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(files.map((_, index) => `words ${index % 2}`))
  expect(new Set(files.map((file) => statSync(file).ino)).size).toBe(2)
})

test('two outputs at one address are a mistake, and the first stays', async () => {
  const folder = folderOf({})
  const twice = (sameAs?: string): Output[] =>
    ['first', 'second'].map((text) => ({ path: `/${sameAs ?? 'x'}`, content: () => text, ...(sameAs && { sameAs }) }))
  await expect(writeOutputs(twice(), folder)).rejects.toThrow('EEXIST')
  await expect(writeOutputs(twice('same'), folder)).rejects.toThrow('EEXIST')
  // It is still being written when the mistake is found.
  await vi.waitFor(() => {
    expect(readFileSync(join(folder, 'same'), 'utf8')).toBe('first')
  })
})
