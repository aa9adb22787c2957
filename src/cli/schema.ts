import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { jsonSchemaOfKind } from '#catalog/json-schema.ts'
import { kinds, vocabularyKinds } from '#catalog/kinds.ts'
import { hookSchemas } from '#ingest/schemas.ts'
import { commonOptions } from './options.ts'
import { CannotRun, type World } from './world.ts'

const schemas = new Map<string, z.ZodType>([
  ...Object.entries(kinds).map(([name, { schema }]) => [name, schema] as const),
  ...Object.entries(vocabularyKinds),
  ...Object.entries(hookSchemas),
])

export const schemaHelp = `schema KIND
  The JSON Schema of a kind of content, of a file of the site's own words, of a report, or of a record: ${[...schemas.keys()].join(', ')}.`

/** @returns exit code: 0 answered */
export function schema(args: readonly string[], world: World): number {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: commonOptions })
  const found = schemas.get(positionals[0] ?? '')
  if (!found) {
    throw new CannotRun(`Expected a kind, one of ${[...schemas.keys()].map((name) => `\`${name}\``).join(', ')}.`)
  }
  world.answer(`${JSON.stringify(jsonSchemaOfKind(positionals[0] ?? '', found), null, 2)}\n`)
  return 0
}
