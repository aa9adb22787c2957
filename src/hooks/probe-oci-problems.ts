import { shownValue } from '#ingest/problems.ts'
import type { Problem } from '#domain/problem.ts'

/** No answer, or none that is whole. */
export function unreachable(address: string, why: string): Problem {
  return {
    code: 'registry-unreachable',
    severity: 'error',
    place: placeOf(address),
    reason: `Unexpected end of the request for \`${shownValue(address)}\`: ${shownValue(why)}. Nothing is recorded from it.`,
    expected: 'an answer of the registry',
    actual: shownValue(why),
    fix: 'try again later, or send the index as a file: `docker buildx imagetools inspect --raw IMAGE:TAG > index.json`',
  }
}

/** An answer that is not the manifest. */
export function refused(address: string, status: number): Problem {
  const why = new Map([
    [401, 'it asks for an account'],
    [403, 'it does not let strangers read it'],
    [404, 'it has no such image or tag'],
    [429, 'it was asked too often'],
  ]).get(status)
  return {
    code: 'registry-refused',
    severity: 'error',
    place: placeOf(address),
    reason: `Unexpected answer \`${status}\` of the registry${why === undefined ? '' : ` (${why})`}, expected the manifest. Nothing is recorded from it.`,
    expected: 'the manifest, for whoever asks',
    actual: String(status),
    fix: 'correct the address, or send the index as a file: `docker buildx imagetools inspect --raw IMAGE:TAG > index.json`',
  }
}

export function differentDigest(address: string, expected: string, actual: string): Problem {
  return {
    code: 'digest-differs',
    severity: 'error',
    place: placeOf(address),
    reason: `Unexpected manifest with the digest \`${actual}\`, expected \`${shownValue(expected)}\`, as it was announced. Nothing is recorded from it.`,
    expected: shownValue(expected),
    actual,
    fix: 'try again; if it stays so, something between here and the registry changes what it sends',
  }
}

export function tooLarge(address: string, maximumBytes: number): Problem {
  return {
    code: 'document-too-large',
    severity: 'error',
    place: placeOf(address),
    reason: `Unexpected size, expected at most ${maximumBytes} bytes. Nothing is recorded from it.`,
    expected: `at most ${maximumBytes} bytes`,
    actual: 'more',
    fix: 'look whether it is the address of a registry',
  }
}

export function noManifest(address: string): Problem {
  return {
    code: 'bad-document',
    severity: 'error',
    place: placeOf(address),
    reason: 'Unexpected bytes that are no text, expected an index.',
    expected: 'an index of images',
    actual: '',
    fix: 'look whether it is the address of a registry',
  }
}

function placeOf(address: string): Problem['place'] {
  return { file: address, line: 1, column: 1 }
}
