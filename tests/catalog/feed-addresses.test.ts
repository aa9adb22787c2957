import { expect, test } from 'vitest'
import { catalogOf, projectFile } from '#tests/builders.ts'

const problemsOf = (text: string) =>
  catalogOf({ 'projects/redis.md': text }).problems.map(({ code, actual }) => [code, actual])

test('content may link to a feed of the site, of a project and of an architecture', () => {
  for (const path of [
    '/changes/atom.xml',
    '/feeds.opml',
    '/projects/redis/atom.xml',
    '/architectures/arm64/atom.xml',
  ]) {
    expect(problemsOf(projectFile({ claims: claimWith(path) })), path).toEqual([])
  }
})

test('a feed that no build writes is an unknown page', () => {
  for (const path of ['/projects/redis/rss.xml', '/projects/redis/atom.xml/', '/recipes/atom.xml']) {
    expect(problemsOf(projectFile({ claims: claimWith(path) })), path).toEqual([['unknown-page', path]])
  }
})

test('no old address is where a feed is written', () => {
  const redirectsFrom = '[/projects/redis/atom.xml/, /old/redis/]'
  expect(problemsOf(projectFile({ redirectsFrom }))).toEqual([['address-taken', '/projects/redis/atom.xml/']])
})

function claimWith(link: string): string {
  return `\n  - {architectures: [arm64], support: works, date: 2026-03-01, link: ${link}}`
}
