/** Letters and figures alone, without case and accents: `x86-64` and `X86_64` are one word. */
export function lettersOf(text: string): string {
  const plain = /^[a-z0-9]*$/.test(text)
  return plain
    ? text
    : text
        .normalize('NFKD')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]/gu, '')
}
