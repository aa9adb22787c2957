import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf } from '#tests/builders.ts'
import { SitePathTaken, SiteUpdate } from '../../scripts/site-update.ts'
import { writeOutputs } from '../../scripts/write-outputs.ts'
import type { Output } from '../../src/site/outputs.ts'

const updateIn = (folder: string) => new SiteUpdate(folder, folder, undefined)

test('every output is in its folder, with its bytes', async () => {
  const folder = folderOf({})
  const outputs: Output[] = [
    { path: '/a.txt', content: () => 'ä' },
    { path: '/b/c/d.bin', content: () => new Uint8Array([0, 255]) },
    { path: '/b/e.txt', content: () => Promise.resolve('later') },
  ]
  await writeOutputs(outputs, updateIn(folder))
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
  await writeOutputs(outputs, updateIn(folder))
  expect(made).toBe(2)
  const files = outputs.map(({ path }) => join(folder, path))
  expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(files.map((_, index) => `words ${index % 2}`))
  expect(new Set(files.map((file) => statSync(file).ino)).size).toBe(2)
})

test('two outputs at one address are a mistake, and the first stays', async () => {
  const folder = folderOf({})
  const twice = (sameAs?: string): Output[] =>
    ['first', 'second'].map((text) => ({ path: `/${sameAs ?? 'x'}`, content: () => text, ...(sameAs && { sameAs }) }))
  await expect(writeOutputs(twice(), updateIn(folder))).rejects.toThrow(SitePathTaken)
  await expect(writeOutputs(twice('same'), updateIn(folder))).rejects.toThrow(SitePathTaken)
  expect(readFileSync(join(folder, 'same'), 'utf8')).toBe('first')
})

test('an output is not made where the last build made it under the same key', async () => {
  const folder = folderOf({ 'site/kept.txt': 'kept', 'site/old.txt': 'old' })
  const update = new SiteUpdate(join(folder, 'new'), join(folder, 'site'), {
    files: new Map([
      ['kept.txt', 'one'],
      ['old.txt', 'one'],
    ]),
    paths: ['kept.txt', 'old.txt'],
  })
  const made: string[] = []
  const output = (name: string, key: string): Output => ({
    path: `/${name}.txt`,
    content: () => {
      made.push(name)
      return `${name} made`
    },
    key,
  })
  await writeOutputs([output('kept', 'one'), output('old', 'two'), output('fresh', 'one')], update)
  expect(made).toEqual(['old', 'fresh'])
  update.apply()
  const text = (name: string) => readFileSync(join(folder, 'site', name), 'utf8')
  expect([text('kept.txt'), text('old.txt'), text('fresh.txt')]).toEqual(['kept', 'old made', 'fresh made'])
})
