/** ELF files made by hand: a header, and one entry for each segment. */

export interface ElfParts {
  bits: 32 | 64
  endianness: 'little' | 'big'
  machine: number
  flags: number
  /** 2 a program, 3 a library or a program that may lie anywhere. */
  type: number
  /** Alignments of the loaded segments. */
  alignments: readonly number[]
}

const arm64: ElfParts = { bits: 64, endianness: 'little', machine: 183, flags: 0, type: 3, alignments: [65536, 65536] }

export function elfFile(changes: Partial<ElfParts> = {}): Uint8Array {
  const { bits, endianness, machine, flags, type, alignments } = { ...arm64, ...changes }
  const is64 = bits === 64
  const isLittle = endianness === 'little'
  const headerSize = is64 ? 64 : 52
  const entrySize = is64 ? 56 : 32
  const bytes = new Uint8Array(headerSize + entrySize * (alignments.length + 1))
  const view = new DataView(bytes.buffer)
  bytes.set([0x7f, 0x45, 0x4c, 0x46, is64 ? 2 : 1, isLittle ? 1 : 2, 1])
  view.setUint16(16, type, isLittle)
  view.setUint16(18, machine, isLittle)
  view.setUint32(20, 1, isLittle)
  if (is64) view.setBigUint64(32, BigInt(headerSize), isLittle)
  else view.setUint32(28, headerSize, isLittle)
  const flagsAt = is64 ? 48 : 36
  view.setUint32(flagsAt, flags, isLittle)
  view.setUint16(flagsAt + 4, headerSize, isLittle)
  view.setUint16(flagsAt + 6, entrySize, isLittle)
  view.setUint16(flagsAt + 8, alignments.length + 1, isLittle)
  // The first segment is a note, which is aligned to less and never loaded by itself.
  const segments = [{ kind: 4, alignment: 4 }, ...alignments.map((alignment) => ({ kind: 1, alignment }))]
  for (const [index, { kind, alignment }] of segments.entries()) {
    const at = headerSize + index * entrySize
    view.setUint32(at, kind, isLittle)
    if (is64) view.setBigUint64(at + 48, BigInt(alignment), isLittle)
    else view.setUint32(at + 28, alignment, isLittle)
  }
  return bytes
}
