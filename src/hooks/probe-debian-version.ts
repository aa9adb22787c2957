/**
 * Debian's order of versions, which decides which source is the newest one. The matrix orders the
 * versions of all projects by another rule (`#domain/version-order.ts`), which must do for every system.
 * Source: https://www.debian.org/doc/debian-policy/ch-controlfields.html#version
 */

/** Negative where `a` is older, 0 where both are the same version. */
export function compareDebianVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)]
  return (
    compareDigits(left.epoch, right.epoch) ||
    comparePart(left.upstream, right.upstream) ||
    comparePart(left.revision, right.revision)
  )
}

function partsOf(version: string): { epoch: string; upstream: string; revision: string } {
  const colon = version.indexOf(':')
  const rest = version.slice(colon + 1)
  const hyphen = rest.lastIndexOf('-')
  return {
    epoch: version.slice(0, Math.max(0, colon)),
    upstream: hyphen === -1 ? rest : rest.slice(0, hyphen),
    revision: hyphen === -1 ? '' : rest.slice(hyphen + 1),
  }
}

/** Digits and what is between them take turns, and each is compared in its own way. */
function comparePart(a: string, b: string): number {
  const [left, right] = [piecesOf(a), piecesOf(b)]
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [one, other] = [left[index] ?? '', right[index] ?? '']
    const order = index % 2 === 0 ? compareText(one, other) : compareDigits(one, other)
    if (order !== 0) return order
  }
  return 0
}

/** `1.0-2` is `['', '1', '.', '0', '-', '2', '']`: text at even places, digits at odd ones. */
function piecesOf(text: string): string[] {
  return text.split(/(\d+)/)
}

function compareDigits(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')]
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0)
}

function compareText(a: string, b: string): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const order = weightOf(a, index) - weightOf(b, index)
    if (order !== 0) return order
  }
  return 0
}

/** A tilde comes before the end, the end before letters, letters before all other characters. */
function weightOf(text: string, index: number): number {
  const character = text[index]
  if (character === undefined) return 0
  if (character === '~') return -1
  return /[A-Za-z]/.test(character) ? character.charCodeAt(0) : character.charCodeAt(0) + 0x1_0000
}
