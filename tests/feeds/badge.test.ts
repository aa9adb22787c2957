import { parseDocument } from 'htmlparser2'
import fc from 'fast-check'
import { XMLValidator } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { drawBadge, serializeBadgeEndpoint } from '#feeds/badge.ts'
import { elements, textOf } from '#tests/site/html.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'
import { BadgeEndpoint } from '#views/api-schemas.ts'
import type { BadgeView } from '#views/badge.ts'
import { supportGroups } from '#views/words.ts'

const badge = (changes: Partial<BadgeView> = {}): BadgeView => ({
  label: 'arm64',
  message: 'works, verified Nov 2026',
  group: 'works',
  isStale: false,
  ...changes,
})
const every = supportGroups.flatMap((group) => [true, false].map((isStale) => badge({ group, isStale })))

function parsed(svg: string) {
  const document = parseDocument(svg, { xmlMode: true })
  const [root] = elements(document, 'svg')
  if (!root) throw new Error('there is no svg')
  return { document, root }
}

/** Relative luminance, as WCAG 2.2 defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

describe('a badge', () => {
  test('is a picture whose name is its words', () => {
    const { document, root } = parsed(drawBadge(badge()))
    expect(root.attribs).toMatchObject({ role: 'img', 'aria-label': 'arm64: works, verified Nov 2026' })
    const [title] = elements(document, 'title')
    expect(title && textOf(title)).toBe('arm64: works, verified Nov 2026')
    expect(elements(document, 'text').map(textOf)).toEqual(['arm64', 'works, verified Nov 2026'])
  })

  test('is small, and asks for nothing', () => {
    for (const view of every) {
      const svg = drawBadge(view)
      expect(svg.length).toBeLessThan(1000)
      const { document } = parsed(svg)
      expect(elements(document, 'script')).toEqual([])
      for (const { attribs } of elements(document)) {
        const { xmlns: _, ...others } = attribs
        for (const [name, value] of Object.entries(others)) {
          expect(name).not.toMatch(/^(on|id$|style$|href$|xlink)/)
          expect(value).not.toMatch(/url\(|https?:/)
        }
      }
    }
  })

  test('has white words with a contrast of at least 4.5 on every ground', () => {
    for (const view of every) {
      const grounds = elements(parsed(drawBadge(view)).document, 'rect').map(({ attribs }) => attribs.fill ?? '')
      expect(grounds).toHaveLength(2)
      for (const ground of grounds) expect((1 + 0.05) / (luminance(ground) + 0.05)).toBeGreaterThanOrEqual(4.5)
      expect(drawBadge(view)).toContain('<g fill="#fff"')
    }
  })

  test(
    'holds any words, and none leaves its place',
    () => {
      const words = fc.oneof(
        fc.constantFrom(
          '</title><script>alert(1)</script>',
          '"><img src=x>',
          "' onload='alert(1)",
          '&lt;',
          'א😀',
          ']]>',
        ),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
      )
      fc.assert(
        fc.property(words, words, (label, message) => {
          // Control characters end at the catalog's door.
          fc.pre(
            !/[\0-\x1f\x7f-\x9f\ufffe\uffff]/.test(label + message) && label.trim() !== '' && message.trim() !== '',
          )
          const svg = drawBadge(badge({ label, message }))
          expect(XMLValidator.validate(svg)).toBe(true)
          const { document } = parsed(svg)
          expect(elements(document).map(({ name }) => name)).toEqual([
            'svg',
            'title',
            'g',
            'rect',
            'rect',
            'g',
            'text',
            'text',
          ])
          const said = `${label.trim()}: ${message.trim()}`.replace(/\s+/g, ' ')
          expect(textOf(elements(document, 'title')[0] ?? document)).toBe(said)
        }),
        { numRuns: runsOf(200) },
      )
    },
    propertyTimeout,
  )
})

test('shields.io gets the same words and colours', () => {
  for (const view of every) {
    const endpoint = BadgeEndpoint.parse(JSON.parse(serializeBadgeEndpoint(view)))
    expect(endpoint).toMatchObject({ schemaVersion: 1, label: view.label, message: view.message })
    const [left, right] = elements(parsed(drawBadge(view)).document, 'rect').map(({ attribs }) => attribs.fill)
    expect([endpoint.labelColor, endpoint.color]).toEqual([left, right])
  }
})
