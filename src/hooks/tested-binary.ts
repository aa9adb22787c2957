/** The binaries that a run has tested, looked at themselves: what their headers say, not what a machine says it is. */
import { createHash } from 'node:crypto'
import { readSync } from 'node:fs'
import type { Evidence } from '#domain/evidence.ts'
import { readElf, type Elf } from './elf.ts'
import { withFileBelow } from './file-below.ts'

/** Larger files are no programs that a recipe should make. */
const maximumBytes = 1024 * 1024 * 1024
const chunkBytes = 1024 * 1024

export interface Binary {
  path: string
  elf: Elf
  /** SHA-256. */
  digest: string
}

/** Looks at a file below a folder. Never throws. */
export function findBinary(
  folder: string,
  path: string,
): { binary: Binary; why?: undefined } | { binary?: undefined; why: string } {
  const { found, why } = withFileBelow(folder, path, maximumBytes, (file) => {
    const { elf, why } = readElf((offset, length) => {
      const bytes = new Uint8Array(length)
      return bytes.subarray(0, readSync(file, bytes, 0, length, offset))
    })
    return elf ? { binary: { path, elf, digest: digestOf(file) } } : { why }
  })
  return found ?? { why }
}

/** What evidence says of what was tested: the first binary, and the alignment that all of them have. */
export function artifactOf(binaries: readonly Binary[]): Evidence['artifact'] {
  const [first] = binaries
  if (!first) return undefined
  const alignments = binaries.flatMap(({ elf }) => elf.pageAlignment ?? [])
  return {
    name: first.path,
    digest: `sha256:${first.digest}`,
    ...(alignments.length > 0 ? { pageAlignment: Math.min(...alignments) } : {}),
  }
}

function digestOf(file: number): string {
  const digest = createHash('sha256')
  const chunk = new Uint8Array(chunkBytes)
  for (let position = 0; ;) {
    const count = readSync(file, chunk, 0, chunk.length, position)
    if (count === 0) return digest.digest('hex')
    digest.update(chunk.subarray(0, count))
    position += count
  }
}
