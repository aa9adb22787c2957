/** The templates of the other sides, and the folder in which all of it happens. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { load } from 'js-yaml'
import { parse } from 'smol-toml'
import { expect, test } from 'vitest'
import { architectures } from '../../scripts/bench/facts.ts'
import { withFolder } from '../../scripts/bench/folder.ts'

const home = resolve(import.meta.dirname, '..', '..')
const textOf = (path: string) => readFileSync(join(home, path), 'utf8')

test('all sides have the columns of the product', () => {
  const columns = Object.keys(load(textOf('content/architectures.yml')) as object).sort()
  expect([...architectures].sort()).toEqual(columns)
  expect(parse(textOf('bench/hugo/config.toml'))).toMatchObject({ params: { architectures } })
  const [, eleventys = ''] =
    /const architectures = (\[[^\]]*\])/.exec(textOf('bench/eleventy/eleventy.config.js')) ?? []
  expect(JSON.parse(eleventys.replaceAll("'", '"'))).toEqual(architectures)
})

test('a style has the colour that a change of style replaces', () => {
  for (const path of ['bench/hugo/static/style.css', 'bench/eleventy/content/style.css'])
    expect(textOf(path)).toContain('--accent: #0b5c8a')
  expect(textOf('src/styles/tokens.css')).toContain('--ground: light-dark(#ffffff')
})

test('the folder of a measurement is deleted after it, and after a failure', async () => {
  const folders: string[] = []
  const work = (folder: string) => {
    folders.push(folder)
    writeFileSync(join(folder, 'file'), '')
    return Promise.resolve(folders.length)
  }
  await expect(withFolder({ projects: 1 }, work)).resolves.toBe(1)
  const failing = (folder: string) => work(folder).then(() => Promise.reject(new Error('out of luck')))
  await expect(withFolder({ projects: 1 }, failing)).rejects.toThrow('out of luck')
  // More than any memory: then it is on the disk.
  await expect(withFolder({ projects: 1e12 }, work)).resolves.toBe(3)
  expect(folders.filter((folder) => existsSync(folder))).toEqual([])
  expect(folders[2]?.startsWith('/dev/shm')).toBe(false)
})
