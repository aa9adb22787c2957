/** The binaries that a run has tested, looked at themselves: what their headers say, not what a machine says it is. */
import { createHash } from 'node:crypto'
import { readSync } from 'node:fs'
import type { Evidence } from '#domain/evidence.ts'
import type { Problem } from '#domain/problem.ts'
import { readElf, type Elf } from './elf.ts'
import { withFileBelow } from './file-below.ts'
import { machineInWords, mismatchOf, type GnuMachine } from './gnu-machine.ts'
import type { Script } from './recipe-script.ts'
import { missingBinary, wrongMachine } from './run-problems.ts'

/** Larger files are no programs that a recipe should make. */
const maximumBytes = 1024 * 1024 * 1024
const chunkBytes = 1024 * 1024

export interface LookedAt {
  /** Whether all binaries are there, and for the architecture. */
  isRight: boolean
  /** What their headers say, a sentence each. */
  said: string[]
  problems: Problem[]
  /** What evidence says of what was tested: the first binary, and the alignment that all of them have. */
  artifact: Evidence['artifact']
}

/** Looks at the binaries that a recipe names. */
export function lookAtBinaries({ recipe, proves }: Script, id: string, expected: GnuMachine, folder: string): LookedAt {
  const looked: LookedAt = { isRight: true, said: [], problems: [], artifact: undefined }
  const alignments: number[] = []
  for (const path of proves.binaries) {
    const { elf, digest, why } = findBinary(folder, path)
    const mismatch = elf && mismatchOf(elf, expected)
    if (!elf) looked.problems.push(missingBinary(recipe, id, path, why))
    else if (mismatch !== undefined) {
      looked.problems.push(wrongMachine(recipe, id, path, mismatch, machineInWords(expected)))
    }
    const alignment = elf?.pageAlignment
    if (alignment !== undefined) alignments.push(alignment)
    const facts = [
      elf ? (mismatch ?? machineInWords(expected)) : why,
      ...(alignment === undefined ? [] : [`aligned to ${alignment} bytes`]),
      ...(elf ? [`sha256:${digest}`] : []),
    ]
    looked.said.push(`${path}: ${facts.join(', ')}`)
    if (elf) looked.artifact ??= { name: path, digest: `sha256:${digest}` }
  }
  looked.isRight = looked.problems.length === 0
  if (!looked.isRight) looked.artifact = undefined
  else if (looked.artifact && alignments.length > 0) looked.artifact.pageAlignment = Math.min(...alignments)
  return looked
}

/** Looks at a file below a folder. Never throws. */
function findBinary(
  folder: string,
  path: string,
): { elf: Elf; digest: string; why?: undefined } | { elf?: undefined; digest?: undefined; why: string } {
  const { found, why } = withFileBelow(folder, path, maximumBytes, (file) => {
    const { elf, why } = readElf((offset, length) => {
      const bytes = new Uint8Array(length)
      return bytes.subarray(0, readSync(file, bytes, 0, length, offset))
    })
    return elf ? { elf, digest: digestOf(file) } : { why }
  })
  return found ?? { why }
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
