/**
 * What a schema says about its fields beyond their shape: which are references, which are
 * Markdown, which are a writer's own words, which are links that may be our own. Read from the schema's metadata once per kind.
 */
import type { ReferenceKind } from '#domain/identifier.ts'
import type { z } from 'zod'

/** A path into data; `*` stands for every element of a list or every value of a map, and at its end `<key>` for every key of a map. */
export interface FieldPath {
  path: readonly string[]
  meaning:
    | { referenceTo: ReferenceKind }
    | { markdown: true }
    | { phrase: true }
    | { ownPage: true }
    | { oldAddress: true }
    | { version: true }
}

export function fieldPathsOf(schema: z.ZodType): FieldPath[] {
  const found: FieldPath[] = []
  walk(schema, [], found)
  return found
}

const everyKey = '<key>'

interface Definition {
  type: string
  keyType?: z.ZodType
  shape?: Record<string, z.ZodType>
  element?: z.ZodType
  valueType?: z.ZodType
  innerType?: z.ZodType
  in?: z.ZodType
}

/** What a schema says about the values at a path of concrete keys. */
export class SchemaFinder {
  private readonly schema: z.ZodType

  constructor(schema: z.ZodType) {
    this.schema = schema
  }

  /** The keys that are known there. */
  keysAt(path: readonly PropertyKey[]): string[] {
    const schema = this.schemaAt(path)
    return Object.keys((schema && definitionOf(schema).shape) ?? {})
  }

  /** Whether there is a map with any keys of one form. */
  hasEntriesAt(path: readonly PropertyKey[]): boolean {
    const schema = this.schemaAt(path)
    return schema !== undefined && definitionOf(schema).valueType !== undefined
  }

  /** Whether the value can be left out. */
  isOptionalAt(path: readonly PropertyKey[]): boolean {
    return this.schemaAt(path)?.safeParse(undefined).success ?? false
  }

  /** Whether a value is one that may stand there, as far as it alone can tell. */
  isValidAt(path: readonly PropertyKey[], value: string): boolean {
    return this.schemaAt(path)?.safeParse(value).success ?? false
  }

  descriptionAt(path: readonly PropertyKey[]): string | undefined {
    return this.schemaAt(path)?.meta()?.description
  }

  private schemaAt(path: readonly PropertyKey[]): z.ZodType | undefined {
    let current: z.ZodType | undefined = this.schema
    for (const step of path) {
      if (!current) return undefined
      const { element, shape, valueType } = definitionOf(current)
      current = typeof step === 'number' ? element : shape ? ownValue(shape, String(step)) : valueType
    }
    return current
  }
}

/** The definition of what is inside optional and default. */
function definitionOf(schema: z.ZodType): Definition {
  // zod's definitions are a public, documented tree; its TypeScript type is a union of every kind.
  const definition = schema._zod.def as unknown as Definition
  return definition.innerType ? definitionOf(definition.innerType) : definition
}

function ownValue<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function walk(schema: z.ZodType, path: readonly string[], found: FieldPath[]): void {
  const meta = schema.meta()
  if (meta !== undefined) {
    if (typeof meta.referenceTo === 'string') {
      // `referenceTo()` is the only place that writes this key, with a ReferenceKind.
      found.push({ path, meaning: { referenceTo: meta.referenceTo as ReferenceKind } })
      return
    }
    if (meta.markdown === true) {
      found.push({ path, meaning: { markdown: true } })
      return
    }
    if (meta.phrase === true) {
      found.push({ path, meaning: { phrase: true } })
      return
    }
    if (meta.version === true) {
      found.push({ path, meaning: { version: true } })
      return
    }
    if (meta.oldAddress === true) {
      found.push({ path, meaning: { oldAddress: true } })
      return
    }
    if (meta.ownPage === true) {
      found.push({ path, meaning: { ownPage: true } })
      return
    }
  }
  // zod's definitions are a public, documented tree; its TypeScript type is a union of every kind.
  const definition = schema._zod.def as unknown as Definition
  for (const [key, field] of Object.entries(definition.shape ?? {})) walk(field, [...path, key], found)
  if (definition.element) walk(definition.element, [...path, '*'], found)
  if (definition.keyType) walk(definition.keyType, [...path, everyKey], found)
  if (definition.valueType) walk(definition.valueType, [...path, '*'], found)
  if (definition.innerType) walk(definition.innerType, path, found)
  if (definition.in) walk(definition.in, path, found)
}

type FieldCallback = (text: string, path: (string | number)[]) => void

/** Calls back with every text that a path leads to, and its exact path. */
export function visitField(data: unknown, path: readonly string[], callback: FieldCallback): void {
  visitStep(data, path, [], callback)
}

// Most fields are not there, in any of ten thousand files: nothing is made for them.
function visitStep(data: unknown, path: readonly string[], at: (string | number)[], callback: FieldCallback): void {
  const step = path[at.length]
  if (typeof data !== 'object' || data === null || step === undefined) return
  const container = data as Record<string | number, unknown>
  const visit = (key: string | number) => {
    const value = container[key]
    if (value === undefined) return
    if (at.length + 1 < path.length) visitStep(value, path, [...at, key], callback)
    else if (typeof value === 'string') {
      callback(value, [...at, key])
    }
  }
  if (step === everyKey) for (const key of Object.keys(data)) callback(key, [...at, key])
  else if (step !== '*') visit(step)
  else for (const key of Array.isArray(data) ? data.keys() : Object.keys(data)) visit(key)
}
