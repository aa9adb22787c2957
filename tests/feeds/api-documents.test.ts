/** What describes the API: schemas, types, OpenAPI. Each is read by a library that is not ours. */
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { serializeOpenApi } from '#feeds/openapi.ts'
import { serializeTypes } from '#feeds/type-declarations.ts'
import { pageContextOf } from '#tests/views/page-context.ts'
import { apiPaths, viewApi } from '#views/api-description.ts'
import { jsonSchemaOfAnswer, partOfAnswer, partsOfAnswers } from '#views/api-json-schema.ts'
import { answerNames, answerSchemas } from '#views/api-schemas.ts'

const context = pageContextOf({
  'site.yml': 'title: Test\ndataLicence: {name: CC BY 4.0, link: "https://creativecommons.org/licenses/by/4.0/"}\n',
})

describe('the schema of every answer', () => {
  test.each(answerNames)('%s is a JSON Schema that a strict reader takes', (name) => {
    const ajv = new Ajv2020({ strict: true })
    expect(() => ajv.compile(jsonSchemaOfAnswer(name))).not.toThrow()
  })

  test('allows fields that it does not know: later ones may come', () => {
    const validate = new Ajv2020().compile(jsonSchemaOfAnswer('badge'))
    const badge = {
      schemaVersion: 1,
      label: 'arm64',
      message: 'works',
      color: '#000000',
      labelColor: '#000000',
      cacheSeconds: 1,
    }
    expect(validate(badge)).toBe(true)
    expect(validate({ ...badge, style: 'flat' })).toBe(true)
    expect(validate({ ...badge, message: undefined })).toBe(false)
    expect(validate({ ...badge, schemaVersion: 2 })).toBe(false)
  })

  test('has a name for every part, and says what it is', () => {
    for (const [name, part] of Object.entries(partsOfAnswers())) {
      expect(name).toMatch(/^[A-Z][A-Za-z]+$/)
      expect(part.description, name).toBeTruthy()
    }
    expect(answerNames.map(partOfAnswer)).not.toContain('')
  })
})

describe('the OpenAPI document', () => {
  const text = serializeOpenApi(viewApi(context), partsOfAnswers())
  const document = JSON.parse(text) as {
    servers: { url: string; variables: { base: { default: string } } }[]
    paths: Record<string, { get: { operationId: string; parameters?: { name: string }[] } }>
    components: { schemas: Record<string, unknown> }
  }

  test('is valid by the schema of OpenAPI 3.1, and every reference in it resolves', async () => {
    const validator = new Validator()
    expect(await validator.validate(JSON.parse(text) as Record<string, unknown>)).toEqual({ valid: true })
    expect(validator.version).toBe('3.1')
    expect(JSON.stringify(validator.resolveRefs())).not.toContain('$ref')
  })

  test('has every address, each with its parameters and a name of its own', () => {
    expect(Object.keys(document.paths)).toEqual(apiPaths.map(({ path }) => path))
    for (const [path, { get }] of Object.entries(document.paths)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      expect(
        (get.parameters ?? []).map(({ name }) => name),
        path,
      ).toEqual(names)
    }
    const ids = Object.values(document.paths).map(({ get }) => get.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('puts its paths right behind the address of the site', () => {
    const [server] = document.servers
    const address = server?.url.replace('{base}', server.variables.base.default) ?? ''
    expect(`${address}/api/v1/matrix.json`).toBe(context.absoluteAddressOf('/api/v1/matrix.json'))
  })

  test('describes parts by schemas that a strict reader takes', () => {
    const ajv = new Ajv2020({ strict: true })
    ajv.addKeyword('components')
    ajv.addSchema(
      { $id: 'https://example.org/openapi.json', components: document.components },
      undefined,
      undefined,
      false,
    )
    for (const name of Object.keys(document.components.schemas)) {
      expect(
        () => ajv.compile({ $ref: `https://example.org/openapi.json#/components/schemas/${name}` }),
        name,
      ).not.toThrow()
    }
  })
})

describe('the types', () => {
  const declarations = serializeTypes(partsOfAnswers(), 'Test: data */ export const hidden = 1 /*')

  test('compile, and fit what is inferred from the schemas, in both directions', () => {
    const checks = Object.entries(answerSchemas).map(([name]) => {
      const part = partOfAnswer(name as keyof typeof answerSchemas)
      const inferred = `z.infer<(typeof answerSchemas)['${name}']>`
      return `export const forth${part} = (answer: ${inferred}): api.${part} => answer
export const back${part} = (answer: api.${part}): ${inferred} => answer`
    })
    const usage = `import type { z } from 'zod'
import type { answerSchemas } from '#views/api-schemas.ts'
import type * as api from './types.d.ts'
${checks.join('\n')}
`
    expect(diagnosticsOf(declarations, usage)).toEqual([])
  })

  test('refuse a word that no status has, and a field that no answer has', () => {
    const usage = `import type { Cell } from './types.d.ts'
export const cell: Cell = { support: 'perfect', basis: 'none', reasons: [], extra: 1 }
`
    expect(diagnosticsOf(declarations, usage).join('\n')).toMatch(/"perfect"/)
  })
})

/** Compiles both with the project's own settings, beside the tests; nothing is written. */
function diagnosticsOf(declarations: string, usage: string): string[] {
  const root = ts.findConfigFile(import.meta.dirname, (file) => ts.sys.fileExists(file)) ?? ''
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(root, (file) => ts.sys.readFile(file)).config,
    ts.sys,
    `${root}/..`,
  )
  const folder = import.meta.dirname
  const texts = new Map([
    [`${folder}/types.d.ts`, declarations],
    [`${folder}/usage.ts`, usage],
  ])
  // zod infers what may be missing as what may be undefined.
  const settings: ts.CompilerOptions = { ...options, noEmit: true, types: [], exactOptionalPropertyTypes: false }
  const host = ts.createCompilerHost(settings)
  const { getSourceFile, fileExists, readFile } = host
  host.getSourceFile = (name, ...rest) => {
    const text = texts.get(name)
    return text === undefined ? getSourceFile(name, ...rest) : ts.createSourceFile(name, text, ts.ScriptTarget.ESNext)
  }
  host.fileExists = (name) => texts.has(name) || fileExists.call(host, name)
  host.readFile = (name) => texts.get(name) ?? readFile.call(host, name)
  const program = ts.createProgram([...texts.keys()], settings, host)
  return [...texts.keys()]
    .flatMap((name) => {
      const file = program.getSourceFile(name)
      return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    })
    .map(({ messageText, file }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
}
