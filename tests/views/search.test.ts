import { expect, test } from 'vitest'
import { architecture, projectFile } from '#tests/builders.ts'
import { searchNamesOfArchitecture, viewSearchKinds, viewSearchWords } from '#views/search.ts'
import { pageContextOf } from './page-context.ts'

test('an architecture is found by its aliases and by what ecosystems call it, each word once', () => {
  const names = searchNamesOfArchitecture(
    architecture({ aliases: ['aarch64'], uname: ['aarch64'], oci: 'linux/arm64', gnu: 'aarch64-linux-gnu' }),
  )
  expect(names).toEqual(['aarch64', 'linux/arm64', 'aarch64-linux-gnu'])
})

test('a mistyped word may have meant a project, an architecture, or another name of either', () => {
  const words = viewSearchWords(pageContextOf({ 'projects/redis.md': projectFile({ aliases: '[redis-server]' }) }))
  expect(words.names).toEqual(expect.arrayContaining(['Redis', 'redis-server', 'arm64', 'aarch64']))
  expect(words.names).toEqual([...new Set(words.names)])
  expect(words.architectures).toMatchObject({ aarch64: 'arm64' })
})

test('only kinds that the site has can be chosen', () => {
  expect(viewSearchKinds(pageContextOf({ 'projects/redis.md': projectFile() }))).toEqual([
    'Project',
    'Architecture',
    'About the site',
  ])
})
