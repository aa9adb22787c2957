import { z } from 'zod'

/** How every id is written: the file name of a content file, the key of a vocabulary. */
export const idPattern = /^[a-z0-9][a-z0-9-]{0,63}$/

/** An id: lower-case letters, digits and hyphens. Ids are looked up, never joined into paths. */
export const Identifier = z
  .string()
  .regex(idPattern, 'an id: lower-case letters, digits and hyphens, at most 64 of them')

/** An architecture as a source may call it: `x86_64`, `arm/v7`. The catalog turns it into an id. */
const ArchitectureWord = z.string().min(1, 'an architecture').max(64, 'at most 64 characters')

/**
 * An id that must name something in the catalog. The kind is carried in the schema's metadata,
 * so that the catalog can check every reference without a second list of fields.
 */
export function referenceTo(kind: ReferenceKind) {
  return (kind === 'architecture' ? ArchitectureWord : Identifier).meta({ referenceTo: kind })
}

export const referenceKinds = [
  'project',
  'note',
  'recipe',
  'event',
  'hardware',
  'person',
  'category',
  'section',
  'architecture',
  'issue',
] as const
export type ReferenceKind = (typeof referenceKinds)[number]

/**
 * A package URL, `pkg:type/namespace/name`. Names collide between ecosystems, purls do not.
 * Source: https://github.com/package-url/purl-spec
 */
export const PackageUrl = z
  .string()
  .max(300, 'at most 300 characters')
  .regex(/^pkg:[a-z][a-z0-9.+-]*\/[A-Za-z0-9._~%+@:/-]+(\?[^\s#]*)?(#\S*)?$/, 'a package URL such as `pkg:npm/esbuild`')
