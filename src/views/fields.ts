/** The keys of a kind of content, as a contributor looks them up: from the schema that checks them. */
import { z } from 'zod'
import { counted } from './words.ts'

export interface FieldView {
  /** Keys from the outermost to this one: `claims`, `support`. */
  path: string[]
  isRequired: boolean
  /** What it means, as Markdown; empty where the key says it. */
  meaning: string
  /** What may be written: `text, at most 200 characters`, `list, at most 5 entries`. */
  form: string
  /** The words that it takes, where these are all. */
  words: string[]
}

/** What is used here of a JSON Schema, as zod writes it. */
interface Node {
  type?: string
  description?: string
  properties?: Record<string, Node>
  required?: string[]
  items?: Node
  additionalProperties?: Node | boolean
  enum?: string[]
  format?: string
  anyOf?: Node[]
  maxLength?: number
  maxItems?: number
}

/** Longer ones limit what programs send, and no person. */
const longestTold = 400

/** Every key of a kind and of the maps inside of it, in the order of the schema. */
export function viewFields(schema: z.ZodType): FieldView[] {
  // zod types its JSON Schema as any that there could be; its properties are optional here.
  return fieldsOf(z.toJSONSchema(schema, { io: 'input' }) as Node, [])
}

function fieldsOf({ properties = {}, required = [] }: Node, above: readonly string[]): FieldView[] {
  return Object.entries(properties).flatMap(([key, node]) => {
    const path = [...above, key]
    const inner = mapIn(node)
    return [
      {
        path,
        isRequired: required.includes(key),
        meaning: node.description ?? '',
        form: formOf(node),
        words: node.enum ?? node.items?.enum ?? [],
      },
      ...(inner ? fieldsOf(inner, path) : []),
    ]
  })
}

function formOf({ type, enum: words, format, anyOf = [], maxLength, maxItems, properties }: Node): string {
  if (format === 'uri') return 'link'
  if (anyOf.some((one) => one.format === 'uri')) return 'link, or a path of this site'
  if (type === 'array') return maxItems === undefined ? 'list' : `list, at most ${entries(maxItems)}`
  if (properties !== undefined || type === 'object') return 'map'
  if (words !== undefined) return 'one word'
  return maxLength === undefined || maxLength > longestTold ? 'text' : `text, at most ${maxLength} characters`
}

function entries(count: number): string {
  return counted(count, 'entry', 'entries')
}

/** The map that a value is, or that the entries of a list or of a map are. */
function mapIn(node: Node): Node | undefined {
  const { items, additionalProperties } = node
  return [node, items, typeof additionalProperties === 'object' ? additionalProperties : undefined].find(
    (candidate) => candidate?.properties,
  )
}
