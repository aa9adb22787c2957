/** Old addresses and where they lead. */
import type { ViewContext } from './context.ts'
import { publicIssues } from './links.ts'

export interface RedirectView {
  /** Path inside the site, with a trailing slash. */
  from: string
  /** Path inside the site. */
  to: string
}

/** Every old address once; of two that claim the same one, the first in this order wins. */
export function viewRedirects(context: ViewContext): RedirectView[] {
  const { catalog } = context
  const redirects = new Map<string, string>()
  const add = (from: string, to: string) => {
    const path = withSlashes(from)
    if (!redirects.has(path)) redirects.set(path, to)
  }
  for (const [from, to] of Object.entries(catalog.site.redirects)) add(from, to)
  for (const [id, { data }] of catalog.moved) add(`/projects/${id}/`, `/projects/${finalId(data.movedTo)}/`)
  for (const { id, data } of catalog.project.values()) {
    for (const from of data.redirectsFrom) add(from, `/projects/${id}/`)
  }
  for (const { id, data } of publicIssues(context)) {
    for (const from of data.aliases) add(from, `/issues/${id}/`)
    // The number without its zeros is what people type.
    add(`/issues/${data.number}/`, `/issues/${id}/`)
  }
  add('/projects/', '/matrix/')
  return [...redirects].map(([from, to]) => ({ from, to }))

  /** Renames in a row lead to the last name; a circle stays where it began. */
  function finalId(id: string): string {
    const seen = new Set<string>()
    let current = id
    for (
      let next = catalog.moved.get(current);
      next !== undefined && !seen.has(current);
      next = catalog.moved.get(current)
    ) {
      seen.add(current)
      current = next.data.movedTo
    }
    return current
  }
}

function withSlashes(path: string): string {
  return `/${path.replace(/^\/+|\/+$/g, '')}/`
}
