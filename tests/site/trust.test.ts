/** What a stranger's text, or another host, could do to a reader: nothing. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addressesOf, addressOfPage, elements, firstOf, pageAt, readSite, textOf, type Page } from './html.ts'
import { hostile, sites } from './sites.ts'

/** Elements whose address a browser asks for by itself. */
const loading = new Set(['script', 'img', 'iframe', 'frame', 'embed', 'object', 'source', 'video', 'audio', 'track'])
/** Links that a browser follows by itself. */
const loadingLinks = /stylesheet|preload|prefetch|preconnect|icon|manifest|modulepreload|dns-prefetch/

describe.each(sites)('on $name', (description) => {
  const site = readSite(description)

  test('no page asks another host for anything', () => {
    const asked = site.pages.flatMap((page) =>
      addressesOf(page)
        .filter(({ element: { name, attribs } }) =>
          name === 'link' ? loadingLinks.test(attribs.rel ?? '') : loading.has(name) || name === 'form',
        )
        .map(({ value }) => new URL(value, addressOfPage(site, page.path)))
        .filter(({ origin }) => origin !== site.origin)
        .map(({ href }) => `${page.path}: ${href}`),
    )
    expect(firstOf(asked)).toEqual([])
  })

  test('no style sheet and no script names another host', () => {
    const files = [...site.files].filter((file) => /\.(css|js|mjs)$/.test(file) && !file.startsWith('pagefind/'))
    const asking = files.filter((file) =>
      /@import|url\(\s*['"]?(https?:)?\/\/|(fetch|import)\(\s*['"`](https?:)?\/\//.test(
        readFileSync(join(site.folder, file), 'utf8'),
      ),
    )
    expect(files.length).toBeGreaterThan(0)
    expect(firstOf(asking)).toEqual([])
  })

  test('no element has a style or a handler of its own, and no frame or plug-in stands on any page', () => {
    const found = site.pages.flatMap((page) =>
      elements(page.document)
        .filter(
          ({ name, attribs }) =>
            ['iframe', 'frame', 'object', 'embed', 'base', 'applet'].includes(name) ||
            Object.keys(attribs).some((key) => key === 'style' || key.startsWith('on') || key === 'srcdoc'),
        )
        .map(({ name, attribs }) => `${page.path} ${name} ${JSON.stringify(attribs)}`),
    )
    expect(firstOf(found)).toEqual([])
  })

  test('every address is http, https or of this site', () => {
    const found = site.pages.flatMap((page) =>
      addressesOf(page)
        .filter(({ value }) => !/^https?:$/.test(URL.parse(value, addressOfPage(site, page.path))?.protocol ?? ''))
        .map(({ value }) => `${page.path}: ${value}`),
    )
    expect(firstOf(found)).toEqual([])
  })

  test('every page has a policy that only lets our own scripts run', () => {
    const wrong = site.pages.flatMap((page) => {
      const policies = elements(page.document, 'meta').filter(
        ({ attribs }) => attribs['http-equiv']?.toLowerCase() === 'content-security-policy',
      )
      const directives = directivesOf(policies[0]?.attribs.content ?? '')
      const problems = [
        policies.length === 1 ? '' : `${policies.length} policies`,
        directives.get('default-src')?.join() === "'self'" ? '' : 'default-src',
        directives.get('object-src')?.join() === "'none'" ? '' : 'object-src',
        directives.get('base-uri')?.join() === "'none'" ? '' : 'base-uri',
        scriptSources(directives).some((source) => /^('unsafe-|https?:|data:|blob:|\*)/.test(source))
          ? `script-src ${scriptSources(directives).join(' ')}`
          : '',
      ].filter(Boolean)
      return problems.map((problem) => `${page.path}: ${problem}`)
    })
    expect(firstOf(wrong)).toEqual([])
  })

  test('the policy stands in the head, before every file that the page asks for', () => {
    const late = site.pages.filter(({ html }) => {
      const policy = html.search(/<meta http-equiv="content-security-policy"/i)
      const first = html.search(/<script[^>]* src=|<link rel="(stylesheet|preload|modulepreload)"|<body/i)
      return policy === -1 || first < policy
    })
    expect(firstOf(late.map(({ path }) => path))).toEqual([])
  })

  test('every inline script and style is one that the policy knows', () => {
    const unknown = site.pages.flatMap((page) => {
      const [policy] = elements(page.document, 'meta').filter(
        ({ attribs }) => attribs['http-equiv']?.toLowerCase() === 'content-security-policy',
      )
      return inlineCodeOf(page)
        .filter(({ code }) => !policy?.attribs.content?.includes(hashOf(code)))
        .map(({ name, code }) => `${page.path} ${name}: ${code.slice(0, 80)}`)
    })
    expect(firstOf(unknown)).toEqual([])
  })

  test('structured data is JSON with a context and a type', () => {
    const blocks = site.pages.flatMap((page) =>
      elements(page.document, 'script')
        .filter(({ attribs }) => attribs.type === 'application/ld+json')
        .map((script) => ({ path: page.path, data: JSON.parse(rawTextOf(script)) as Record<string, unknown> })),
    )
    expect(blocks.map(({ path }) => path)).toContain('/')
    for (const { path, data } of blocks) {
      expect(data['@context'], path).toBe('https://schema.org')
      const things = Array.isArray(data['@graph']) ? (data['@graph'] as Record<string, unknown>[]) : [data]
      for (const thing of things) expect([thing['@type']].flat(), path).not.toContain(undefined)
    }
  })
})

describe('text that tries to leave its place', () => {
  const site = readSite(hostile)
  const project = pageAt(site, '/projects/attack/')

  test('is shown as text: name, summary, alias, version and note', () => {
    const text = textOf(project.document)
    const [heading] = elements(project.document, 'h1')
    expect(heading && textOf(heading)).toBe("</script><script>alert('name')</script>")
    expect(text).toContain("\"><img src=x onerror=alert('summary')> {alert(1)} ${alert(2)} <!-- ]]>")
    expect(text).toContain('</textarea></style></title><svg/onload=alert(1)>')
    expect(text).toContain('" autofocus onfocus="alert(1)')
    expect(text).toContain("Code </code><script>alert('note')</script>")
  })

  test('keeps its entities: what is written `&lt;` in a plain field is not a `<`', () => {
    expect(textOf(project.document)).toContain('&lt;script&gt;alert(3)&lt;/script&gt;')
  })

  test('adds no element to a page that the code has not written', () => {
    const strange = site.pages.flatMap((page) =>
      elements(page.document)
        .filter(({ name, attribs }) => {
          if (name === 'img') return attribs.src === 'x' || attribs.src === undefined
          if (name === 'script') return !isOurScript(page, attribs)
          return name === 'svg' && attribs['aria-hidden'] === undefined
        })
        .map(({ name, attribs }) => `${page.path} ${name} ${JSON.stringify(attribs)}`),
    )
    expect(firstOf(strange)).toEqual([])
  })

  test('does not end the structured data of its page', () => {
    const [script] = elements(project.document, 'script').filter(
      ({ attribs }) => attribs.type === 'application/ld+json',
    )
    expect(JSON.parse(rawTextOf(script ?? project.document))).toMatchObject({
      name: "</script><script>alert('name')</script>",
    })
  })

  test('does not end a title, an option, a list of hidden rows or the text for readers without scripts', () => {
    for (const page of site.fullPages) {
      const names = elements(page.document).map(({ name }) => name)
      expect(
        names.filter((name) => name === 'html' || name === 'head' || name === 'body'),
        page.path,
      ).toHaveLength(3)
    }
    const [title] = elements(pageAt(site, '/').document, 'title')
    expect(title && textOf(title)).toContain("</title><script>alert('title')</script>")
  })

  test('keeps the address that its author wrote, apart from what an attribute must escape', () => {
    const links = elements(project.document, 'a').map(({ attribs }) => attribs.href)
    expect(links).toContain("https://example.org/'onmouseover='alert(1)")
    expect(links).toContain('https://example.org/&quot;onclick=alert(1)//javascript:alert(1)')
  })

  test('does not break what machines read', () => {
    const feed = readFileSync(join(site.folder, 'atom.xml'), 'utf8')
    expect(feed).not.toMatch(/<script/i)
  })

  test('is a text of its own where it is a log, to the byte, and pages lead to it', () => {
    const [log = '', ...others] = [...site.files].filter((file) => file.startsWith('logs/'))
    expect(others).toEqual([])
    const original = readFileSync(join(hostile.contentFolder, 'evidence', log))
    expect(original.toString()).toContain("<script>alert('log')</script>")
    expect(readFileSync(join(site.folder, log)).equals(original)).toBe(true)
    expect(log).toMatch(/\.txt$/)
    for (const path of ['/projects/attack/', '/recipes/attack/']) {
      const links = elements(pageAt(site, path).document, 'a').map(({ attribs }) => attribs.href)
      expect(links, path).toContain(`/${log}`)
    }
  })

  function isOurScript(page: Page, attribs: Record<string, string>): boolean {
    if (attribs.src !== undefined) {
      const { origin, pathname } = new URL(attribs.src, addressOfPage(site, page.path))
      return origin === site.origin && site.files.has(pathname.slice(1))
    }
    // Inline code is held to the policy by its hash, in a test above.
    return attribs.type === 'application/ld+json' || attribs.type === 'module' || Object.keys(attribs).length === 0
  }
})

function directivesOf(policy: string): Map<string, string[]> {
  return new Map(
    policy.split(';').flatMap((directive) => {
      const [name, ...values] = directive.trim().split(/\s+/)
      return name ? [[name, values] as const] : []
    }),
  )
}

function scriptSources(directives: ReadonlyMap<string, string[]>): string[] {
  return directives.get('script-src') ?? directives.get('default-src') ?? ["'unsafe-inline'"]
}

function inlineCodeOf({ document }: Page): { name: string; code: string }[] {
  return ['script', 'style'].flatMap((name) =>
    elements(document, name)
      .filter(({ attribs }) => attribs.src === undefined && !/json/.test(attribs.type ?? ''))
      .map((element) => ({ name, code: rawTextOf(element) })),
  )
}

function rawTextOf(element: { children: readonly unknown[] }): string {
  return element.children.map((child) => (child as { data?: string }).data ?? '').join('')
}

function hashOf(code: string): string {
  return `sha256-${createHash('sha256').update(code).digest('base64')}`
}
