/**
 * What a change takes away without saying so: files, claims, evidence, addresses, published ids. Content is what others
 * have sent and link to; nothing of it goes by mistake.
 */
import { oldAddressesOf } from '#domain/old-addresses.ts'
import { inReadingOrder, type Problem } from '#domain/problem.ts'
import type { Project } from '#domain/project.ts'
import { groupOfSupport } from '#domain/status-words.ts'
import { idsLockFile } from '#domain/published.ts'
import type { LocatedEntry } from './catalog.ts'
import type { ContentState } from './content-state.ts'
import { lostAddresses } from './lost-addresses.ts'
import { lostClaims } from './lost-claims.ts'
import { lostEvidence } from './lost-evidence.ts'
import { unexpected } from './problems.ts'

/**
 * @param said paths inside the content folder of which was said that something is removed there; one that ends in a
 *             slash means everything below it
 * @returns problems in reading order; files are named from the content folder
 */
export function lossesOf(before: ContentState, after: ContentState, said: readonly string[]): Problem[] {
  const isSaid = (file: string) => said.some((path) => (path.endsWith('/') ? file.startsWith(path) : file === path))
  const led = new Map(oldAddressesOf(after.catalog).map(({ from, to }) => [from, to]))
  return inReadingOrder([
    ...lostFiles(before, after, led, isSaid),
    ...[...before.catalog.project.values()].flatMap((project) => claimsOf(project, after, led, isSaid)),
    ...lostEvidence(before.records, after.records, isSaid),
    ...lostAddresses(before, after, isSaid),
    ...lostLines(before, after, isSaid),
  ])
}

/** Where old addresses lead. */
type Led = ReadonlyMap<string, string>

function lostFiles(before: ContentState, after: ContentState, led: Led, isSaid: (file: string) => boolean): Problem[] {
  const hasMoved = (file: string) => {
    const to = led.get(addressOfFile(file) ?? '')
    // The claims of a project have to be somewhere, so it can only become a project.
    return to !== undefined && (!file.startsWith('projects/') || after.files.has(`projects/${projectAt(to) ?? ''}.md`))
  }
  return [...before.files]
    .filter((file) => !after.files.has(file) && !isSaid(file) && !hasMoved(file))
    .map((file) =>
      unexpected(
        'file-removed',
        { file, line: 1, column: 1 },
        'removal of',
        file,
        whyItStays(file, before),
        `restore it; ${wayOut(file)}to remove it all the same, say so in the message of the commit: \`removes: ${file}\``,
      ),
    )
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
  const project = file.startsWith('projects/') ? catalog.project.get(file.slice(9, -3)) : undefined
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

function claimsOf(
  project: LocatedEntry<Project>,
  { catalog }: ContentState,
  led: Led,
  isSaid: (file: string) => boolean,
): Problem[] {
  const id = catalog.project.has(project.id) ? project.id : (projectAt(led.get(`/projects/${project.id}/`) ?? '') ?? '')
  const now = catalog.project.get(id)
  // What a file says that has problems of its own, or is gone, is told elsewhere.
  if (!now || isSaid(project.file) || isSaid(now.file)) return []
  return lostClaims(project, now, catalog)
}

function lostLines(before: ContentState, after: ContentState, isSaid: (file: string) => boolean): Problem[] {
  const kept = new Set(after.locked)
  const lost = before.locked.filter((line) => !kept.has(line))
  const [first = '', ...more] = lost
  if (lost.length === 0 || isSaid(idsLockFile)) return []
  return [
    unexpected(
      'lock-line-removed',
      { file: idsLockFile, line: 1, column: 1 },
      'removal of line',
      `${first}${more.length > 0 ? ` and ${more.length} more` : ''}`,
      'every line that was there: readers and programs know what was published by its id',
      `restore the lines from the history of the file; to let the ids go, say so in the message of the commit: \`removes: ${idsLockFile}\``,
    ),
  ]
}
