/**
 * Astro digests the styles and scripts of a page for its policy, one by one and for every page anew (`FetchState` in
 * `astro/core/fetch`; of a linked style the empty text). They are the same few on all pages, and were a third of the time of a page.
 */
const known = new Map<string, ArrayBuffer>()

/** Longer than any style or script that is part of a page. */
const longestKept = 10_000

/** Lets `crypto.subtle.digest` remember what it said of short texts. For the program of a build, which does nothing else. */
export function digestOnce(): void {
  const { subtle } = globalThis.crypto
  const digest = subtle.digest.bind(subtle)
  subtle.digest = async (algorithm, data) => {
    if (data.byteLength > longestKept) return digest(algorithm, data)
    const bytes = ArrayBuffer.isView(data)
      ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
      : Buffer.from(data)
    const name = typeof algorithm === 'string' ? algorithm : JSON.stringify(algorithm)
    const key = `${name} ${bytes.toString('latin1')}`
    const made = known.get(key) ?? (await digest(algorithm, data))
    known.set(key, made)
    // Each its own: whoever asked may write into it.
    return made.slice(0)
  }
}
