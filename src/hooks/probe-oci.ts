/** An index of images, as evidence: the adapter reads it, and its address says what it does not know of itself. */
import type { Adapter, CiResult } from '#ingest/adapter.ts'
import type { Door } from '#ingest/attribute.ts'
import { ociIndex } from '#ingest/oci-index.ts'
import { readResults, type ResultsRead } from '#ingest/read-results.ts'
import type { ImageAddress } from './probe-oci-address.ts'

/**
 * @param name    how the text is called, for problems: a file or an address
 * @param address where it was read; undefined for a file, which does not know
 */
export function readIndex(name: string, text: string, door: Door, address?: ImageAddress): ResultsRead {
  const adapter = address ? at(address) : ociIndex
  return readResults(name, text, adapter.name, [adapter], door)
}

function at(address: ImageAddress): Adapter {
  return {
    ...ociIndex,
    adapt: (document) => {
      const { results, ...rest } = ociIndex.adapt(document)
      return { ...rest, results: results.map((result) => placed(result, address)) }
    },
  }
}

function placed(result: CiResult, { repository, reference, isDigest, page }: ImageAddress): CiResult {
  const { digest } = result.artifact ?? {}
  const version = result.version ?? versionOf(reference)
  return {
    ...result,
    repository,
    ...(page === undefined ? {} : { link: page }),
    artifact: { name: `${repository}${isDigest ? '@' : ':'}${reference}`, ...(digest === undefined ? {} : { digest }) },
    ...(version === undefined ? {} : { version }),
  }
}

/** `8.2.1` and `v1.29-alpine` are versions; `latest` and `8` are whatever they were moved to. */
function versionOf(tag: string): string | undefined {
  return /^v?\d+\.\d/.test(tag) && tag.length <= 80 ? tag : undefined
}
