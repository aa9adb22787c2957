import { parseArgs } from 'node:util'
import { ArchitectureWords } from '#domain/architecture-words.ts'
import type { Problem } from '#domain/problem.ts'
import { fetchManifest } from '#hooks/probe-oci-fetch.ts'
import { isAddress, parseImageAddress, type ImageAddress } from '#hooks/probe-oci-address.ts'
import { readIndex } from '#hooks/probe-oci.ts'
import type { Door } from '#ingest/attribute.ts'
import type { ResultsRead } from '#ingest/read-results.ts'
import { namedFiles } from './named-files.ts'
import { asOf, commonOptions, contentFolder, loadContent } from './options.ts'
import { answerTally, Newcomers, recordNewcomers, recordingOptions, type Tally } from './record-evidence.ts'
import { textsOf, unreadLines } from './result-files.ts'
import { CannotRun, type World } from './world.ts'

export const help = `probe oci [--project ID] URL|FILE…
  For which platforms an image exists: \`https://ghcr.io/example/example:1.2.3\`, or its index in a file.
  --project ID           whose image it is; else a registration of \`oci\` says it
  --version V --link URL what the index does not say
  --store ADDRESS        a database to write to; else EVIDENCE_STORE, else the files of the content folder
  --dry-run              tell what would happen, write nothing
  --allow-mass-change    also where more than 20 cells and 2 % of them would change`

const options = {
  ...commonOptions,
  project: { type: 'string' },
  version: { type: 'string' },
  link: { type: 'string' },
  ...recordingOptions,
} as const

/** @returns exit code: 0 every index was read, 1 problems */
export async function probe(args: readonly string[], world: World): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  if (positionals.length === 0) throw new CannotRun('Expected addresses of images, or files of their indexes.')
  const addresses = positionals.filter(isAddress).map((word) => ({ word, address: addressOf(word) }))
  const files = positionals.filter((word) => !isAddress(word))
  const { catalog } = loadContent(values, world)
  const folder = contentFolder(values, world)
  const clock = asOf(values, world)
  const { project, version, link } = values
  const registrations = new Map([...catalog.source].map(([id, { data }]) => [id, data]))
  if (project === undefined && ![...registrations.values()].some(({ provider }) => provider === 'oci')) {
    throw new CannotRun('Expected `--project ID`: no registration says whose images these are.')
  }
  const projectOf = (id: string) => {
    const today = catalog.moved.get(id)?.data.movedTo ?? id
    return catalog.project.has(today) ? today : undefined
  }
  if (project !== undefined && projectOf(project) === undefined) {
    throw new CannotRun(`Unexpected project \`${project}\`, expected the id of a file in \`projects/\`.`)
  }
  const pageless = [...files, ...addresses.filter(({ address }) => address.page === undefined).map(({ word }) => word)]
  if (pageless[0] !== undefined && link === undefined && project !== undefined) {
    throw new CannotRun(`Expected \`--link URL\`: \`${pageless[0]}\` has no page that a reader could open.`)
  }
  const door: Door = {
    // Whose image it is says the operator, or the registrations, never both.
    registrations: project === undefined ? registrations : new Map(),
    words: new ArchitectureWords(catalog.architectures),
    projectOf,
    how: 'probed',
    now: clock > world.now ? clock : world.now,
    said: {
      ...(project === undefined ? {} : { project }),
      ...(version === undefined ? {} : { version }),
      ...(link === undefined ? {} : { link }),
    },
  }

  const tally: Tally = { read: 0, added: 0, duplicates: 0, ignored: 0 }
  const { readable, problems: unavailable } = namedFiles({ names: files, code: 'document-unavailable' }, world)
  const problems: Problem[] = [...unavailable]
  const newcomers = new Newcomers(catalog.evidence)
  const take = (results: ResultsRead, from: string) => {
    tally.read += results.read
    tally.ignored += results.ignored
    problems.push(...results.problems)
    for (const evidence of results.evidence) {
      // Few indexes say when they were made; then it is when they were first seen.
      if (!newcomers.offer(evidence, from, results.timeAssumed.has(evidence))) tally.duplicates += 1
    }
  }
  for (const { word, address } of addresses) {
    if (world.isTerminal) world.tell(`${word}…\n`)
    const { text, problem } = await fetchManifest(address)
    if (problem) problems.push(problem)
    else take(readIndex(word, text, door, address), word)
  }
  for (const part of textsOf(readable, world)) {
    const unread = unreadLines(part)
    if (unread.length > 0) problems.push(...unread)
    else take(readIndex(part.name, part.text, door), part.name)
  }

  const recorded = await recordNewcomers(newcomers, tally, {
    ...values,
    environment: world.environment,
    catalog,
    clock,
    contentFolder: folder,
    from: 'oci',
  })
  return answerTally(
    tally,
    {
      problems: [...problems, ...recorded.problems],
      transitions: recorded.transitions,
    },
    values,
    world,
  )
}

function addressOf(word: string): ImageAddress {
  const address = parseImageAddress(word)
  if (address) return address
  throw new CannotRun(
    `Unexpected address \`${word}\`, expected one of an image, such as \`https://ghcr.io/example/example:1.2.3\`, over https.`,
  )
}
