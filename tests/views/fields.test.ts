import { expect, test } from 'vitest'
import { z } from 'zod'
import { jsonSchemaOfKind } from '#catalog/json-schema.ts'
import { kinds, vocabularyKinds } from '#catalog/kinds.ts'
import { Claim } from '#domain/claim.ts'
import { hookSchemas } from '#ingest/schemas.ts'
import { jsonSchemaOfAnswer } from '#views/api-json-schema.ts'
import { answerNames } from '#views/api-schemas.ts'
import { viewFields } from '#views/fields.ts'

const field = (schema: z.ZodType, ...path: string[]) =>
  viewFields(schema).find((one) => one.path.join('/') === path.join('/'))

test('a key says whether it is required, what it means and what may be written', () => {
  const schema = z.strictObject({
    name: z.string().max(100).describe('Name for people'),
    tags: z.array(z.string()).max(5).default([]),
    log: z.string().max(4000).optional(),
    word: z.enum(['a', 'b']),
  })
  expect(viewFields(schema)).toEqual([
    { path: ['name'], isRequired: true, meaning: 'Name for people', form: 'text, at most 100 characters', words: [] },
    { path: ['tags'], isRequired: false, meaning: '', form: 'list, at most 5 entries', words: [] },
    { path: ['log'], isRequired: false, meaning: '', form: 'text', words: [] },
    { path: ['word'], isRequired: true, meaning: '', form: 'one word', words: ['a', 'b'] },
  ])
})

test('a link says that it is one', () => {
  expect(field(kinds.project.schema, 'homepage')?.form).toBe('link')
  expect(field(Claim, 'link')?.form).toBe('link, or a path of this site')
})

test('the keys inside of a map or of a list of maps follow it', () => {
  const inner = z.strictObject({ x: z.string() })
  const schema = z.strictObject({ one: inner.optional(), many: z.array(inner), named: z.record(z.string(), inner) })
  expect(viewFields(schema).map(({ path }) => path.join('/'))).toEqual([
    'one',
    'one/x',
    'many',
    'many/x',
    'named',
    'named/x',
  ])
})

test('the words of a claim are those of its schema', () => {
  expect(field(kinds.project.schema, 'claims', 'support')).toMatchObject({ isRequired: true, form: 'one word' })
  expect(field(Claim, 'support')?.words).toContain('not-applicable')
  expect(field(Claim, 'support')?.words).not.toContain('unknown')
})

test.each(Object.keys(kinds))('every key of the kind %s has a meaning', (kind) => {
  // The name of a kind is a key of `kinds`.
  const { schema } = kinds[kind as keyof typeof kinds]
  const silent = viewFields(schema).filter(({ path, meaning }) => path.length === 1 && meaning === '')
  expect(silent.map(({ path }) => path.join('/'))).toEqual([])
})

test('no schema explains itself by an architecture or a project that a site may not have', () => {
  const ofContent = Object.entries(kinds).map(([name, { schema }]) => [name, schema] as const)
  const schemas: [string, object][] = [
    ...[...ofContent, ...Object.entries({ ...vocabularyKinds, ...hookSchemas })].map(
      ([name, schema]): [string, object] => [name, jsonSchemaOfKind(name, schema)],
    ),
    ...answerNames.map((name): [string, object] => [name, jsonSchemaOfAnswer(name)]),
  ]
  for (const [name, schema] of schemas) {
    const [named] = /.{0,40}\b(?:arm(?:64|v\d)|aarch64|riscv64|redis)\b.{0,40}/i.exec(JSON.stringify(schema)) ?? []
    expect(named, name).toBeUndefined()
  }
})
