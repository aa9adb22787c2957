/**
 * Astro digests the styles and scripts of a page for its policy, one by one and for every page anew (`FetchState` in
 * `astro/core/fetch`; of a linked style the empty text). They are the same few on all pages, and were a third of the time of a page.
 */
interface Digested {
  text: Buffer
  /** The same for everybody: nobody writes into it. */
  digest: Promise<ArrayBuffer>
}

/** By the algorithm and the length: to compare bytes costs less than to make a key of them. */
const known = new Map<string, Digested[]>()

/** Longer than any style or script that is part of a page. */
const longestKept = 10_000

/** Lets `crypto.subtle.digest` remember what it said of short texts. For the program of a build, which does nothing else. */
export function digestOnce(): void {
  const { subtle } = globalThis.crypto
  const digest = subtle.digest.bind(subtle)
  subtle.digest = (algorithm, data) => {
    if (data.byteLength > longestKept) return digest(algorithm, data)
    const text = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data)
    const key = `${typeof algorithm === 'string' ? algorithm : JSON.stringify(algorithm)} ${text.length}`
    const alike = known.get(key) ?? []
    const found = alike.find((other) => other.text.equals(text))
    if (found) return found.digest
    // Whoever asked may write into what they gave.
    const one = { text: Buffer.from(text), digest: digest(algorithm, data) }
    known.set(key, [...alike, one])
    return one.digest
  }
}
