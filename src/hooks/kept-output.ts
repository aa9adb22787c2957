/** The beginning and the end of what a program prints; what is between them is only counted. */
const headBytes = 3 * 1024
const tailBytes = 6 * 1024

export interface Excerpt {
  head: string
  /** Empty where the head is everything. */
  tail: string
  /** What stood between them. */
  leftOut: { bytes: number; lines: number }
}

export class KeptOutput {
  /** Bytes that came. */
  total = 0
  private readonly head: Uint8Array[] = []
  private headSize = 0
  private tail: Uint8Array[] = []
  private tailSize = 0
  private droppedBytes = 0
  private droppedLines = 0

  add(chunk: Uint8Array): void {
    this.total += chunk.length
    const toHead = chunk.subarray(0, Math.max(headBytes - this.headSize, 0))
    if (toHead.length > 0) {
      // A copy: the chunk may be a window on a large buffer.
      this.head.push(Uint8Array.from(toHead))
      this.headSize += toHead.length
    }
    const rest = chunk.subarray(toHead.length)
    if (rest.length === 0) return
    this.tail.push(rest)
    this.tailSize += rest.length
    if (this.tailSize > 4 * tailBytes) this.trimTail()
  }

  excerpt(): Excerpt {
    this.trimTail()
    const head = Buffer.concat(this.head)
    const tail = Buffer.concat(this.tail)
    if (this.droppedBytes === 0) return { head: textOf(Buffer.concat([head, tail])), tail: '', leftOut: nothing }
    // What is cut through in the middle of a line would be half a word, or half an address.
    const endOfHead = head.lastIndexOf(newline) + 1
    const startOfTail = tail.indexOf(newline) + 1
    const keptHead = head.subarray(0, endOfHead)
    const keptTail = startOfTail === 0 ? tail.subarray(tail.length) : tail.subarray(startOfTail)
    return {
      head: textOf(keptHead),
      tail: textOf(keptTail),
      leftOut: {
        bytes: this.total - keptHead.length - keptTail.length,
        lines: this.droppedLines + (startOfTail === 0 ? 0 : 1),
      },
    }
  }

  private trimTail(): void {
    const all = Buffer.concat(this.tail)
    const dropped = all.subarray(0, Math.max(all.length - tailBytes, 0))
    this.droppedBytes += dropped.length
    this.droppedLines += countLines(dropped)
    this.tail = [Buffer.from(all.subarray(dropped.length))]
    this.tailSize = all.length - dropped.length
  }
}

const nothing = { bytes: 0, lines: 0 }
const newline = 0x0a

function countLines(bytes: Uint8Array): number {
  let lines = 0
  for (const byte of bytes) if (byte === newline) lines += 1
  return lines
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}
