/** The schemas of the answers as JSON Schema, for everybody who reads them without our code. */
import { z } from 'zod'
import { answerNames, answerSchemas, type AnswerName } from './api-schemas.ts'

/** A JSON Schema of draft 2020-12, as far as zod writes it for the answers. */
export interface JsonSchema {
  $schema?: string
  $ref?: string
  $defs?: Record<string, JsonSchema>
  type?: string | string[]
  description?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean | JsonSchema
  propertyNames?: JsonSchema
  items?: boolean | JsonSchema
  enum?: (string | number)[]
  const?: string | number
  anyOf?: JsonSchema[]
  pattern?: string
  minItems?: number
  minimum?: number
  maximum?: number
  minLength?: number
}

/** Every part has its name below `$defs`. Unknown fields are allowed: `v1` may get more of them. */
export function jsonSchemaOfAnswer(name: AnswerName): JsonSchema {
  const schema = z.toJSONSchema(answerSchemas[name], {
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
    },
  })
  // zod types more keywords than it writes for these schemas; a test reads each of them with another library.
  return schema as JsonSchema
}

/** Every named part of every answer. */
export function partsOfAnswers(): Record<string, JsonSchema> {
  return Object.fromEntries(answerNames.flatMap((name) => Object.entries(jsonSchemaOfAnswer(name).$defs ?? {})))
}

/** The name of the part that an answer as a whole is: `Matrix`. */
export function partOfAnswer(name: AnswerName): string {
  return jsonSchemaOfAnswer(name).$ref?.replace('#/$defs/', '') ?? ''
}
