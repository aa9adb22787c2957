import type { StoredRecord } from '#domain/evidence.ts'
import type { ViewContext } from '#views/context.ts'
import { asOf, catalogOf, projectFile } from '#tests/builders.ts'

/** A context in which Redis has these runs, and maybe these claims. */
export function contextOf(evidence: readonly StoredRecord[], claims?: string): ViewContext {
  const { catalog } = catalogOf({ 'projects/redis.md': projectFile({ claims }) })
  return {
    catalog: { ...catalog, evidence: new Map([['redis', evidence]]) },
    asOf,
    addressOf: (path) => path,
    absoluteAddressOf: (path) => `https://example.org${path}`,
    inline: (text) => text,
    markdown: (text) => ({ html: text, intro: text, sections: [], headings: [] }),
  }
}
