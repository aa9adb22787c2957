import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quoted, withKey } from '#catalog/edit.ts'
import { splitFrontMatter } from '#catalog/front-matter.ts'
import { parseYaml } from '#catalog/yaml.ts'

describe('a changed key', () => {
  test.each([
    ['---\nstate: draft\n---\nBody\n', '---\nstate: published\n---\nBody\n'],
    ['---\nstate:   draft   # soon\ntitle: X\n---\n', '---\nstate:   published   # soon\ntitle: X\n---\n'],
    ['---\nstate: "draft"\n---\n', '---\nstate: published\n---\n'],
    ['---\nstate:\n---\n', '---\nstate: published\n---\n'],
    ['---\ntitle: X\n---\nstate: draft\n', '---\ntitle: X\nstate: published\n---\nstate: draft\n'],
    ['\ufeff---\r\ntitle: X\r\n---\r\n', '\ufeff---\r\ntitle: X\r\nstate: published\r\n---\r\n'],
    ['---\nlist: [a,\n  state: draft]\n---\n', '---\nlist: [a,\n  state: draft]\nstate: published\n---\n'],
  ])('of %j leaves everything else as it was', (before, after) => {
    expect(withKey(before, 'state', 'published')).toBe(after)
  })

  test.each(['no front matter', '---\n- a\n---\n', '---\nstate: [a]\n---\n'])('is refused in %j', (text) => {
    expect(() => withKey(text, 'state', 'published')).toThrow()
  })
})

test('a quoted text is read as that text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const split = splitFrontMatter(`---\nkey: ${quoted(text)}\n---\n`)
      if ('code' in split) throw new Error(split.code)
      const read = parseYaml(split.yaml)
      // A character that no text of content may hold is refused, and never read as another one.
      if (read.ok) expect(read.value).toEqual({ key: text })
      else expect(read.fault.code).toBe('yaml-control-character')
    }),
  )
})
