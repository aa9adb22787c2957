/** Addresses that answered, and would not any more. */
import { oldAddressesOf, pageAddressesOf, successorOf } from '#domain/old-addresses.ts'
import type { Place } from '#domain/problem.ts'
import type { ContentState } from './content-state.ts'
import type { Loss, WhoSaid } from './loss.ts'
import { shorten, unexpected } from './problems.ts'
import { placeOfValue } from './validate.ts'
import { parsePositionedYaml } from './yaml.ts'

interface Answering {
  address: string
  /** What says so, or said so. */
  file: string
  key: string
  /** Whether it was a page of its own: another page of its kind may take its place, and nothing else. */
  isPage: boolean
}

/** Those of old addresses and of words; the page of a file that is gone is told as the loss of the file. */
export function lostAddresses(before: ContentState, after: ContentState, by: WhoSaid): Loss[] {
  const pages = pageAddressesOf(after.catalog)
  const led = new Map(oldAddressesOf(after.catalog).map(({ from, to }) => [from, to]))
  const answers = ({ address, isPage }: Answering) => {
    const to = led.get(address)
    if (pages.has(address) || to === undefined) return pages.has(address)
    return !isPage || pages.has(successorOf(address, to) ?? '')
  }
  const faulty = new Set(after.problems.filter(({ severity }) => severity === 'error').map(({ place }) => place.file))
  return promised(before)
    .filter((one) => !answers(one) && !faulty.has(one.file))
    .filter(({ file, key }) => after.files.has(file) && !(key === 'aliases' && isWithdrawn(file, after)))
    .map(({ address, file, key, isPage }) => ({
      what: `address \`${shorten(address, 120)}\``,
      by: by(file),
      problem: unexpected(
        'address-removed',
        placeOfKey(file, key, after),
        'removal of address',
        address,
        'an address that keeps answering: others link to it',
        `write it again, or lead it ${isPage ? 'to a page of the same kind' : 'elsewhere'} by \`redirects: {${address}: ${isPage ? address.replace(/[^/]+\/$/, '') : '/'}…/}\` in \`site.yml\`; to let it go, say so in the message of the commit: \`removes: ${file}\``,
      ),
    }))
}

function promised({ catalog, files }: ContentState): Answering[] {
  const words: [string, string, string, Iterable<string>][] = [
    ['architectures', 'architectures.yml', '', catalog.architectures.keys()],
    // Where there is no such file, categories come and go with the projects in them.
    ['categories', 'categories.yml', '', files.has('categories.yml') ? catalog.categories.keys() : []],
    ['topics', 'site.yml', 'sections', catalog.sections.keys()],
  ]
  return [
    ...oldAddressesOf(catalog)
      .filter(({ key }) => key !== 'movedTo')
      .map(({ from, file, key }) => ({ address: from, file, key, isPage: false })),
    ...words.flatMap(([folder, file, key, ids]) =>
      files.has(file) ? [...ids].map((id) => ({ address: `/${folder}/${id}/`, file, key, isPage: true })) : [],
    ),
  ]
}

/** Who takes an issue back takes its addresses back. */
function isWithdrawn(file: string, { catalog }: ContentState): boolean {
  return [...catalog.issue.values()].some((issue) => issue.file === file && issue.data.state !== 'published')
}

function placeOfKey(file: string, key: string, { catalog }: ContentState): Place {
  const kind = file.startsWith('projects/') ? catalog.project : catalog.issue
  const entry = [...kind.values()].find((one) => one.file === file)
  return entry && Object.hasOwn(entry.data, key)
    ? placeOfValue(entry.source, parsePositionedYaml(entry.source.text), [key])
    : { file, line: 1, column: 1 }
}
