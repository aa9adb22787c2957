/**
 * What Debian's indexes show of the sources that the catalog names. An index that is missing, cut
 * off or not the one that was signed is no observation of its port; the others still are.
 */
import { hash } from 'node:crypto'
import { shownValue } from '#ingest/problems.ts'
import type { Problem } from '#domain/problem.ts'
import { buildsOf, newestSources, type Build } from './probe-debian-join.ts'
import { parseRelease, type Release } from './probe-debian-release.ts'

/** A suite as apt brought it. */
export interface FetchedSuite {
  /** The Release file whose signature apt has checked. Missing where it found none. */
  release: string | undefined
  /** The text of an index, by its path below the suite. Undefined where it did not come. */
  read(path: string): Uint8Array | undefined
  /** What apt complained of, in its words. */
  complaints: readonly string[]
}

export interface PortObservation {
  suite: string
  component: string
  port: string
  /** Path of the index below the suite. */
  index: string
  /** When the suite was published. */
  date: string
  packages: number
  builds: Build[]
}

export interface SuiteObservation {
  ports: PortObservation[]
  /** Sources that are wanted and that the suite has. Undefined where that could not be seen. */
  sources: ReadonlySet<string> | undefined
  problems: Problem[]
}

export const component = 'main'
export const sourceIndex = `${component}/source/Sources`

export function packageIndex(port: string): string {
  return `${component}/binary-${port}/Packages`
}

/** Ports of one suite are of nearly one size (0.95 in bookworm and trixie); half of one is not a port that was read. */
const leastPartOfLargest = 0.75

/**
 * @param suite   name by which the suite was asked for
 * @param ports   ports that are columns; those that the suite does not have are passed over
 * @param wanted  names of the sources
 * @param progress is told of each index that was read
 */
export function observeSuite(
  suite: string,
  fetched: FetchedSuite,
  ports: readonly string[],
  wanted: ReadonlySet<string>,
  progress: (index: string) => void = () => undefined,
): SuiteObservation {
  const lost = (reason: string, path: string): SuiteObservation => ({
    ports: [],
    sources: undefined,
    problems: [incomplete(`${suite}/${path}`, reason, fetched.complaints)],
  })
  const release = fetched.release === undefined ? undefined : parseRelease(fetched.release)
  if (!release)
    return lost(fetched.release === undefined ? 'it did not come' : 'it does not name its suite and date', 'Release')
  const sources = readIndex(fetched, release, sourceIndex)
  if (sources.text === undefined) return lost(sources.reason, sourceIndex)
  const newest = newestSources(sources.text, wanted)
  progress(sourceIndex)

  const problems: Problem[] = []
  const read: PortObservation[] = []
  for (const port of ports.filter((name) => release.ports.has(name))) {
    const index = packageIndex(port)
    const { text, reason } = readIndex(fetched, release, index)
    if (text === undefined) problems.push(incomplete(`${suite}/${index}`, reason, fetched.complaints))
    else {
      const { codename, date } = release
      read.push({ suite: codename, component, port, index, date, ...buildsOf(text, port, newest) })
      progress(index)
    }
  }
  const largest = Math.max(0, ...read.map(({ packages }) => packages))
  const isWhole = ({ packages }: PortObservation) => packages > 0 && packages >= largest * leastPartOfLargest
  for (const { index, packages } of read.filter((port) => !isWhole(port))) {
    problems.push(
      incomplete(`${suite}/${index}`, `it has ${packages} packages, and another port ${largest}`, fetched.complaints),
    )
  }
  if (problems.length === 0 && fetched.complaints.length > 0) {
    problems.push(incomplete(`${suite}/Release`, 'apt was not content with it', fetched.complaints))
  }
  return { ports: read.filter(isWhole), sources: new Set(newest.keys()), problems }
}

type ReadIndex = { text: string; reason?: undefined } | { text?: undefined; reason: string }

function readIndex(fetched: FetchedSuite, release: Release, path: string): ReadIndex {
  const bytes = fetched.read(path)
  if (!bytes) return { reason: 'it did not come' }
  const expected = release.digestOf.get(path)
  if (expected === undefined) return { reason: 'the Release file does not list it' }
  if (hash('sha256', bytes) !== expected) return { reason: 'it is not the one that the Release file lists' }
  // Every field that is looked at is ASCII, and one byte a character is twice as fast and half as large.
  return { text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1') }
}

function incomplete(file: string, what: string, complaints: readonly string[]): Problem {
  // apt names files by their digests, so only the folder tells which index it means.
  const folder = file.slice(0, file.lastIndexOf('/') + 1)
  const complaint = complaints.find((line) => line.includes(folder)) ?? complaints[0]
  // The address that could not be fetched is long, and known; what comes after it is not.
  const shown = shownValue(complaint?.replace(/^[EW]: (?:Failed to fetch \S+\s+)?/, '') ?? '')
  const words = shown === '' ? '' : ` apt says: \`${shown}\`.`
  return {
    code: 'incomplete-index',
    severity: 'warning',
    place: { file, line: 1, column: 1 },
    reason: `Unexpected index, expected it whole, as its suite was signed: ${what}. Nothing is recorded from it.${words}`,
    expected: 'the index that the signed Release file lists',
    actual: what,
    fix: 'run it again in an hour: a mirror takes its files over one after the other; or name another one with `--mirror`',
  }
}
