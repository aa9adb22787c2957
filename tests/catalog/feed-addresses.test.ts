import { expect, test } from 'vitest'
import { catalogOf, projectFile } from '#tests/builders.ts'

const problemsOf = (text: string) =>
  catalogOf({ 'projects/redis.md': text }).problems.map(({ code, actual }) => [code, actual])

test('content may link to everything that a build writes for others to read', () => {
  for (const path of [
    '/changes/atom.xml',
    '/feeds.opml',
    '/projects/redis/atom.xml',
    '/architectures/arm64/atom.xml',
    '/projects/redis/index.md',
    '/api/v1/projects/redis.json',
    '/api/v1/schemas/evidence.json',
    '/api/v1/changes/2026.json',
    '/changes/2026/',
    '/badges/redis.svg',
    '/badges/redis/arm64.svg',
    '/badges/redis/arm64.json',
    '/robots.txt',
    '/check/',
  ]) {
    expect(problemsOf(projectFile({ claims: claimWith(path) })), path).toEqual([])
  }
})

test('what no build writes is an unknown page', () => {
  for (const path of [
    '/projects/redis/rss.xml',
    '/projects/redis/atom.xml/',
    '/recipes/atom.xml',
    '/badges/redis2.svg',
    '/badges/redis/arm65.svg',
    '/api/v1/schemas/nothing.json',
    '/changes/26/',
    '/mail/0009/0009.eml',
  ]) {
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
