/** The pages of a build are those that Astro's own runtime makes of the same components, to the byte (docs/decisions/0025-components-as-texts.md). */
import { addAttribute as attributeOfAstro, renderTemplate } from 'astro/runtime/server/index.js'
import fc from 'fast-check'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { addAttribute, render, unescapeHTML } from '#site/render-components.ts'
import { copyRepository } from '../../scripts/bench/sides.ts'
import { filesOf } from './html.ts'
import { buildOrThrow, home, real, sites } from './sites.ts'

const elsewhere = mkdtempSync(join(tmpdir(), 'works-on-arm-astro-'))
afterAll(() => {
  rmSync(elsewhere, { recursive: true, force: true })
})

test.for(sites)('every page of $name', async (site) => {
  const byAstro = { ...site, folder: join(elsewhere, site.name.replaceAll(' ', '-')) }
  await buildOrThrow(byAstro, { RENDERED_BY_ASTRO: 'true' })
  const files = filesOf(byAstro.folder)
  expect(filesOf(site.folder).sort()).toEqual(files.sort())
  expect(files.filter((path) => path.endsWith('.html')).length).toBeGreaterThan(40)
  const different = files.filter((path) => !readOf(site, path).equals(readOf(byAstro, path)))
  expect(different).toEqual([])
})

test('a page with all that a page may have', async () => {
  const copy = join(elsewhere, 'repository')
  copyRepository(home, copy)
  const fixtures = join(home, 'tests/fixtures/components')
  cpSync(join(fixtures, '[id].astro'), join(copy, 'src/pages/components/[id].astro'))
  for (const name of ['Parts.astro', 'Around.astro']) cpSync(join(fixtures, name), join(copy, 'src/components', name))
  const content = join(elsewhere, 'content')
  mkdirSync(content)
  writeFileSync(join(content, 'site.yml'), 'title: Components\n')
  const made = { ...real, contentFolder: content, folder: join(elsewhere, 'made') }
  const byAstro = { ...made, folder: join(elsewhere, 'by-astro') }
  await buildOrThrow(made, {}, copy)
  await buildOrThrow(byAstro, { RENDERED_BY_ASTRO: 'true' }, copy)
  for (const id of ['first', 'second', 'third']) {
    const html = readOf(made, `components/${id}/index.html`).toString()
    expect(html).toContain('with parts')
    expect(html).toBe(readOf(byAstro, `components/${id}/index.html`).toString())
  }
})

describe('whatever a component shows', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '&', '<', '>', '"', "'", '—', '\u{1F4E6}', '\0') })
  const single = fc.oneof(text, fc.double({ noNaN: true }), fc.constantFrom(0, -0, null, undefined, false))
  const nested = fc.array(fc.oneof(single, fc.array(single, { maxLength: 4 })), { maxLength: 4 })

  test('is escaped or left out as Astro does it', async () => {
    await fc.assert(
      fc.asyncProperty(single, nested, async (one, several) => {
        let expected = ''
        await renderTemplate`<p>${one}</p>${several}.`.render({
          write: (chunk) => {
            expected += String(chunk)
          },
        })
        expect(render`<p>${one}</p>${several}.`.html).toBe(expected)
      }),
    )
  })

  test('as an attribute, too', () => {
    const name = fc.constantFrom(
      ...['class', 'class:list', 'href', 'hidden', 'open', 'disabled', 'style', 'popover', 'download', 'a b', 'data-x'],
    )
    const value = fc.oneof(single, fc.boolean(), fc.constant({ color: 'red' }), fc.constant(['a', { b: true }]))
    fc.assert(
      fc.property(value, name, (one, attribute) => {
        expect(addAttribute(one, attribute).html).toBe(String(attributeOfAstro(one, attribute)))
      }),
    )
  })

  test('is an error where a build cannot wait for it, or nobody means it', () => {
    expect(() => render`<p>${Promise.resolve('text')}</p>`).toThrow('[object Promise]')
    expect(() => render`<p>${[NaN]}</p>`).toThrow('shows NaN')
    expect(() => render`<p>${true}</p>`).toThrow('shows true')
    expect(() => unescapeHTML(Promise.resolve('<p>'))).toThrow('takes a text')
  })
})

function readOf({ folder }: { folder: string }, path: string): Buffer {
  return readFileSync(join(folder, path))
}
