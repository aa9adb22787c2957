/** HTTP headers as a `_headers` file, which Netlify, Cloudflare Pages and others read. */

export interface HeaderRule {
  /** Paths from the root of the host: `*` stands for anything at the end, `:name` for one part. */
  paths: readonly string[]
  headers: Readonly<Record<string, string>>
}

/**
 * One block a path. A request gets the headers of every block that fits, and a header of two blocks
 * gets both values: so no two blocks that fit one path may name the same header.
 */
export function serializeHeaders(rules: readonly HeaderRule[]): string {
  return rules
    .flatMap(({ paths, headers }) =>
      paths.map((path) =>
        [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`), ''].join('\n'),
      ),
    )
    .join('\n')
}
