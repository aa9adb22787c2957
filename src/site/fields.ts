/** What may be written in each file of the content: for the page of fields. */
import { kindNames, kinds, vocabularyKinds } from '#catalog/kinds.ts'
import { viewFields, type FieldView } from '#views/fields.ts'

export interface FileFields {
  /** The word of the command `schema`; the anchor on the page, too. */
  kind: string
  /** Where such a file stands in the content: `projects/<id>.md`. */
  file: string
  /** Whether the keys are those of every entry in the file, below the entry's id. */
  isMap: boolean
  fields: FieldView[]
}

export function fieldsOfFiles(): FileFields[] {
  const ofKinds = kindNames.map((kind): FileFields => {
    const { folder, extension, schema } = kinds[kind]
    const id = kind === 'issue' ? '<number>' : '<id>'
    return { kind, file: `${folder}/${id}${extension}`, isMap: false, fields: viewFields(schema) }
  })
  const ofVocabularies = Object.entries(vocabularyKinds).map(([kind, schema]): FileFields => {
    const entries = 'valueType' in schema ? schema.valueType : undefined
    return { kind, file: `${kind}.yml`, isMap: entries !== undefined, fields: viewFields(entries ?? schema) }
  })
  return [...ofKinds, ...ofVocabularies]
}
