/**
 * The forms for tickets: valid as GitHub reads them, and named after the content that becomes of them.
 * https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { loadCatalog } from '#catalog/catalog.ts'
import { Claim } from '#domain/claim.ts'
import { Item } from '#domain/issue.ts'
import { Project } from '#domain/project.ts'
import { ClaimedSupport } from '#domain/status-words.ts'

const Label = z.string().min(1).max(200)
const Validations = z.strictObject({ required: z.boolean() }).optional()
const Options = z
  .array(z.string().min(1))
  .min(1)
  .refine((options) => new Set(options).size === options.length && !options.includes('None'))
const Id = z.string().regex(/^[A-Za-z0-9_-]+$/)
const texts = { label: Label, description: Label.optional() }

const Element = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('markdown'), attributes: z.strictObject({ value: z.string().min(1) }) }),
  z.strictObject({
    type: z.literal('input'),
    id: Id,
    attributes: z.strictObject({ ...texts, placeholder: Label.optional(), value: Label.optional() }),
    validations: Validations,
  }),
  z.strictObject({
    type: z.literal('textarea'),
    id: Id,
    attributes: z.strictObject({
      ...texts,
      placeholder: Label.optional(),
      value: Label.optional(),
      render: Label.optional(),
    }),
    validations: Validations,
  }),
  z.strictObject({
    type: z.literal('dropdown'),
    id: Id,
    attributes: z.strictObject({
      ...texts,
      multiple: z.boolean().optional(),
      options: Options,
      default: z.number().int().optional(),
    }),
    validations: Validations,
  }),
])

const Form = z.strictObject({
  name: Label,
  description: Label,
  title: Label.optional(),
  labels: z.array(Label).optional(),
  body: z.array(Element).min(1),
})

const root = new URL('../../', import.meta.url)
const folder = new URL('.github/ISSUE_TEMPLATE/', root)
const forms = readdirSync(folder)
  .filter((name) => name !== 'config.yml')
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }))
const { catalog } = loadCatalog(fileURLToPath(new URL('content', root)), join(fileURLToPath(root), 'content'))

function fieldsOf(name: string) {
  const form = Form.parse(parse(forms.find((form) => form.name === name)?.text ?? ''))
  return form.body.flatMap((element) => (element.type === 'markdown' ? [] : [element]))
}

function optionsOf(name: string, id: string): string[] {
  return fieldsOf(name).flatMap((field) =>
    field.id === id && field.type === 'dropdown' ? field.attributes.options : [],
  )
}

function isRequired(name: string, id: string): boolean {
  return fieldsOf(name).find((field) => field.id === id)?.validations?.required === true
}

/** Keys that content cannot do without. */
function requiredKeys(shape: Record<string, z.ZodType>): string[] {
  return Object.keys(shape).filter((key) => shape[key]?.safeParse(undefined).success === false)
}

describe.each(forms)('$name', ({ name, text }) => {
  test('is a form as GitHub reads it', () => {
    expect(Form.safeParse(parse(text)).error).toBeUndefined()
  })

  test('has each id and each label once', () => {
    const fields = fieldsOf(name)
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length)
    expect(new Set(fields.map(({ attributes }) => attributes.label)).size).toBe(fields.length)
  })
})

test('there is a form for each kind of ticket, and blank ones stay possible', () => {
  expect(forms.map(({ name }) => name).sort()).toEqual([
    'add-a-project.yml',
    'bug.yml',
    'correct-a-cell.yml',
    'newsletter-item.yml',
  ])
  expect(parse(readFileSync(new URL('config.yml', folder), 'utf8'))).toEqual({ blank_issues_enabled: true })
})

describe('a form is named after the content that becomes of it', () => {
  const claimKeys = Object.keys(Claim.shape)

  test('a cell: a project, and the keys of a claim', () => {
    const ids = fieldsOf('correct-a-cell.yml').map(({ id }) => id)
    expect(ids.filter((id) => id !== 'project' && !claimKeys.includes(id))).toEqual([])
    expect(['project', ...requiredKeys(Claim.shape)].filter((id) => !isRequired('correct-a-cell.yml', id))).toEqual([])
  })

  test('a project: its keys, and those of a claim, which it can do without', () => {
    const ids = fieldsOf('add-a-project.yml').map(({ id }) => id)
    expect(ids.filter((id) => ![...Object.keys(Project.shape), ...claimKeys].includes(id))).toEqual([])
    expect(ids.filter((id) => isRequired('add-a-project.yml', id))).toEqual(requiredKeys(Project.shape))
  })

  test('an item: its keys, and its text', () => {
    const ids = fieldsOf('newsletter-item.yml').map(({ id }) => id)
    expect(ids.filter((id) => id !== 'text' && !Object.keys(Item.shape).includes(id))).toEqual([])
    expect(ids.filter((id) => isRequired('newsletter-item.yml', id))).toEqual([...requiredKeys(Item.shape), 'text'])
  })
})

describe('a form offers what the content has', () => {
  test.each(['correct-a-cell.yml', 'add-a-project.yml', 'newsletter-item.yml'])('the architectures: %s', (name) => {
    expect(optionsOf(name, 'architectures')).toEqual([...catalog.architectures.keys()])
  })

  test.each(['correct-a-cell.yml', 'add-a-project.yml'])('the words: %s', (name) => {
    expect(optionsOf(name, 'support')).toEqual(ClaimedSupport.options)
  })

  test('the categories', () => {
    expect(optionsOf('add-a-project.yml', 'categories')).toEqual([...catalog.categories.keys()])
  })

  test('the sections, but that which the matrix writes', () => {
    const written = Object.keys(catalog.site.sections).filter((id) => id !== 'what-changed')
    expect(optionsOf('newsletter-item.yml', 'section')).toEqual(written)
  })
})
