import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf } from '#tests/builders.ts'
import { isOurs, replaceSite } from '../../scripts/replace-site.ts'
import { stampsOfSite } from '../../scripts/stamps.ts'

test('a site takes the place of another one, and says what it left there', async () => {
  const folder = folderOf({
    'new/404.html': 'new',
    'new/sitemap-index.xml': 'new',
    'new/a/index.html': 'new',
    'old/404.html/folder.txt': 'old',
    'old/sitemap-index.xml': 'old',
    'old/b/index.html': 'old',
  })
  const site = join(folder, 'old')
  const stamps = await replaceSite(join(folder, 'new'), site)
  expect([...stamps.keys()].sort()).toEqual(['404.html', 'a/index.html', 'sitemap-index.xml'])
  expect(readFileSync(join(site, '404.html'), 'utf8')).toBe('new')
  expect(readdirSync(site).sort()).toEqual(['404.html', 'a', 'sitemap-index.xml'])
  expect(stampsOfSite(site).get('a/index.html')).toBe(stamps.get('a/index.html'))
})

test('a folder is emptied where it is a site, or what a build that was killed has left of one', () => {
  expect(isOurs(['404.html', 'atom.xml', 'sitemap-index.xml'])).toBe(true)
  expect(isOurs([])).toBe(true)
  expect(isOurs(['404.html'])).toBe(true)
  expect(isOurs(['404.html', 'photo.jpg'])).toBe(false)
  expect(isOurs(['photo.jpg'])).toBe(false)
})
