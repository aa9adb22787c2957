/**
 * What a change takes away without saying so: files, claims, evidence, addresses, published ids. Content is what others
 * have sent and link to; nothing of it goes by mistake.
 */
import { oldAddressesOf, successorOf } from '#domain/old-addresses.ts'
import { compareText, type Problem } from '#domain/problem.ts'
import type { Project } from '#domain/project.ts'
import { groupOfSupport } from '#domain/status-words.ts'
import { idsLockFile } from '#domain/published.ts'
import type { LocatedEntry } from './catalog.ts'
import type { ContentState } from './content-state.ts'
import { whoSaid, type Loss, type SaidRemoval, type WhoSaid } from './loss.ts'
import { lostAddresses } from './lost-addresses.ts'
import { lostClaims } from './lost-claims.ts'
import { lostEvidence } from './lost-evidence.ts'
import { shorten, unexpected } from './problems.ts'

/** @returns what is gone, said or not, by file; files are named from the content folder */
export function lossesOf(before: ContentState, after: ContentState, said: readonly SaidRemoval[]): Loss[] {
  const by = whoSaid(said)
  const led = new Map(oldAddressesOf(after.catalog).map(({ from, to }) => [from, to]))
  return [
    ...lostFiles(before, after, led, by),
    ...[...before.catalog.project.values()].flatMap((project) => lossesOfProject(project, before, after, led, by)),
    ...lostEvidence(before.records, after.records, by),
    ...lostAddresses(before, after, by),
    ...lostLines(before, after, by),
  ].sort((a, b) => compareText(a.problem.place.file, b.problem.place.file))
}

/** Where old addresses lead. */
type Led = ReadonlyMap<string, string>

function lostFiles(before: ContentState, after: ContentState, led: Led, by: WhoSaid): Loss[] {
  const hasMoved = (file: string) => {
    const address = addressOfFile(file) ?? ''
    const to = successorOf(address, led.get(address) ?? '')
    if (to === undefined || mergedInto(projectOfFile(file), before, led) !== undefined) return false
    if (file.startsWith('issues/')) return after.catalog.issue.get(file.slice(7, -3))?.data.state === 'published'
    return after.files.has(`${to.slice(1, -1)}.md`)
  }
  return [...before.files]
    .filter((file) => !after.files.has(file) && !hasMoved(file))
    .map((file) => lossOfFile(file, before, led, by))
}

function lossOfFile(file: string, before: ContentState, led: Led, by: WhoSaid): Loss {
  const other = mergedInto(projectOfFile(file), before, led)
  return {
    what: whatIsGone(file, before),
    by: by(file),
    problem: unexpected(
      'file-removed',
      { file, line: 1, column: 1 },
      'removal of',
      file,
      `${whyItStays(file, before)}${other === undefined ? '' : `; it now leads to \`${other}\`, which was there before`}`,
      `restore it; ${wayOut(file)}to remove it all the same, say so in the message of the commit: \`removes: ${file}\` (every file by its name, no folder)`,
    ),
  }
}

/**
 * The project to which one leads now, where both were there: two became one, and what was known of the one is gone.
 * A new name is one that nobody had.
 */
function mergedInto(project: string, { files, catalog }: ContentState, led: Led): string | undefined {
  const other = projectAt(successorOf(`/projects/${project}/`, led.get(`/projects/${project}/`) ?? '') ?? '')
  return other !== undefined && files.has(`projects/${other}.md`) && !catalog.moved.has(other) ? other : undefined
}

function whatIsGone(file: string, { catalog }: ContentState): string {
  const claims = catalog.project.get(projectOfFile(file))?.data.claims.length ?? 0
  return `file \`${shorten(file, 120)}\`${claims > 0 ? ` with ${claims} claim${claims === 1 ? '' : 's'}` : ''}`
}

/** @returns no id where it is no file of a project */
function projectOfFile(file: string): string {
  return /^projects\/([^/]+)\.md$/.exec(file)?.[1] ?? ''
}

/** The page that a file is, where it is one. */
function addressOfFile(file: string): string | undefined {
  const [folder = '', name = ''] = file.split('/')
  return ['projects', 'recipes', 'notes', 'issues'].includes(folder)
    ? `/${folder}/${name.replace(/\.md$/, '')}/`
    : undefined
}

function projectAt(address: string): string | undefined {
  return /^\/projects\/([^/]+)\/$/.exec(address)?.[1]
}

function whyItStays(file: string, { catalog }: ContentState): string {
  const project = catalog.project.get(projectOfFile(file))
  if (!project) return 'a file that stays: readers and other files know it by its name'
  const negatives = project.data.claims.filter(({ support }) => groupOfSupport[support] === 'no').length
  const claims = project.data.claims.length
  const what = [
    ...(claims > 0 ? [`${claims} claim${claims === 1 ? '' : 's'}`] : []),
    ...(negatives > 0
      ? [`of which ${negatives} tell${negatives === 1 ? 's' : ''} what was tried and does not work`]
      : []),
  ]
  return `a project that stays: its page, its feeds and its badges are known${what.length > 0 ? `, and it has ${what.join(', ')}` : ''}`
}

function wayOut(file: string): string {
  const address = addressOfFile(file)
  if (file.startsWith('projects/'))
    return 'where the project has another name now, leave `movedTo: new-id` alone in it (`rename project` does it); '
  return address === undefined || file.startsWith('issues/')
    ? ''
    : `where it has another name now, add \`redirects: {${address}: /…/}\` to \`site.yml\`; `
}

function lossesOfProject(
  project: LocatedEntry<Project>,
  before: ContentState,
  { catalog, files }: ContentState,
  led: Led,
  by: WhoSaid,
): Loss[] {
  const id = catalog.project.has(project.id) ? project.id : (projectAt(led.get(`/projects/${project.id}/`) ?? '') ?? '')
  const now = catalog.project.get(id)
  // What a file says that has problems of its own, or is gone, is told elsewhere.
  if (!now) return []
  const other = id === project.id ? undefined : mergedInto(project.id, before, led)
  if (other === undefined) return lostClaims(project, now, catalog, by(project.file) ?? by(now.file))
  if (!files.has(project.file)) return []
  const claims = lostClaims(project, now, catalog, by(project.file), project.file).map((loss) => ({
    ...loss,
    problem: withReason(loss.problem, `\`${project.id}\` now leads to \`${other}\`, which was there before`),
  }))
  return claims.length > 0 ? claims : [lossOfFile(project.file, before, led, by)]
}

function withReason(problem: Problem, why: string): Problem {
  return {
    ...problem,
    reason: `${problem.reason.replace(/\.$/, '')}; ${why}.`,
    expected: `${problem.expected}; ${why}`,
  }
}

function lostLines(before: ContentState, after: ContentState, by: WhoSaid): Loss[] {
  const kept = new Set(after.locked)
  const lost = before.locked.filter((line) => !kept.has(line))
  const [first = '', ...more] = lost
  if (lost.length === 0) return []
  return [
    {
      what: `${lost.length} line${lost.length === 1 ? '' : 's'} of \`${idsLockFile}\``,
      by: by(idsLockFile),
      problem: unexpected(
        'lock-line-removed',
        { file: idsLockFile, line: 1, column: 1 },
        'removal of line',
        `${first}${more.length > 0 ? ` and ${more.length} more` : ''}`,
        'every line that was there: readers and programs know what was published by its id',
        `restore the lines from the history of the file; to let the ids go, say so in the message of the commit: \`removes: ${idsLockFile}\``,
      ),
    },
  ]
}
