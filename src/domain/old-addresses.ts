/** Old addresses that content promises to answer, and where each is written down. */
import type { Catalog } from './catalog.ts'

export interface OldAddressOfContent {
  /** Path inside the site, with a slash at both ends. */
  from: string
  /** Path inside the site. */
  to: string
  /** File and key that say so. */
  file: string
  key: 'redirects' | 'redirectsFrom' | 'aliases' | 'movedTo'
}

/** Those of `site.yml`, renamed projects, projects and issues; drafts have none yet. */
export function oldAddressesOf({ site, moved, project, issue }: Catalog): OldAddressOfContent[] {
  return [
    ...Object.entries(site.redirects).map(([from, to]) => ({
      from: withSlashes(from),
      to,
      file: 'site.yml',
      key: 'redirects' as const,
    })),
    ...[...moved.values()].map(({ id, file, data }) => ({
      from: `/projects/${id}/`,
      to: `/projects/${data.movedTo}/`,
      file,
      key: 'movedTo' as const,
    })),
    ...[...project.values()].flatMap(({ id, file, data }) =>
      data.redirectsFrom.map((from) => ({
        from: withSlashes(from),
        to: `/projects/${id}/`,
        file,
        key: 'redirectsFrom' as const,
      })),
    ),
    ...[...issue.values()]
      .filter(({ data }) => data.state === 'published')
      .flatMap(({ id, file, data }) =>
        data.aliases.map((from) => ({ from: withSlashes(from), to: `/issues/${id}/`, file, key: 'aliases' as const })),
      ),
  ]
}

/** The page to which an address leads, where it takes the place of another page: only one of the same kind does. */
export function successorOf(from: string, to: string): string | undefined {
  const page = withSlashes(to.replace(/[?#].*$/, ''))
  const kindOf = (address: string) => /^\/([^/]+)\/[^/]+\/$/.exec(address)?.[1]
  return kindOf(page) !== undefined && kindOf(page) === kindOf(from) ? page : undefined
}

function withSlashes(path: string): string {
  return `/${path.replace(/^\/+|\/+$/g, '')}/`
}

/** Addresses of pages that stand on a thing of the content each. */
export function pageAddressesOf(catalog: Catalog): Set<string> {
  const folders = {
    projects: catalog.project,
    issues: catalog.issue,
    recipes: catalog.recipe,
    notes: catalog.note,
    architectures: catalog.architectures,
    categories: catalog.categories,
    topics: catalog.sections,
  }
  return new Set(Object.entries(folders).flatMap(([folder, map]) => [...map.keys()].map((id) => `/${folder}/${id}/`)))
}
