/** As much of CBOR (RFC 8949) as Pagefind writes: numbers, texts, and lists of them. */

export type Item = number | string | readonly Item[]

/** @throws where something else stands there */
export function parseCbor(bytes: Buffer): Item {
  let offset = 0
  const read = (): Item => {
    const first = bytes.readUInt8(offset)
    const [type, short] = [first >> 5, first & 31]
    offset += 1
    let count = short
    if (short >= 24) {
      const width = 2 ** (short - 24)
      if (width > 4) throw new Error('a number of more than four bytes, or a list of no known length')
      count = bytes.readUIntBE(offset, width)
      offset += width
    }
    switch (type) {
      case 0:
        return count
      case 1:
        return -1 - count
      case 3:
        offset += count
        return bytes.toString('utf8', offset - count, offset)
      case 4: {
        const items: Item[] = []
        for (let index = 0; index < count; index += 1) items.push(read())
        return items
      }
      default:
        throw new Error(`an item of the unknown type ${type}`)
    }
  }
  const item = read()
  if (offset !== bytes.length) throw new Error('something after the end')
  return item
}

export function serializeCbor(item: Item): Buffer {
  let bytes = Buffer.allocUnsafe(4096)
  let offset = 0
  const room = (count: number) => {
    if (offset + count <= bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, offset + count))
    bytes.copy(larger, 0, 0, offset)
    bytes = larger
  }
  const writeHead = (type: number, count: number) => {
    room(5)
    if (count < 24) offset = bytes.writeUInt8((type << 5) | count, offset)
    else {
      const size = count < 0x100 ? 0 : count < 0x10000 ? 1 : 2
      offset = bytes.writeUInt8((type << 5) | (24 + size), offset)
      offset = bytes.writeUIntBE(count, offset, 2 ** size)
    }
  }
  const write = (value: Item) => {
    if (typeof value === 'number') writeHead(value < 0 ? 1 : 0, value < 0 ? -1 - value : value)
    else if (typeof value === 'string') {
      const length = Buffer.byteLength(value)
      writeHead(3, length)
      room(length)
      offset += bytes.write(value, offset)
    } else {
      writeHead(4, value.length)
      for (const one of value) write(one)
    }
  }
  write(item)
  return bytes.subarray(0, offset)
}
