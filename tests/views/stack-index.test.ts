import { describe, expect, test } from 'vitest'
import { asOf, catalogOf, projectFile, observedRun } from '#tests/builders.ts'
import type { StoredRecord } from '#domain/evidence.ts'
import { viewStackIndex } from '#views/stack-index.ts'

function indexOf(files: Record<string, string>, evidence: Record<string, readonly StoredRecord[]> = {}) {
  const { catalog, problems } = catalogOf({ 'categories.yml': 'databases: {name: Databases}\n', ...files })
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  return viewStackIndex({ catalog: { ...catalog, evidence: new Map(Object.entries(evidence)) }, asOf })
}

describe('the index of a stack', () => {
  test('leaves out projects that no package can mean', () => {
    expect(indexOf({ 'projects/redis.md': projectFile() }).ids).toEqual([])
  })

  test('writes equal rows and cells once', () => {
    const claims = '[{architectures: [arm64], support: works, date: 2026-05-12, link: https://example.org/}]'
    const view = indexOf({
      'projects/a.md': projectFile({ name: 'A', identifiers: '["pkg:npm/a"]', claims }),
      'projects/b.md': projectFile({ name: 'b', identifiers: '["pkg:npm/b"]', claims }),
      'projects/c.md': projectFile({ name: 'C', identifiers: '["pkg:npm/c"]' }),
    })
    expect(view.ids).toEqual(['a', 'b', 'c'])
    expect(view.names).toEqual(['A', '', 'C'])
    expect(view.rows).toEqual([0, 0, 1])
    expect(view.cells).toEqual([
      ['unknown', 'none', '', ''],
      ['works', 'claimed', '2026-05-12', ''],
    ])
    expect(view.patterns.map((pattern) => pattern.length)).toEqual([4, 4])
  })

  test('says since when a status is stale', () => {
    const claims = '[{architectures: [arm64], support: works, date: 2017-05-12, link: https://example.org/}]'
    const { cells } = indexOf({ 'projects/a.md': projectFile({ identifiers: '["pkg:npm/a"]', claims }) })
    expect(cells).toContainEqual(['works', 'stale', '2017-05-12', '2018-11-12'])
  })

  test('knows a project by its repository, unless another project has the same one', () => {
    const view = indexOf({
      'projects/a.md': projectFile({ name: 'a', repository: 'https://github.com/Owner/A.git' }),
      'projects/b.md': projectFile({ name: 'b', repository: 'https://github.com/owner/shared' }),
      'projects/c.md': projectFile({ name: 'c', repository: 'https://github.com/owner/shared/' }),
      'projects/d.md': projectFile({ name: 'd', repository: 'https://gitlab.com/owner/d' }),
    })
    expect(view.ids.map((id, place) => [id, view.identifiers[place]])).toEqual([['a', ['pkg:github/owner/a']]])
  })

  test('knows a project by the packages that a probe saw, and by no others', () => {
    const npm = { provider: 'npm', repository: 'redis', job: '@redis/linux-arm64' }
    const debian = { provider: 'debian', repository: 'trixie/main', job: 'redis' }
    const records = [
      observedRun({ source: npm, run: { id: '1' }, provenance: { how: 'probed' } }),
      observedRun({
        source: debian,
        run: { id: '2' },
        artifact: { name: 'redis-server_1.0_arm64' },
        provenance: { how: 'probed' },
      }),
      // Anybody can send a report that says it is from npm.
      observedRun({ source: { ...npm, job: 'left-pad' }, run: { id: '3' }, provenance: { how: 'imported' } }),
    ]
    const view = indexOf({ 'projects/redis.md': projectFile() }, { redis: records })
    expect(view.identifiers).toEqual([['pkg:npm/%40redis/linux-arm64', 'pkg:deb/debian/redis-server']])
  })

  test('has the words of every architecture, and those that are unclear', () => {
    const { architectures } = indexOf({
      'architectures.yml':
        'a: {name: A, node: ppc64 (little-endian), wheel: linux_armv6l, oci: linux/arm/v6, aliases: [x], ambiguous: {arm: here}}\n',
    })
    expect(architectures).toEqual([
      { id: 'a', node: 'ppc64', wheel: 'armv6l', words: ['x', 'arm/v6'], unclear: ['arm'] },
    ])
  })
})
