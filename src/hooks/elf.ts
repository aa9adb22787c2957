/**
 * What the header of an ELF file says: for which machine it was built, and how its segments are
 * aligned. The file may be anything that a build left behind, so every number is looked at before
 * it is used. Source: System V ABI, https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html
 */

/** What the header says. */
export interface Elf {
  bits: 32 | 64
  endianness: 'little' | 'big'
  /** `e_machine`: 183 is AArch64. */
  machine: number
  /** `e_flags`: on some machines they tell the ABI. */
  flags: number
  /** Bytes to which every loaded segment is aligned; undefined where nothing is loaded. */
  pageAlignment: number | undefined
}

export type ReadElf = { elf: Elf; why?: undefined } | { elf?: undefined; why: string }

/** Reads bytes of a file: fewer than asked for where it ends. */
export type ReadBytes = (offset: number, length: number) => Uint8Array

const types = { executable: 2, shared: 3 }
const loaded = 1
const largestAlignment = 2 ** 40

/** Reads the header of an executable or shared library. Never throws where `read` does not. */
export function readElf(read: ReadBytes): ReadElf {
  const identification = read(0, 16)
  const isElf = [0x7f, 0x45, 0x4c, 0x46].every((byte, index) => identification[index] === byte)
  if (!isElf) return { why: startsAsScript(identification) ? 'a script' : 'no ELF file' }
  const [, , , , width, order] = identification
  if ((width !== 1 && width !== 2) || (order !== 1 && order !== 2)) return { why: 'an ELF file of an unknown class' }
  const is64 = width === 2
  const isLittle = order === 1
  const header = viewOf(read(0, is64 ? 64 : 52))
  if (header.byteLength < (is64 ? 64 : 52)) return { why: 'an ELF file that is cut off' }
  const type = header.getUint16(16, isLittle)
  if (type !== types.executable && type !== types.shared)
    return { why: 'an ELF file that is no program and no library' }

  // The four fields before `e_flags` are as wide as addresses.
  const flagsAt = is64 ? 48 : 36
  const segments = {
    offset: is64 ? Number(header.getBigUint64(32, isLittle)) : header.getUint32(28, isLittle),
    size: header.getUint16(flagsAt + 6, isLittle),
    count: header.getUint16(flagsAt + 8, isLittle),
  }
  const pageAlignment = alignmentOf(segments, read, is64, isLittle)
  if (typeof pageAlignment === 'string') return { why: pageAlignment }
  const elf: Elf = {
    bits: is64 ? 64 : 32,
    endianness: isLittle ? 'little' : 'big',
    machine: header.getUint16(18, isLittle),
    flags: header.getUint32(flagsAt, isLittle),
    pageAlignment: pageAlignment === Infinity ? undefined : pageAlignment,
  }
  return { elf }
}

/**
 * The smallest alignment among the loaded segments. Linkers give all of them the same; where they
 * differ the smallest one decides, for glibc refuses a library of which one segment is aligned to less
 * than a page (https://sourceware.org/git/?p=glibc.git;f=elf/dl-load.c, `_dl_map_object_from_fd`).
 */
function alignmentOf(
  { offset, size, count }: { offset: number; size: number; count: number },
  read: ReadBytes,
  is64: boolean,
  isLittle: boolean,
): number | string {
  if (count === 0) return Infinity
  const wanted = is64 ? 56 : 32
  // 0xffff means that the count stands elsewhere: no linker makes a program with so many.
  if (size !== wanted || count === 0xffff || !Number.isSafeInteger(offset)) return 'an ELF file with a strange header'
  const table = viewOf(read(offset, wanted * count))
  if (table.byteLength < wanted * count) return 'an ELF file that is cut off'
  let smallest = Infinity
  for (let at = 0; at < table.byteLength; at += wanted) {
    if (table.getUint32(at, isLittle) !== loaded) continue
    const alignment = is64 ? Number(table.getBigUint64(at + 48, isLittle)) : table.getUint32(at + 28, isLittle)
    // 0 and 1 mean that any address will do.
    const isPower = alignment === 0 || Number.isInteger(Math.log2(alignment))
    if (!isPower || alignment > largestAlignment) return 'an ELF file with a strange alignment'
    smallest = Math.min(smallest, Math.max(alignment, 1))
  }
  return smallest
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function startsAsScript(bytes: Uint8Array): boolean {
  return bytes[0] === 0x23 && bytes[1] === 0x21
}
