/** JSON Schemas of what content files and evidence hold, for other people's programs. */
import { Retraction } from '#domain/evidence.ts'
import { z } from 'zod'

/**
 * What may stand in the place of a kind: a record that takes another one back. (That of a project says what a project needs; the one
 * for editors, `editor-schema.ts`, knows those that have another id now.)
 */
const otherForms: Readonly<Record<string, z.ZodType>> = { evidence: Retraction }

interface ObjectSchema {
  properties?: Record<string, unknown>
  required?: string[]
}

/** @param name word for the kind: `evidence` */
export function jsonSchemaOfKind(name: string, schema: z.ZodType): Record<string, unknown> {
  const { required, ...whole } = made(schema)
  const other = Object.hasOwn(otherForms, name) ? otherForms[name] : undefined
  if (!other) return { ...whole, ...(required && { required }) }
  const form = made(other)
  return {
    ...whole,
    properties: { ...form.properties, ...whole.properties },
    anyOf: [needing(required), needing(form.required)],
  }
}

function made(schema: z.ZodType): ObjectSchema & Record<string, unknown> {
  return z.toJSONSchema(schema, { io: 'input' })
}

/** Strict validators want to see each key that is required. */
function needing(required: readonly string[] = []): object {
  return { type: 'object', properties: Object.fromEntries(required.map((key) => [key, true])), required }
}
