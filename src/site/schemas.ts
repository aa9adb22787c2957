/** JSON Schemas for other people's programs, made from the schemas that this one reads and answers with. */
import { z } from 'zod'
import { jsonSchemaOfKind } from '#catalog/json-schema.ts'
import { kinds, vocabularyKinds } from '#catalog/kinds.ts'
import { hookSchemas } from '#ingest/schemas.ts'
import { jsonSchemaOfAnswer } from '#views/api-json-schema.ts'
import { answerNames } from '#views/api-schemas.ts'
import { absoluteAddressOf } from './data.ts'

const contentSchemas = new Map<string, z.ZodType>([
  ...Object.entries(kinds).map(([name, { schema }]) => [name, schema] as const),
  ...Object.entries(vocabularyKinds),
  ...Object.entries(hookSchemas),
])

export const schemaNames: readonly string[] = [...contentSchemas.keys(), ...answerNames]

/** @param name one of `schemaNames` */
export function jsonSchemaOf(name: string): object {
  const answer = answerNames.find((one) => one === name)
  const { $schema, ...schema } =
    answer === undefined ? jsonSchemaOfKind(name, contentSchemas.get(name) ?? z.never()) : jsonSchemaOfAnswer(answer)
  return { $schema, $id: absoluteAddressOf(`/api/v1/schemas/${name}.json`), ...schema }
}
