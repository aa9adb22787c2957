import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf } from '#tests/builders.ts'
import { KeptOutputs } from '../../scripts/kept-outputs.ts'
import { SiteUpdate } from '../../scripts/site-update.ts'
import { writeOutputs } from '../../scripts/write-outputs.ts'
import type { Output } from '../../src/site/outputs.ts'

const cache = 'node_modules/.cache/works-on-arm'

function home() {
  return folderOf({ 'src/feeds/mail.ts': 'one', 'src/views/mail.ts': 'one', 'package-lock.json': '{}' })
}

/** Writes outputs, and says which of them were made. */
async function build(folder: string, texts: Record<string, string | Uint8Array>, later = false): Promise<string[]> {
  const made: string[] = []
  const outputs = Object.entries(texts).map(([path, text]): Output => {
    const make = () => {
      made.push(path)
      return text
    }
    return { path, content: later ? () => Promise.resolve(make()) : make, madeFrom: () => String(text) }
  })
  const site = folderOf({})
  await writeOutputs(outputs, new SiteUpdate(site, site, undefined), new KeptOutputs(folder))
  for (const [path, text] of Object.entries(texts)) expect(readFileSync(join(site, path))).toEqual(Buffer.from(text))
  return made
}

test.each([false, true])('what was made is not made again, to the byte: later %s', async (later) => {
  const folder = home()
  const texts = { '/a.html': 'ä\n\n', '/a.txt': 'ä\n\n', '/b.png': new Uint8Array([0, 10, 255, 13]), '/empty': '' }
  expect(await build(folder, texts, later)).toEqual(Object.keys(texts))
  expect(await build(folder, texts, later)).toEqual([])
  expect(await build(folder, { ...texts, '/a.txt': 'other' }, later)).toEqual(['/a.txt'])
})

test.each(['src/feeds/mail.ts', 'src/views/mail.ts', 'package-lock.json'])('another %s finds nothing', async (file) => {
  const folder = home()
  await build(folder, { '/a': 'A' })
  writeFileSync(join(folder, file), 'other')
  expect(await build(folder, { '/a': 'A' })).toEqual(['/a'])
})

test('what a build of everything no longer asks for is not kept', async () => {
  const folder = home()
  await build(folder, { '/a': 'A', '/b': 'B' })
  expect(await build(folder, { '/b': 'B' })).toEqual([])
  expect(await build(folder, { '/a': 'A', '/b': 'B' })).toEqual(['/a'])
})

test('a file that is none of ours, or is cut off, is not taken for one', async () => {
  const folder = home()
  await build(folder, { '/a': 'A' })
  const whole = readFileSync(join(folder, cache, 'outputs.bin'))
  for (const bytes of [Buffer.from(''), Buffer.from('null\n'), Buffer.from('{}\nA'), whole.subarray(0, -1)]) {
    writeFileSync(join(folder, cache, 'outputs.bin'), bytes)
    expect(await build(folder, { '/a': 'A' })).toEqual(['/a'])
  }
})

test('where nothing can be kept, everything is there all the same', async () => {
  const folder = home()
  mkdirSync(join(folder, cache, 'outputs.bin'), { recursive: true })
  expect(await build(folder, { '/a': 'A' })).toEqual(['/a'])
  expect(await build(folder, { '/a': 'A' })).toEqual(['/a'])
})
