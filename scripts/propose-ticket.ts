/**
 * `node scripts/propose-ticket.ts ANSWER --event EVENT`: commits the file that `from-ticket` made of a ticket to the
 * branch `ticket-<number>`, and pushes it. The second job of from-ticket.yml, which may write: it runs nothing but this
 * file, its neighbour and git, and believes neither what the first job answered nor what the ticket says.
 *
 * ANSWER           what `from-ticket --json` printed
 * --event EVENT    the event that names the ticket and its author
 */
import { lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { git, remoteGit } from './git-as-actions.ts'

const maximumBytes = 512 * 1024
const { values, positionals } = parseArgs({ allowPositionals: true, options: { event: { type: 'string' } } })
const [answerPath, ...more] = positionals
if (answerPath === undefined || more.length > 0 || values.event === undefined)
  fail('Expected an answer and --event.', 2)
if (git('status', '--porcelain', '--untracked-files=no') !== '') fail('There are changes that are not committed.', 2)

const { kind, file, text } = record(readJson(answerPath))
const issue = record(record(readJson(values.event)).issue)
const number = issue.number
if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1) fail('The event names no ticket.', 1)
if (typeof text !== 'string' || Buffer.byteLength(text) > maximumBytes)
  fail('The answer has no file, or too large a one.', 1)
// Ids are looked at, never joined: the path is one of these or none.
const isAllowed = typeof file === 'string' && /^content\/(projects|items)\/[a-z0-9][a-z0-9-]{0,63}\.md$/.test(file)
if (!isAllowed || kind !== kindOf(file)) fail('The answer names a file that no ticket makes.', 1)
const before = lstatSync(file, { throwIfNoEntry: false })
if (before && !before.isFile()) fail('There is something else than a file in its place.', 1)
if (before ? kind !== 'cell' : kind === 'cell')
  fail('A cell changes a file that is there; a project and an item are new.', 1)
mkdirSync(dirname(file), { recursive: true })
if (!lstatSync(dirname(file)).isDirectory()) fail('Its folder is none.', 1)
writeFileSync(file, text)

const credit = coAuthor(record(issue.user))
git('add', '--', file)
git(
  'commit',
  '--quiet',
  '--no-verify',
  `--message=Take in ticket ${number}`,
  ...(credit === undefined ? [] : [`--message=Co-authored-by: ${credit}`]),
)
try {
  // A branch that is there already is somebody's work: it is not moved.
  remoteGit('push', '--quiet', '--no-verify', 'origin', `HEAD:refs/heads/ticket-${number}`)
} catch {
  fail(
    `The branch \`ticket-${number}\` does not take the commit: remove it, where an earlier proposal is done with.`,
    1,
  )
}
process.stdout.write(`Pushed \`ticket-${number}\`.\n`)

/** A claim is added to a project's file, so `kind` says more than the folder. */
function kindOf(path: string): unknown {
  if (path.startsWith('content/items/')) return 'item'
  return kind === 'cell' ? 'cell' : 'project'
}

/** The address that GitHub gives every account; no other one is ever public by our doing. */
function coAuthor({ login, id }: Record<string, unknown>): string | undefined {
  if (typeof login !== 'string' || !/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?$/.test(login)) return undefined
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1) return undefined
  return `${login} <${id}+${login}@users.noreply.github.com>`
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    fail('What the first job answered, or the event, is no JSON.', 1)
  }
}

function record(value: unknown): Record<string, unknown> {
  // Any object that is no list can be asked for keys.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

function fail(why: string, code: 1 | 2): never {
  process.stderr.write(`${why}\n`)
  process.exit(code)
}
