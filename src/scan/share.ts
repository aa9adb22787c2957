/**
 * A report as the end of an address. It holds what identifies the packages that the catalog knows, and
 * how many others there were; no names of files and nothing of what is not in the catalog. A browser
 * sends no fragment to a server, and whoever opens the link sees the report with the matrix of that day.
 */
import type { Component } from './component.ts'
import { displayName, parsePurl, purlText, type Purl } from './purl.ts'
import type { Stack } from './read-stack.ts'
import type { Report } from './report.ts'

/** Packages in a link. More make an address that chats and mails cut off. */
export const maximumShared = 1000
/** Characters of a fragment that are looked at, and what they may unfold to. */
const maximumFragment = 64 * 1024
const maximumText = 512 * 1024

/** What a link tells, before it is packed: version, package URLs, number of components that were left out. */
type Shared = [version: 1, purls: string[], left: number]

/** @returns the fragment without `#`, or undefined where there is nothing to share or too much */
export async function packReport(report: Report): Promise<string | undefined> {
  const purls = new Set<string>()
  for (const { project, packages } of report.entries) {
    if (!project) continue
    for (const { purl } of packages) if (purl !== undefined) purls.add(withoutDetails(purl))
  }
  if (purls.size === 0 || purls.size > maximumShared) return undefined
  const shared: Shared = [1, [...purls].sort(), Math.max(0, report.components - purls.size)]
  const packed = await throughStream(
    new TextEncoder().encode(JSON.stringify(shared)),
    new CompressionStream('deflate-raw'),
  )
  return packed && toBase64Url(packed)
}

/** @returns the stack that a fragment tells of, and how many components were left out; undefined where it tells of none */
export async function unpackReport(fragment: string): Promise<{ stack: Stack; left: number } | undefined> {
  const packed = fragment.length > maximumFragment ? undefined : fromBase64Url(fragment)
  const bytes = packed && (await throughStream(packed, new DecompressionStream('deflate-raw'), maximumText))
  const shared = bytes && sharedIn(new TextDecoder().decode(bytes))
  if (!shared) return undefined
  const [, purls, left] = shared
  const components = purls.flatMap((text): Component[] => {
    const purl = parsePurl(text)
    return purl ? [componentOf(purl)] : []
  })
  return { stack: { files: [], components, problems: [] }, left }
}

function componentOf(purl: Purl): Component {
  return {
    name: displayName(purl),
    ...(purl.version === undefined ? {} : { version: purl.version }),
    purl,
    file: 'shared report',
    line: 1,
  }
}

/** Only what matching looks at; checksums and the like would make the address long. */
function withoutDetails(text: string): string {
  const purl = parsePurl(text)
  if (!purl) return text
  const { repository_url, upstream } = purl.qualifiers ?? {}
  const { type, namespace, name, version } = purl
  return purlText({
    type,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(version === undefined ? {} : { version }),
    qualifiers: {
      ...(repository_url === undefined ? {} : { repository_url }),
      ...(upstream === undefined ? {} : { upstream }),
    },
  })
}

function sharedIn(text: string): Shared | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!Array.isArray(value)) return undefined
  const [version, purls, left] = value as unknown[]
  if (version !== 1 || !Array.isArray(purls) || purls.length > maximumShared) return undefined
  if (typeof left !== 'number' || !Number.isSafeInteger(left) || left < 0) return undefined
  return [1, purls.filter((purl) => typeof purl === 'string'), left]
}

/** Undefined where the bytes are no such stream, or where they unfold to more than the limit. */
async function throughStream(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
  maximum = Infinity,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const reader = new Blob([bytes]).stream().pipeThrough(through).getReader()
    const chunks: Uint8Array<ArrayBuffer>[] = []
    let length = 0
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      chunks.push(next.value)
      length += next.value.length
      if (length > maximum) {
        await reader.cancel()
        return undefined
      }
    }
    return new Uint8Array(await new Blob(chunks).arrayBuffer())
  } catch {
    return undefined
  }
}

function toBase64Url(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]+$/.test(text)) return undefined
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}
