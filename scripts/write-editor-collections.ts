/**
 * Tells Astro's extension for editors which schema the front matter of each content file has. The extension reads
 * `.astro/collections`, which Astro fills for its own content layer; this site has a reader of its own. The list has
 * a full address for every file, so it belongs to one machine and is not kept in the repository.
 *
 * node scripts/write-editor-collections.ts [--watch] [FOLDER]
 *
 * `--watch` goes on, and follows files that come and go.
 */
import { mkdirSync, readdirSync, readFileSync, watch } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { editorFiles, editorSchemaOf } from '../src/catalog/editor-schema.ts'
import { readSettings } from '../src/site/settings.ts'
import { writeWhole } from '../src/store/whole-file.ts'

const home = resolve(import.meta.dirname, '..')
const { contentFolder } = readSettings(process.env, home)
const { values, positionals } = parseArgs({ allowPositionals: true, options: { watch: { type: 'boolean' } } })
const target = resolve(positionals[0] ?? join(home, '.astro/collections'))
const collections = editorFiles.filter(({ files }) => files.endsWith('.md'))

mkdirSync(target, { recursive: true })
for (const { name, schema } of collections) write(`${name}.schema.json`, editorSchemaOf(schema))
writeList()
if (values.watch) watch(contentFolder, { recursive: true }, writeList)

function writeList(): void {
  const entries = collections.flatMap(({ name, files }) =>
    filesIn(dirname(files)).map((file) => [addressOf(join(contentFolder, dirname(files), file)), name] as const),
  )
  write('collections.json', {
    collections: collections.map(({ name }) => ({ hasSchema: true, name })),
    entries: Object.fromEntries(entries),
  })
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(join(contentFolder, folder)).filter((name) => name.endsWith('.md'))
  } catch {
    // A kind that this content has none of.
    return []
  }
}

/** As the language server looks it up: without escapes, in small letters. */
function addressOf(path: string): string {
  return decodeURIComponent(pathToFileURL(path).href).toLowerCase()
}

function write(name: string, value: unknown): void {
  const path = join(target, name)
  const text = `${JSON.stringify(value, null, 2)}\n`
  if (textOf(path) !== text) writeWhole(path, text)
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
