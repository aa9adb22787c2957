/**
 * The machines that a platform package is for: its own `os`, `cpu` and `libc`, in the words of
 * Node.js. https://docs.npmjs.com/cli/configuring-npm/package-json#os
 */
import { compareText } from '#domain/problem.ts'
import type { Architecture } from '#domain/vocabulary.ts'
import type { PlatformPackage } from './npm-package.ts'

export type Platform =
  /** `libc` where it is not the usual one. */
  | { kind: 'linux'; architectures: string[]; libc?: string }
  /** Not for Linux, or for no architecture that is a column: WebAssembly, or every machine. */
  | { kind: 'other' }
  /** A word that means several architectures. */
  | { kind: 'ambiguous'; word: string; architectures: string[] }

/** Columns by Node.js's word for their architecture; `ppc64 (little-endian)` is under `ppc64`. */
export function nodeWordsOf(architectures: ReadonlyMap<string, Pick<Architecture, 'node'>>): Map<string, string[]> {
  const words = new Map<string, string[]>()
  for (const [id, { node }] of architectures) {
    const word = node?.split(' ')[0]
    if (word) words.set(word, [...(words.get(word) ?? []), id])
  }
  return words
}

/** @param words from `nodeWordsOf` */
export function platformOf(found: PlatformPackage, words: ReadonlyMap<string, readonly string[]>): Platform {
  if (!includesLinux(found.os)) return { kind: 'other' }
  const architectures = new Set<string>()
  for (const word of found.cpu) {
    const meant = words.get(word) ?? []
    const [only, another] = narrowed(found, word, meant)
    if (another !== undefined) return { kind: 'ambiguous', word, architectures: [...meant] }
    if (only !== undefined && !isBigEndianPower(found, word)) architectures.add(only)
  }
  if (architectures.size === 0) return { kind: 'other' }
  const libc = found.libc.length === 1 && found.libc[0] === 'musl' ? { libc: 'musl' } : {}
  return { kind: 'linux', architectures: [...architectures].sort(compareText), ...libc }
}

/** A list may name what it is for, or with `!` what it is not for; none is for every system. */
function includesLinux(os: readonly string[]): boolean {
  if (os.includes('!linux')) return false
  const named = os.filter((word) => !word.startsWith('!'))
  return named.length === 0 || named.includes('linux') || named.includes('any')
}

/** The columns that a word means, once the package says more: `arm` of Node.js is ARMv6 or ARMv7. */
function narrowed(found: PlatformPackage, word: string, meant: readonly string[]): readonly string[] {
  if (meant.length < 2) return meant
  const said = `${found.name} ${found.description}`.toLowerCase()
  // NAPI-RS, which makes most packages so called, knows ARMv7 alone by `arm` and `…eabihf`:
  // https://github.com/napi-rs/napi-rs/blob/main/cli/src/utils/target.ts
  const isArmv7 = /\barm-?v7/.test(said) || /-arm-(?:gnu|musl)eabihf$/.test(found.name)
  const isArmv6 = /\barm-?v6/.test(said)
  if (word !== 'arm' || isArmv7 === isArmv6) return meant
  return meant.filter((id) => id === (isArmv7 ? 'armv7' : 'armv6'))
}

/**
 * Node.js calls both byte orders of POWER `ppc64`, and for Linux it exists with the little one alone
 * (https://github.com/nodejs/node/blob/main/BUILDING.md#platform-list), so this is what a package for
 * Linux means, unless it says otherwise.
 */
function isBigEndianPower({ name, description }: PlatformPackage, word: string): boolean {
  return word === 'ppc64' && /ppc64be|big[ -]endian/i.test(`${name} ${description}`)
}

const otherSystems =
  /(?:^|[/_.-])(?:aix|android|cygwin|darwin|freebsd|haiku|macos|netbsd|openbsd|openharmony|osx|sunos|wasi|wasm|wasm32|webcontainers?|win32|win64|windows)(?:$|[_.-])/i

/** Whether a name leaves no doubt that the package is not for Linux, so that nobody need be asked. */
export function namesOtherSystem(name: string): boolean {
  return otherSystems.test(name) && !/linux/i.test(name)
}
