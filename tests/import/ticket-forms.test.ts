/** What becomes of a ticket depends on what its form says: the forms are read here as GitHub reads them. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ticketForms, ticketKinds } from '#import/ticket-forms.ts'

const folder = new URL('../../.github/ISSUE_TEMPLATE/', import.meta.url)

interface Written {
  labels: string[]
  body: {
    id?: string
    type: string
    attributes: { label?: string; render?: string }
    validations?: { required?: boolean }
  }[]
}

describe.each(ticketKinds)('the form of a %s', (kind) => {
  const form = ticketForms[kind]
  const written = parse(readFileSync(new URL(form.file, folder), 'utf8')) as Written

  test('has the fields that are looked for, in their order', () => {
    const fields = written.body.flatMap(({ id, type, attributes, validations }) =>
      id === undefined ? [] : [{ key: id, label: attributes.label, type, isRequired: validations?.required === true }],
    )
    expect(form.fields).toEqual(fields)
  })

  test('puts one label on its tickets, which is not the one that accepts them', () => {
    expect(written.labels).toEqual([form.label])
    expect(form.label).not.toBe('accepted')
  })

  test('renders no answer as code, which would put fences around it', () => {
    expect(written.body.filter(({ attributes }) => attributes.render !== undefined)).toEqual([])
  })
})
