/**
 * JSON Schemas for editors, which read YAML by YAML's own rules: to them `1.10` is a number and `true` a
 * truth, where here every scalar is text. What is text here may be any scalar there.
 */
import { MovedProject } from '#domain/project.ts'
import { z } from 'zod'
import { kinds, vocabularyKinds } from './kinds.ts'

/** Every file that a person writes: the word for its schema, and where such files stand in the content. */
export const editorFiles: readonly { name: string; files: string; schema: z.ZodType }[] = [
  ...Object.entries(kinds).map(([name, { folder, extension, schema }]) => ({
    name,
    files: `${folder}/*${extension}`,
    schema,
  })),
  ...Object.entries(vocabularyKinds).map(([name, schema]) => ({ name, files: `${name}.yml`, schema })),
]

export function editorSchemaOf(schema: z.ZodType): Readonly<Record<string, Json>> {
  if (schema !== kinds.project.schema) return schemaOf(schema)
  // A renamed project has the one key that says so. Others of a project are a warning there, whatever they say.
  const { $schema, ...project } = schemaOf(schema)
  const { $schema: _, ...moved } = schemaOf(MovedProject)
  const unheard = Object.keys(kinds.project.schema.shape).map((key) => [key, { deprecationMessage: unheardOf }])
  const properties: Json = { ...Object.fromEntries(unheard), ...Object(moved.properties) }
  return { $schema, if: { required: ['movedTo'] }, then: { ...moved, properties }, else: project }
}

/** Editors for YAML show it as a warning. */
const unheardOf = 'Beside `movedTo` it says nothing: say it where the project is now.'

function schemaOf(schema: z.ZodType): Readonly<Record<string, Json>> {
  // Draft 7 is what editors for YAML know best. What is made of an object is one.
  return asEditorsRead(z.toJSONSchema(schema, { io: 'input', target: 'draft-7' })) as Readonly<Record<string, Json>>
}

type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json }

function asEditorsRead(node: unknown): Json {
  if (Array.isArray(node)) return node.map(asEditorsRead)
  // What zod gives is JSON.
  if (typeof node !== 'object' || node === null) return node as Json
  const entries = Object.entries(node).map(([key, value]) => [key, asEditorsRead(value)] as const)
  const read: Record<string, Json> = Object.fromEntries(entries)
  if (read.type !== 'string') return read
  if (Array.isArray(read.enum)) return { ...read, type: undefined, enum: read.enum.flatMap(readingsOf) }
  return { ...read, type: ['string', 'number', 'boolean'] }
}

/** The text itself, and what an editor takes it for where it stands without quotes. */
function readingsOf(word: string): Json[] {
  if (word === 'true' || word === 'false') return [word, word === 'true']
  return /^\d+$/.test(word) ? [word, Number(word)] : [word]
}
