/** The small suite of `tests/fixtures/debian`, as apt would have brought it. */
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { FetchedSuite } from '#hooks/probe-debian.ts'

export const sources = 'main/source/Sources'
export const arm64 = 'main/binary-arm64/Packages'
export const armhf = 'main/binary-armhf/Packages'

/** Texts of the indexes, by their paths. */
export function indexesOf(): Map<string, string> {
  return new Map([sources, arm64, armhf].map((path) => [path, fixture(path)]))
}

function fixture(path: string): string {
  return readFileSync(new URL(`../fixtures/debian/bookworm/${path}`, import.meta.url), 'utf8')
}

/** The Release file that lists these indexes, inside its signature. */
export function releaseOf(indexes: ReadonlyMap<string, string>, head = fixture('Release.head')): string {
  const rows = [...indexes].map(([path, text]) => ` ${hash('sha256', text)} ${Buffer.byteLength(text)} ${path}\n`)
  return `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n${head}SHA256:\n${rows.join('')}-----BEGIN PGP SIGNATURE-----\n\nabc=\n-----END PGP SIGNATURE-----\n`
}

/** @param changes texts that are other ones than the Release file lists; `undefined` did not come */
export function fetched(
  changes: Record<string, string | undefined> = {},
  complaints: readonly string[] = [],
  release: string | undefined = releaseOf(indexesOf()),
): FetchedSuite {
  const texts = new Map<string, string | undefined>([...indexesOf(), ...Object.entries(changes)])
  return {
    release,
    read: (path) => {
      const text = texts.get(path)
      return text === undefined ? undefined : Buffer.from(text)
    },
    complaints,
  }
}

/** A suite whose Release file lists these changed indexes. */
export function publishedWith(changes: Record<string, string>): FetchedSuite {
  return fetched(changes, [], releaseOf(new Map([...indexesOf(), ...Object.entries(changes)])))
}
