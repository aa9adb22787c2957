/**
 * The pages of the site as a program: what Astro makes of the code, before there is any content. `scripts/site-program.ts` compiles
 * and keeps it; a build hands it the content (`shared.ts`) and asks it for pages. Every page of every build is made by it. Outputs need no
 * program; those that are lists of everything are in it, because it has made what they are made from.
 */
import { createApp } from 'astro/app/entrypoint'
import { StaticPaths } from 'astro:static-paths'
import { basePath, siteUrl } from './data.ts'
import { digestOnce } from './digest-once.ts'
import { givenTo, keyOfShown, once, promisedKey } from './keys.ts'
import { rendererOf } from './render-components.ts'

export { absoluteAddressOf } from './data.ts'
export { listOutputs } from './list-outputs.ts'

digestOnce()
const app = createApp({ streaming: false })

/** An address of the site, and the file of `src/pages` that answers it. */
export interface Page {
  /** Below the base path, without slashes around it: `projects/redis`; empty for the home page. */
  path: string
  /** `src/pages/projects/[id].astro`. */
  component: string
  /** Whether it is HTML, which stands in a folder of its own; a text is a file. */
  isHtml: boolean
  /** @returns digest of all of the content that decides about it; empty where nobody has told */
  key: () => string
  /** @throws where the page cannot be made */
  render: () => Promise<Uint8Array>
}

/** Pages of which nothing but the surroundings of projects decides: no status, no run and no text of a project is on them. */
const steady = new Set(
  [
    ...[
      '[...redirect]',
      '404',
      'contribute/fields',
      'events/index',
      'feeds/index',
      'governance/index',
      'hardware/index',
    ],
    ...['issues/index', 'notes/index', 'problems/index', 'search/index', 'status-words/index', 'topics/index'],
  ].map((name) => `src/pages/${name}.astro`),
)

/** Every page, each address once. */
export async function pages(): Promise<Page[]> {
  const all = new Map<string, Page>()
  for (const { pathname, route, cacheKey: ticket } of await new StaticPaths(app).getAll()) {
    const path = pathname.replace(/^\/|\/$/g, '')
    // Two files of `src/pages` may answer one address: the order of routes says which does.
    if (all.has(path)) continue
    const isHtml = route.type === 'page'
    all.set(path, {
      path,
      component: route.component,
      isHtml,
      key: once(() => (steady.has(route.component) ? keyOfShown([route.component, path]) : promisedKey(ticket))),
      render: async () => {
        const given = givenTo(ticket)
        const render = given && rendererOf(route.component)
        if (render) {
          const html = await render(given.props, given.params).catch((error: unknown) => {
            throw new Error(`/${path}: the page cannot be made`, { cause: error })
          })
          return Buffer.from(html)
        }
        const address = `${basePath}${path}${isHtml && path !== '' ? '/' : ''}`
        const response = await app.render(new Request(new URL(encodeURI(address), siteUrl)), { routeData: route })
        // The page of a missing address says so itself.
        if (!response.ok && path !== '404') throw new Error(`/${path}: the page was answered with ${response.status}`)
        return new Uint8Array(await response.arrayBuffer())
      },
    })
  }
  return [...all.values()]
}
