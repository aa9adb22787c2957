/** What one file says about others, as far as the file alone decides about it. Whether it is true is in `references.ts`. */
import type { ReferenceKind } from '#domain/identifier.ts'
import { isOwnPath } from '#domain/link.ts'
import type { Place, Problem } from '#domain/problem.ts'
import { checkMarkdown, ownLinksOf, type OwnLink } from './body.ts'
import type { LocatedEntry } from './catalog.ts'
import { visitField, type FieldPath } from './schema-paths.ts'
import { placeOfValue } from './validate.ts'
import { parsePositionedYaml, type PositionedYaml } from './yaml.ts'

export type Mention =
  | Reference
  | { kind: 'page'; path: string; place: () => Place }
  | { kind: 'old-address'; address: string; place: () => Place }
  /** Of a text in the same file, which only the schema tells to be one. */
  | { kind: 'problem'; problem: Problem }

/** A word that should be an id. */
export interface Reference {
  kind: 'reference'
  to: ReferenceKind
  word: string
  at: readonly (string | number)[]
  place: () => Place
}

export type Mentioning = Pick<LocatedEntry<unknown>, 'data' | 'source' | 'file' | 'body' | 'bodyLine'>

/** @param fields those of the schema of the file */
export function mentionsOf(entry: Mentioning, fields: readonly FieldPath[]): Mention[] {
  const mentions: Mention[] = []
  let positioned: PositionedYaml | undefined
  const placeAt = (path: readonly PropertyKey[]): Place => {
    positioned ??= parsePositionedYaml(entry.source.text)
    return placeOfValue(entry.source, positioned, path)
  }
  for (const { path, meaning } of fields) {
    visitField(entry.data, path, (text, at) => {
      const place = () => placeAt(at)
      if ('referenceTo' in meaning) {
        mentions.push({ kind: 'reference', to: meaning.referenceTo, word: text, at, place })
      } else if ('ownPage' in meaning) {
        if (isOwnPath(text)) mentions.push({ kind: 'page', path: text, place })
      } else if ('oldAddress' in meaning) {
        mentions.push({ kind: 'old-address', address: text, place })
      } else if ('markdown' in meaning) {
        const found = checkMarkdown(text, place)
        for (const problem of found) mentions.push({ kind: 'problem', problem })
        if (found.some(({ code }) => code === 'text-too-deep')) return
        mentions.push(...ownLinksOf(text, place).map(pageMention))
      }
    })
  }
  const placeInBody = (line: number, column: number) => ({
    file: entry.file,
    line: line + entry.bodyLine - 1,
    column,
  })
  mentions.push(...ownLinksOf(entry.body, placeInBody).map(pageMention))
  return mentions
}

function pageMention({ path, place }: OwnLink): Mention {
  return { kind: 'page', path, place: () => place }
}
