import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { editorSchemaOf } from '#catalog/editor-schema.ts'
import { kinds } from '#catalog/kinds.ts'
import { folderOf, projectFile } from '#tests/builders.ts'

const script = resolve(import.meta.dirname, '../../scripts/write-editor-collections.ts')

test('an editor learns the kind of every file with front matter, by its address in small letters', () => {
  const content = folderOf({
    'projects/redis.md': projectFile(),
    'notes/a.md': '',
    'sources/b.yml': '',
    'site.yml': '',
  })
  const target = folderOf({})
  const environment = { ...process.env, CONTENT_DIR: content }
  execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', script, target], { env: environment })

  const read = (name: string): unknown => JSON.parse(readFileSync(join(target, name), 'utf8'))
  const address = pathToFileURL(content).href.toLowerCase()
  expect(read('collections.json')).toMatchObject({
    collections: expect.arrayContaining([{ hasSchema: true, name: 'project' }]) as unknown,
    entries: { [`${address}/projects/redis.md`]: 'project', [`${address}/notes/a.md`]: 'note' },
  })
  expect(Object.keys((read('collections.json') as { entries: object }).entries)).toHaveLength(2)
  expect(read('project.schema.json')).toEqual(editorSchemaOf(kinds.project.schema))
})
