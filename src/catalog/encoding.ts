/** The bytes of a file as text: in UTF-8, or in what else an editor may have saved it in. */

/** @returns text without byte order mark, with lines that end in LF; undefined where the bytes are not in that encoding */
export function textOfBytes(bytes: Uint8Array, encoding = 'utf-8'): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true })
      .decode(bytes)
      .replace(/^\ufeff+/, '')
      .replace(/\r\n?/g, '\n')
  } catch {
    return undefined
  }
}

/** What bytes that are no UTF-8 are most likely text in, and whether they say so themselves; undefined where they are no text. */
export function encodingOf(bytes: Uint8Array): { encoding: string; isCertain: boolean } | undefined {
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined
  const zeros = [0, 1].map((parity) => bytes.filter((byte, index) => byte === 0 && index % 2 === parity).length)
  const [even = 0, odd = 0] = zeros
  const guessed = odd > bytes.length / 4 ? 'utf-16le' : even > bytes.length / 4 ? 'utf-16be' : undefined
  const encoding = marked ?? guessed ?? (even + odd === 0 ? 'windows-1252' : undefined)
  const text = encoding === undefined ? undefined : textOfBytes(bytes, encoding)
  // A picture in another encoding is still no text.
  if (encoding === undefined || text === undefined || /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/.test(text))
    return undefined
  return { encoding, isCertain: marked !== undefined }
}
