/** What another program writes to standard input, however slowly it does. */
import { readSync } from 'node:fs'

const standardInput = 0
const bytesAtOnce = 1 << 16
/** Between two looks at a pipe in which nothing stands yet. */
const pauseMilliseconds = 10

/** Waits for its end. */
export function readStandardInput(): Uint8Array {
  const parts: Uint8Array[] = []
  const nobody = new Int32Array(new SharedArrayBuffer(4))
  for (;;) {
    const part = new Uint8Array(bytesAtOnce)
    const length = readPart(part)
    if (length === 0) return Buffer.concat(parts)
    if (length === undefined) Atomics.wait(nobody, 0, 0, pauseMilliseconds)
    else parts.push(part.subarray(0, length))
  }
}

/** @returns how many bytes were read, 0 at the end, and undefined where a pipe that does not wait has none yet */
function readPart(part: Uint8Array): number | undefined {
  try {
    return readSync(standardInput, part)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Whoever holds the other end of a pipe may have set it so that readers do not wait.
    if (code === 'EAGAIN') return undefined
    // So Windows tells the end of a pipe.
    if (code === 'EOF') return 0
    throw error
  }
}
