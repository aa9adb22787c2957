/** What the search reads of the pages of a site, and keeps from one build to the next. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf } from '#tests/builders.ts'
import { ProseReader } from '../../scripts/read-prose.ts'

const page = (text: string, attributes = 'data-pagefind-body', head = '') =>
  `<!DOCTYPE html><html lang="en"><head>${head}</head><body><main ${attributes}><h1>Title</h1><p>${text}</p></main></body></html>`

function site() {
  const home = folderOf({
    'site/issues/1/index.html': page('First.'),
    'site/issues/2/index.html': page('Second.', undefined, `<style>${'a'.repeat(40_000)}</style>`),
    'site/matrix/index.html': page('A list.', ''),
    'site/projects/redis/index.html': page('A project.'),
    'site/mail/1/index.html': page('A mail.'),
    'site/issues/1/notes.txt': page('No page.'),
  })
  const paths = [
    ...['issues/2/index.html', 'issues/1/index.html', 'matrix/index.html', 'projects/redis/index.html'],
    ...['mail/1/index.html', 'issues/1/notes.txt'],
  ]
  const read = () => {
    const reader = new ProseReader(home)
    const prose = reader.read(paths, (path) => join(home, 'site', path))
    reader.save()
    return prose.map(({ url, parts }) => [url, parts.flatMap(({ words }) => words).join(' ')])
  }
  return { home, read, path: (name: string) => join(home, 'site', name) }
}

test('is the prose of pages that say that they are found, however long their heads are', () => {
  expect(site().read()).toEqual([
    ['/issues/1/', 'First.'],
    ['/issues/2/', 'Second.'],
  ])
})

test('is what the page says now, whatever is kept', () => {
  const { home, read, path } = site()
  read()
  expect(read()).toEqual([
    ['/issues/1/', 'First.'],
    ['/issues/2/', 'Second.'],
  ])
  writeFileSync(path('issues/1/index.html'), page('Other.'))
  writeFileSync(path('issues/2/index.html'), page('First.'))
  const after = [
    ['/issues/1/', 'Other.'],
    ['/issues/2/', 'First.'],
  ]
  expect(read()).toEqual(after)
  rmSync(join(home, 'node_modules'), { recursive: true })
  expect(read()).toEqual(after)
})
