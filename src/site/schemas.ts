/** JSON Schemas for other people's programs, made from the schemas that this one reads with. */
import { z } from 'zod'
import { kinds } from '#catalog/kinds.ts'
import { hookSchemas } from '#ingest/schemas.ts'
import { absoluteAddressOf } from './data.ts'

const schemas = new Map<string, z.ZodType>([
  ...Object.entries(kinds).map(([name, { schema }]) => [name, schema] as const),
  ...Object.entries(hookSchemas),
])

export const schemaNames = [...schemas.keys()]

/** @param name one of `schemaNames` */
export function jsonSchemaOf(name: string): object {
  const { $schema, ...schema } = z.toJSONSchema(schemas.get(name) ?? z.never(), { io: 'input' })
  return { $schema, $id: absoluteAddressOf(`/api/v1/schemas/${name}.json`), ...schema }
}
