/** TypeScript declarations of JSON Schemas, in the keywords that ours are written with. */
import type { JsonSchema } from '#views/api-json-schema.ts'

/**
 * One exported type a named part.
 * @throws where a schema has a form that has no type here: a mistake of ours, found when it is built
 */
export function serializeTypes(parts: Readonly<Record<string, JsonSchema>>, heading: string): string {
  const declarations = Object.entries(parts).map(([name, part]) => {
    const declaration = part.properties
      ? `interface ${name} ${objectType(part, '')}`
      : `type ${name} = ${typeOf(part, '')}`
    return `${comment(part.description, '')}export ${declaration}\n`
  })
  return [comment(heading, ''), ...declarations].join('\n')
}

function typeOf(schema: JsonSchema, indent: string): string {
  if (schema.$ref !== undefined) return schema.$ref.replace('#/$defs/', '')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((word) => JSON.stringify(word)).join(' | ')
  if (schema.anyOf) return [...new Set(schema.anyOf.map((option) => typeOf(option, indent)))].join(' | ')
  switch (schema.type) {
    case 'string':
    case 'boolean':
      return schema.type
    case 'number':
    case 'integer':
      return 'number'
    case 'array':
      if (typeof schema.items === 'object') return listOf(typeOf(schema.items, indent))
      break
    case 'object':
      if (schema.properties) return objectType(schema, indent)
      if (typeof schema.additionalProperties === 'object') {
        return `Record<string, ${typeOf(schema.additionalProperties, indent)}>`
      }
  }
  throw new Error(`no TypeScript type for ${JSON.stringify(schema)}`)
}

function listOf(type: string): string {
  return /^\w+$/.test(type) ? `${type}[]` : `Array<${type}>`
}

function objectType({ properties = {}, required = [], additionalProperties }: JsonSchema, indent: string): string {
  const inner = `${indent}  `
  const lines = Object.entries(properties).map(([key, schema]) => {
    const optional = required.includes(key) ? '' : '?'
    return `${comment(schema.description, inner)}${inner}${key}${optional}: ${typeOf(schema, inner)}\n`
  })
  const others = additionalProperties === undefined ? '' : `${inner}[key: string]: unknown\n`
  return `{\n${lines.join('')}${others}${indent}}`
}

function comment(text: string | undefined, indent: string): string {
  return text === undefined ? '' : `${indent}/** ${text.replaceAll('*/', '*\\/')} */\n`
}
