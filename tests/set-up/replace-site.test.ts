import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf } from '#tests/builders.ts'
import { isOurs, replaceSite } from '../../scripts/replace-site.ts'
import { stampsOfSite } from '../../scripts/stamps.ts'

const files = {
  'new/404.html': 'new',
  'new/sitemap-index.xml': 'new',
  'new/a/index.html': 'new',
  'old/sitemap-index.xml': 'old',
  'old/b/index.html': 'old',
}

test('a site takes the place of another one, and its files stay the same', async () => {
  const folder = folderOf({ ...files, 'old/404.html': 'old' })
  const site = join(folder, 'old')
  const stamps = stampsOfSite(join(folder, 'new'))
  expect(await replaceSite(join(folder, 'new'), site)).toBe(true)
  expect(readFileSync(join(site, '404.html'), 'utf8')).toBe('new')
  expect(readdirSync(site).sort()).toEqual(['404.html', 'a', 'sitemap-index.xml'])
  expect([...stampsOfSite(site)].sort()).toEqual([...stamps].sort())
})

test('where a folder stands in the place of a file, the file is copied, and that is said', async () => {
  const folder = folderOf({ ...files, 'old/404.html/folder.txt': 'old' })
  const site = join(folder, 'old')
  expect(await replaceSite(join(folder, 'new'), site)).toBe(false)
  expect(readFileSync(join(site, '404.html'), 'utf8')).toBe('new')
  expect(readdirSync(site).sort()).toEqual(['404.html', 'a', 'sitemap-index.xml'])
})

test('a folder is emptied where it is a site, or what a build that was killed has left of one', () => {
  expect(isOurs(['404.html', 'atom.xml', 'sitemap-index.xml'])).toBe(true)
  expect(isOurs([])).toBe(true)
  expect(isOurs(['404.html'])).toBe(true)
  expect(isOurs(['404.html', 'photo.jpg'])).toBe(false)
  expect(isOurs(['photo.jpg'])).toBe(false)
})
