import { describe, expect, test } from 'vitest'
import { MovedProject, Project } from '#domain/project.ts'

const minimal = {
  name: 'Redis',
  summary: 'In-memory data store',
  homepage: 'https://redis.io/',
  categories: ['databases'],
}

describe('a project', () => {
  test('has a name, a summary, a homepage and categories; every list is empty where it is left out', () => {
    expect(Project.parse(minimal)).toEqual({
      ...minimal,
      ...{ languages: [], aliases: [], identifiers: [], releases: [], removes: [], claims: [], notes: [], recipes: [] },
      ...{ alternatives: [], blockedBy: [], redirectsFrom: [] },
    })
    for (const key of Object.keys(minimal)) {
      expect(Project.safeParse({ ...minimal, [key]: undefined }).success, key).toBe(false)
    }
  })

  test('has a summary of one line, up to 200 characters', () => {
    expect(Project.safeParse({ ...minimal, summary: 's'.repeat(200) }).success).toBe(true)
    expect(Project.safeParse({ ...minimal, summary: 's'.repeat(201) }).success).toBe(false)
    expect(Project.safeParse({ ...minimal, summary: 'two\nlines' }).success).toBe(false)
    expect(Project.safeParse({ ...minimal, summary: '  ' }).success).toBe(false)
  })

  test.each([
    'pkg:npm/esbuild',
    'pkg:docker/cockroachdb/cockroach',
    'pkg:golang/github.com/cockroachdb/cockroach',
    'pkg:npm/%40scope/name@1.0.0?arch=arm64#path',
    'pkg:deb/debian/curl@7.50.3-1',
  ])('is meant by the package URL %s', (purl) => {
    expect(Project.safeParse({ ...minimal, identifiers: [purl] }).success).toBe(true)
  })

  test.each(['npm/esbuild', 'pkg:npm', 'pkg:npm/', 'pkg:/esbuild', 'PKG:npm/esbuild', 'pkg:npm/a b', 'pkg:npm/<b>'])(
    'is not meant by %s',
    (purl) => {
      expect(Project.safeParse({ ...minimal, identifiers: [purl] }).success).toBe(false)
    },
  )

  test('that moved says where to, and nothing else', () => {
    expect(MovedProject.safeParse({ movedTo: 'valkey' }).success).toBe(true)
    expect(MovedProject.safeParse({ movedTo: 'valkey', name: 'Redis' }).success).toBe(false)
    expect(MovedProject.safeParse({ movedTo: '../valkey' }).success).toBe(false)
  })
})
