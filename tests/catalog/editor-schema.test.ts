/** What an editor knows of the content while somebody types. UPDATE=1 writes the files in .vscode. */
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { editorFiles, editorSchemaOf } from '#catalog/editor-schema.ts'
import { splitFrontMatter } from '#catalog/front-matter.ts'
import { kinds } from '#catalog/kinds.ts'
import { Flag } from '#domain/text.ts'

const home = new URL('../../', import.meta.url)
const folder = new URL('.vscode/', home)
const content = new URL('content/', home)
const settings = JSON.parse(readFileSync(new URL('settings.json', folder), 'utf8')) as Record<string, unknown>
const ajv = new Ajv({ strict: false, allErrors: true })
addFormats.default(ajv)

/** What an editor parses: YAML by its own rules. */
function asEditor(name: string, text: string): unknown {
  if (name.endsWith('.yml')) return parse(text)
  const split = splitFrontMatter(text)
  return 'yaml' in split ? parse(split.yaml) : undefined
}

function filesOf(pattern: string): string[] {
  const [path = '', wanted = ''] = pattern.includes('/') ? pattern.split('/') : ['.', pattern]
  if (!existsSync(new URL(`${path}/`, content))) return []
  return readdirSync(new URL(`${path}/`, content))
    .filter((name) => (wanted.startsWith('*') ? name.endsWith(wanted.slice(1)) : name === wanted))
    .map((name) => `${path}/${name}`)
}

describe.each(editorFiles)('the schema of $files', ({ name, files, schema }) => {
  const file = new URL(`schemas/${name}.schema.json`, folder)
  const generated = `${JSON.stringify(editorSchemaOf(schema), null, 2)}\n`

  test('is the one that is generated', () => {
    if (process.env.UPDATE) writeFileSync(file, generated)
    expect(readFileSync(file, 'utf8')).toBe(generated)
  })

  test('has an address in the settings of the editor, where the file is YAML', () => {
    // The settings are a map of texts there.
    const known = (settings['yaml.schemas'] as Record<string, string>)[`./.vscode/schemas/${name}.schema.json`]
    expect(known).toBe(files.endsWith('.yml') ? `content/${files}` : undefined)
  })

  test('underlines nothing in the content of this site', () => {
    const validate = ajv.compile(JSON.parse(generated) as object)
    const underlined = filesOf(files).flatMap((path) =>
      validate(asEditor(path, readFileSync(new URL(path, content), 'utf8')))
        ? []
        : [`${path} ${ajv.errorsText(validate.errors)}`],
    )
    expect(underlined).toEqual([])
  })
})

describe('what an editor underlines', () => {
  const projects = ajv.compile(editorSchemaOf(kinds.project.schema))
  const project = { name: 'Redis', summary: 'Store', homepage: 'https://redis.io/', categories: ['databases'] }

  test.each([
    ['a key that is misspelt', { ...project, sumary: 'Store' }],
    ['a key that is missing', { ...project, name: undefined }],
    ['a word that is none', { ...project, claims: [{ support: 'supported' }] }],
    ['an unknown key beside that of a renamed project', { movedTo: 'valkey', nmae: 'Redis' }],
    ['an id that is none', { movedTo: 'Valkey!' }],
  ])('is %s', (_, value) => {
    expect(projects(JSON.parse(JSON.stringify(value)))).toBe(false)
  })

  test.each([
    ['a version that YAML takes for a number', { ...project, releases: [1.1, 2] }],
    ['a renamed project', { movedTo: 'valkey' }],
    ['what a renamed project still says', { movedTo: 'valkey', name: 'Redis', claims: [] }],
  ])('is not %s', (_, value) => {
    expect(projects(value)).toBe(true)
  })

  test('is told as a warning where it is beside that of a renamed project', () => {
    const { then } = editorSchemaOf(kinds.project.schema)
    expect(then).toMatchObject({
      properties: { name: { deprecationMessage: expect.stringMatching(/^Beside/) as string } },
    })
  })

  test('is not a truth or a number where these words are asked for', () => {
    const flags = z.strictObject({ on: Flag, bits: z.enum(['32', '64']) })
    expect(ajv.validate(editorSchemaOf(flags), { on: true, bits: 64 })).toBe(true)
    expect(ajv.validate(editorSchemaOf(flags), { on: 'yes', bits: 16 })).toBe(false)
  })
})
