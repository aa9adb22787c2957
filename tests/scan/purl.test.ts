import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { displayName, makePurl, parsePurl, purlText } from '#scan/purl.ts'

interface Vector {
  description: string
  purl: string
  canonical: string | null
}

// Written by us beside it, from the test suite of the specification.
const vectors = JSON.parse(readFileSync(new URL('../fixtures/purl/vectors.json', import.meta.url), 'utf8')) as Vector[]

describe('a package URL', () => {
  test.each(vectors)('of the specification: $description ($purl)', ({ purl, canonical }) => {
    const parsed = parsePurl(purl)
    expect(parsed ? withWholeQualifiers(purlText(parsed)) : null).toBe(canonical && withWholeQualifiers(canonical))
  })

  test('keeps its name where only its version is wrong', () => {
    expect(parsePurl('pkg:golang/example.org/module@v1.2')).toEqual({
      type: 'golang',
      namespace: 'example.org',
      name: 'module',
    })
  })

  test.each([
    '',
    'pkg:',
    'npm/esbuild',
    'pkg:npm/',
    'pkg:npm/%E0%A4%A',
    `pkg:npm/${'a'.repeat(3000)}`,
    'https://example.org/',
  ])('is none: %j', (text) => {
    expect(parsePurl(text)).toBeUndefined()
  })

  test('is made of its parts, and without a version where that cannot be one', () => {
    expect(makePurl({ type: 'npm', namespace: '@esbuild', name: 'linux-arm64', version: '1.0.0' })).toEqual({
      type: 'npm',
      namespace: '@esbuild',
      name: 'linux-arm64',
      version: '1.0.0',
    })
    expect(makePurl({ type: 'golang', namespace: 'example.org', name: 'module', version: 'v1.2' })).toEqual({
      type: 'golang',
      namespace: 'example.org',
      name: 'module',
    })
    expect(makePurl({ type: 'npm', name: '' })).toBeUndefined()
  })

  test('that cannot be written is no error', () => {
    expect(purlText({ type: 'npm', name: '\ud800' })).toBe('pkg:npm/unwritable')
  })
})

test.each([
  ['pkg:npm/%40img/sharp-linux-x64', '@img/sharp-linux-x64'],
  ['pkg:golang/github.com/moby/moby', 'github.com/moby/moby'],
  ['pkg:deb/debian/nginx', 'nginx'],
  ['pkg:maven/org.apache.commons/io', 'org.apache.commons:io'],
])('%s is shown as %s', (text, name) => {
  const purl = parsePurl(text)
  expect(purl && displayName(purl)).toBe(name)
})

/** In a qualifier `/` may stand as it is, and need not. */
function withWholeQualifiers(purl: string): string {
  const [head = '', query] = purl.split('?')
  return query === undefined ? head : `${head}?${query.replaceAll('/', '%2F')}`
}
