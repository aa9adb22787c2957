/**
 * Pagefind lists the values of a filter in the order of a hash map, which is another one in each
 * run. Here they get one order, so that two builds are the same to the byte.
 *
 * A filter's file is gzip around a mark and CBOR: `[name, [[value, [page, …]], …]]`. Files are named
 * after their digest, so the file that names the filters gets a new name too, and the entry with it.
 */
import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'

export interface IndexFile {
  path: string
  content: Uint8Array
}

/** @throws where a file is not in the format above */
export function inOneOrder(files: readonly IndexFile[]): IndexFile[] {
  const renamed = new Map<string, string>()
  const rename = (name: string, content: Uint8Array): string => {
    const [, language = '', digest = ''] = /^(.*_)([0-9a-f]+)$/.exec(name) ?? []
    const newName = language + createHash('sha256').update(content).digest('hex').slice(0, digest.length)
    renamed.set(name, newName)
    return newName
  }
  // What is named comes before what names it.
  const filters = files.map(({ path, content }): IndexFile => {
    const [, name] = /^filter\/(.*)\.pf_filter$/.exec(path) ?? []
    if (name === undefined) return { path, content }
    const ordered = orderedValues(gunzipSync(content))
    return { path: `filter/${rename(name, ordered)}.pf_filter`, content: gzipSync(ordered) }
  })
  const metas = filters.map(({ path, content }): IndexFile => {
    const [, name] = /^pagefind\.(.*)\.pf_meta$/.exec(path) ?? []
    if (name === undefined) return { path, content }
    const text = withNewNames(gunzipSync(content), renamed)
    return { path: `pagefind.${rename(name, text)}.pf_meta`, content: gzipSync(text) }
  })
  return metas.map(({ path, content }) =>
    path === 'pagefind-entry.json' ? { path, content: withNewNames(Buffer.from(content), renamed) } : { path, content },
  )
}

/** Old and new names are equally long, so they can change places in CBOR as in JSON. */
function withNewNames(bytes: Buffer, renamed: ReadonlyMap<string, string>): Buffer {
  let text = bytes.toString('latin1')
  for (const [name, newName] of renamed) text = text.replaceAll(name, newName)
  return Buffer.from(text, 'latin1')
}

const mark = 'pagefind_dcd'

function orderedValues(bytes: Buffer): Buffer {
  const name = headAt(bytes, mark.length).end
  const values = headAt(bytes, endOf(bytes, name))
  if (bytes.toString('latin1', 0, mark.length) !== mark || values.type !== 4) {
    throw new Error('Pagefind writes its filters in another format than scripts/order-search-index.ts reads.')
  }
  const entries: Buffer[] = []
  let offset = values.end
  for (let index = 0; index < values.count; index += 1) {
    const end = endOf(bytes, offset)
    entries.push(bytes.subarray(offset, end))
    offset = end
  }
  return Buffer.concat([bytes.subarray(0, values.end), ...entries.sort((a, b) => a.compare(b)), bytes.subarray(offset)])
}

/** The head of a CBOR item: its major type, its number or length, and where it ends. */
function headAt(bytes: Buffer, offset: number): { type: number; count: number; end: number } {
  const first = bytes.readUInt8(offset)
  const [type, short] = [first >> 5, first & 31]
  if (short < 24) return { type, count: short, end: offset + 1 }
  const width = 2 ** (short - 24)
  if (width > 4) throw new Error('a number of more than four bytes, or a list of no known length')
  return { type, count: bytes.readUIntBE(offset + 1, width), end: offset + 1 + width }
}

/** Where a CBOR item ends: a number, a text, or a list of them. */
function endOf(bytes: Buffer, offset: number): number {
  const { type, count, end } = headAt(bytes, offset)
  switch (type) {
    case 0:
      return end
    case 3:
      return end + count
    case 4: {
      let next = end
      for (let index = 0; index < count; index += 1) next = endOf(bytes, next)
      return next
    }
    default:
      throw new Error(`an item of the unknown type ${type}`)
  }
}
