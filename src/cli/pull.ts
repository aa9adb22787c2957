import { parseArgs } from 'node:util'
import { ArchitectureWords } from '#domain/architecture-words.ts'
import { toInstant } from '#domain/clock.ts'
import { isRealDay } from '#domain/day.ts'
import type { Problem } from '#domain/problem.ts'
import { pullSources, type Clients } from '#hooks/pull.ts'
import { addressOf, isPullProvider, pullProviders } from '#hooks/pull-address.ts'
import { apiClient } from '#hooks/pull-client.ts'
import type { SourceSummary } from '#hooks/pull-reading.ts'
import { asOf, commonOptions, contentFolder, loadContent, shownPath, wordsOfList } from './options.ts'
import { answerTally, Newcomers, recordNewcomers, recordingOptions, type Tally } from './record-evidence.ts'
import { count } from './report.ts'
import { CannotRun, type World } from './world.ts'

export const pullHelp = `pull [--source ID]…
  Reads the runs of registered jobs from GitHub and GitLab, and records what is new.
  GITHUB_TOKEN, GITLAB_TOKEN       who asks; without them less may be asked, and only what is public
  GITHUB_API_URL, GITLAB_API_URL   whom to ask, where it is not github.com or gitlab.com
  --source ID            read for this registration alone; others with commas, or by repeating it
  --overlap DAYS         runs of so many days are looked at (35: a run may be started again after 30)
  --since DAY            runs since a day are looked at
  --again                read also what is recorded already: after a change of \`job\` in a registration
  --dry-run              tell what would happen, write nothing
  --allow-mass-change    also where more than 20 cells and 2 % of them would change`

const options = {
  ...commonOptions,
  source: { type: 'string', multiple: true },
  overlap: { type: 'string' },
  since: { type: 'string' },
  again: { type: 'boolean' },
  ...recordingOptions,
} as const

const usualOverlapDays = 35
/** GitHub keeps runs for 400 days: nothing older can be read. */
const maximumOverlapDays = 400

/**
 * @param clientOf how to ask an API; the usual one where it is left out
 * @returns exit code: 0 everything was read, 1 problems
 */
export async function pull(args: readonly string[], world: World, clientOf = apiClient): Promise<number> {
  const { values } = parseArgs({ args: [...args], options })
  const since = sinceOf(values, world)
  const { catalog } = loadContent(values, world)
  const folder = contentFolder(values, world)
  const clock = asOf(values, world)
  const registrations = new Map([...catalog.source].map(([id, { data }]) => [id, data]))
  const ids = wantedOf(values.source && wordsOfList(values.source), registrations)
  const clients = clientsFor(new Set([...ids].map((id) => registrations.get(id)?.provider)), world, clientOf)

  // Until everything is read nothing is written: who interrupts it leaves the store as it was.
  const pulled = await pullSources(
    {
      registrations,
      words: new ArchitectureWords(catalog.architectures),
      projectOf: (id) => {
        const today = catalog.moved.get(id)?.data.movedTo ?? id
        return catalog.project.has(today) ? today : undefined
      },
      evidence: catalog.evidence,
      now: clock > world.now ? clock : world.now,
      since,
      again: values.again === true,
      progress: (text) => {
        if (world.isTerminal) world.tell(`\r${text.slice(0, 70).padEnd(70)}`)
      },
    },
    clients,
    ids,
  )
  if (world.isTerminal) world.tell(`\r${' '.repeat(70)}\r`)

  const { read, ignored, sources, calls, unfinished } = pulled
  const tally: Tally = { read, added: 0, duplicates: 0, ignored }
  const newcomers = new Newcomers(catalog.evidence)
  for (const evidence of pulled.evidence) {
    if (!newcomers.offer(evidence, evidence.link)) tally.duplicates += 1
  }
  const recorded = await recordNewcomers(newcomers, tally, {
    ...values,
    environment: world.environment,
    catalog,
    clock,
    contentFolder: folder,
    from: 'pull',
  })
  if (!values.json) {
    for (const summary of sources) world.answer(`${lineOf(summary)}\n`)
    if (unfinished > 0) world.answer(`${count(unfinished, 'run')} not finished: read the next time.\n`)
  }
  const named = pulled.problems.map((problem) => withPath(problem, folder, world))
  return answerTally(
    tally,
    { problems: [...named, ...recorded.problems], transitions: recorded.transitions },
    values,
    world,
    { sources, calls, unfinished },
  )
}

function sinceOf({ since, overlap }: { since?: string | undefined; overlap?: string | undefined }, world: World) {
  if (since !== undefined && overlap !== undefined) throw new CannotRun('Expected `--since` or `--overlap`, not both.')
  if (since !== undefined) {
    if (since.length !== 10 || !isRealDay(since)) {
      throw new CannotRun(`Unexpected day \`${since}\`, expected one such as \`2026-11-21\`.`)
    }
    return `${since}T00:00:00Z`
  }
  const days = overlap === undefined ? usualOverlapDays : /^\d{1,3}$/.test(overlap) ? Number(overlap) : 0
  if (days < 1 || days > maximumOverlapDays) {
    throw new CannotRun(
      `Unexpected overlap \`${overlap ?? ''}\`, expected a number of days up to ${maximumOverlapDays}.`,
    )
  }
  return toInstant(Date.parse(world.now) - days * 86_400_000)
}

/** Registrations that can be read: all of them, or those that are named. */
function wantedOf(
  named: readonly string[] | undefined,
  registrations: ReadonlyMap<string, { provider: string }>,
): ReadonlySet<string> {
  const readable = [...registrations].filter(([, { provider }]) => isPullProvider(provider)).map(([id]) => id)
  const providers = pullProviders.map((provider) => `\`${provider}\``).join(' or ')
  if (readable.length === 0) throw new CannotRun(`There is no registration of ${providers} in \`sources/\`.`)
  for (const id of named ?? []) {
    if (readable.includes(id)) continue
    const provider = registrations.get(id)?.provider
    throw new CannotRun(
      provider === undefined
        ? `Unexpected source \`${id}\`, expected one of ${readable.map((word) => `\`${word}\``).join(', ')}.`
        : `Unexpected source \`${id}\` of \`${provider}\`, expected one of ${providers}: others are not read, they send.`,
    )
  }
  return new Set(named ?? readable)
}

function clientsFor(providers: ReadonlySet<string | undefined>, world: World, clientOf: typeof apiClient): Clients {
  return new Map(
    pullProviders
      .filter((provider) => providers.has(provider))
      .map((provider) => {
        const { address, fault } = addressOf(provider, world.environment)
        if (!address) throw new CannotRun(fault)
        if (address.token === undefined) world.tell(`${withoutToken[provider]}\n`)
        return [provider, clientOf(address)] as const
      }),
  )
}

const withoutToken = {
  'github-actions': 'Without GITHUB_TOKEN, GitHub shows what is public, and answers 60 calls an hour.',
  gitlab: 'Without GITLAB_TOKEN, GitLab shows what is public, and answers less often.',
}

function lineOf({ source, runs, attempts, jobs, calls }: SourceSummary): string {
  return `${source}: ${count(runs, 'run')}, ${count(attempts, 'attempt')} read, ${count(jobs, 'job')}, ${count(calls, 'call')}.`
}

/** Problems of registrations name the file as it is seen from here. */
function withPath(problem: Problem, folder: string, world: World): Problem {
  const { place } = problem
  if (!place.file.startsWith('sources/')) return problem
  return { ...problem, place: { ...place, file: shownPath(`${folder}/${place.file}`, world) } }
}
