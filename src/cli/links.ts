import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readLedger, webLinksOf } from '#catalog/ledger.ts'
import { linksToUnpublished } from '#catalog/unpublished-links.ts'
import { afterCheck, deadLinkOf, linkLedgerFile, serializeLedger, type LedgerLine } from '#domain/link-ledger.ts'
import { compareText, inReadingOrder, type Problem } from '#domain/problem.ts'
import { archivedCopyOf, waybackAddress } from '#hooks/archived-copy.ts'
import { askForPage, type LinkCheckSettings } from '#hooks/link-check.ts'
import { writeWhole } from '#store/whole-file.ts'
import {
  asOf,
  commonOptions,
  contentFolder,
  loadContent,
  publishedAddresses,
  shownPath,
  withShownFiles,
} from './options.ts'
import { count, serializeProblems, summarizeProblems } from './report.ts'
import { CannotRun, type World } from './world.ts'

export const linksHelp = `links [--external] [--limit NUMBER] [--every DAYS] [--json] [--content DIR]
  The links of the content: those to pages of ours that lead nowhere are problems.
  --external      also asks for links to other sites, those first that were not asked for longest, and keeps
                  in links.jsonl what came of it; a dead link gets its archived copy. It is never a problem
  --limit NUMBER  how many it asks for (500)
  --every DAYS    leaves out what was asked for in so many days (7)`

/** What is wrong about a link to a page of this site. */
const codesOfLinks =
  /^(?:unknown-(?:page|anchor|project|architecture|category|issue|section|recipe|note|event|hardware)|bad-link)$/

/** @returns exit code: 0 every link of ours leads somewhere, 1 one does not; links to other sites decide nothing */
export async function links(args: readonly string[], world: World): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...commonOptions,
      external: { type: 'boolean' },
      limit: { type: 'string', default: '500' },
      every: { type: 'string', default: '7' },
    },
  })
  if (positionals.length > 0) throw new CannotRun('`links` looks at the whole content; `check FILE` at one file.')
  const clock = asOf(values, world)
  const today = clock.slice(0, 10)
  const loaded = loadContent(values, world)
  const folder = contentFolder(values, world)
  const path = join(folder, linkLedgerFile)
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const ledger = readLedger({ path: linkLedgerFile, text }, [])
  const wanted = webLinksOf(loaded.catalog)
  // What nothing links to any more is nobody's business.
  const lines = new Map([...ledger].filter(([link]) => wanted.has(link)))
  let asked: string[] = []
  if (values.external === true) {
    const limits = { limit: numberOf(values.limit, 'limit'), every: numberOf(values.every, 'every') }
    asked = dueLinks(wanted.keys(), lines, today, limits)
    const userAgent = `works-on-arm-links (+${publishedAddresses(loaded.catalog.site, world)('/')})`
    await checkAll(asked, lines, { today, wanted, userAgent }, world)
    const next = serializeLedger(lines.values())
    if (next !== text) writeWhole(path, next)
  }
  const ofClock = withShownFiles(linksToUnpublished(loaded.catalog, clock), folder, world)
  const problems = inReadingOrder([...loaded.problems.filter(({ code }) => codesOfLinks.test(code)), ...ofClock])
  answer(problems, lines, { isJson: values.json === true, links: wanted.size, asked: asked.length }, world)
  if (values.external === true) world.tell(`Kept in ${shownPath(path, world)}.\n`)
  return problems.some(({ severity }) => severity === 'error') ? 1 : 0
}

function dueLinks(
  links: Iterable<string>,
  lines: ReadonlyMap<string, LedgerLine>,
  today: string,
  { limit, every }: { limit: number; every: number },
): string[] {
  const due = new Date(Date.parse(`${today}T00:00:00Z`) - every * 86_400_000).toISOString().slice(0, 10)
  const lastAsked = (link: string) => lines.get(link)?.checkedOn ?? ''
  return [...links]
    .filter((link) => lastAsked(link) <= due || lastAsked(link) === '')
    .sort((a, b) => compareText(lastAsked(a), lastAsked(b)) || compareText(a, b))
    .slice(0, limit)
}

const hostsAtOnce = 8

interface Round {
  today: string
  wanted: ReadonlyMap<string, string | undefined>
  userAgent: string
}

/** Several hosts at once, each of them one link after the other. */
async function checkAll(
  asked: readonly string[],
  lines: Map<string, LedgerLine>,
  { today, wanted, userAgent }: Round,
  world: World,
): Promise<void> {
  const { LINKS_ALLOW_PRIVATE, WAYBACK_API_URL, LINKS_PAUSE_MS } = world.environment
  const settings: LinkCheckSettings = {
    userAgent,
    timeoutMilliseconds: 20_000,
    mayAskPrivate: LINKS_ALLOW_PRIVATE === '1',
  }
  const pause = Number(LINKS_PAUSE_MS ?? 1000)
  const queues = [...Map.groupBy(asked, (link) => URL.parse(link)?.host ?? '').values()]
  let done = 0
  const work = async () => {
    for (let queue = queues.shift(); queue !== undefined; queue = queues.shift()) {
      for (const [index, link] of queue.entries()) {
        if (index > 0) await new Promise((resolve) => setTimeout(resolve, pause))
        let line = afterCheck(lines.get(link), link, await askForPage(link, settings), today)
        if (line.failures !== undefined && line.archived === undefined) {
          const api = WAYBACK_API_URL || waybackAddress
          const archived = await archivedCopyOf(link, wanted.get(link), { ...settings, api })
          if (archived !== undefined) line = { ...line, archived }
        }
        lines.set(link, line)
        done += 1
        if (world.isTerminal) world.tell(`\r${done} of ${asked.length}`)
      }
    }
  }
  await Promise.all(Array.from({ length: hostsAtOnce }, work))
  if (world.isTerminal && done > 0) world.tell('\n')
}

function answer(
  problems: readonly Problem[],
  lines: ReadonlyMap<string, LedgerLine>,
  { isJson, links: total, asked }: { isJson: boolean; links: number; asked: number },
  world: World,
): void {
  const failing = [...lines.values()].filter(({ failures }) => failures !== undefined)
  const dead = failing.filter((line) => deadLinkOf(line) !== undefined)
  if (isJson) {
    world.answer(`${JSON.stringify({ problems, external: { links: total, asked, failing } }, null, 2)}\n`)
    return
  }
  world.answer(serializeProblems(problems, 'text', world.isTerminal))
  for (const { link, failures = 0, failingSince = '', why = '', archived } of failing) {
    const copy = archived === undefined ? '' : `\n  archived: ${archived}`
    world.answer(`${link}\n  ${why}, on ${count(failures, 'day')} since ${failingSince}${copy}\n`)
  }
  const inner = problems.length > 0 ? summarizeProblems(problems) : 'Every link to a page of ours leads somewhere'
  world.tell(
    `${inner}. Links to other sites: ${total}, ${asked} asked for now, ${lines.size - failing.length} there, ${failing.length - dead.length} failing, ${dead.length} dead, ${total - lines.size} never asked for.\n`,
  )
}

function numberOf(word: string, option: string): number {
  if (/^\d{1,6}$/.test(word)) return Number(word)
  throw new CannotRun(`Unexpected \`${word}\` for --${option}, expected a whole number.`)
}
