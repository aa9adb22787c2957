/** The second half of an import: what was read becomes the text of a file. */
import { Issue } from '#domain/issue.ts'
import { toString } from 'mdast-util-to-string'
import { maximumFileBytes } from '#catalog/read.ts'
import type { YamlValue } from '#catalog/yaml.ts'
import { accountForWords, type WordTally } from './account.ts'
import type { Authors } from './authors.ts'
import { restoreFootnotes } from './footnotes.ts'
import { levelHeadings, tellLikelyHeadings } from './headings.ts'
import { nameSections } from './name-sections.ts'
import type { ImportOptions } from './import-issues.ts'
import { readKeys, type KeptKeys } from './issue-keys.ts'
import { tellNumbers } from './lists.ts'
import { repairLinks } from './links.ts'
import { removeEmpty } from './empty-nodes.ts'
import { moveSpacesOut } from './marked-spaces.ts'
import type { OldIssue } from './old-issue.ts'
import type { OwnSite } from './own-site.ts'
import { linkedProjects, tellNamedProjects } from './projects.ts'
import { quoted } from './report.ts'
import { serializeBody, serializeFrontMatter, type FrontMatter } from './serialize.ts'
import { deriveSummary } from './summary.ts'

export interface FinishedIssue {
  /** Its path in the content folder. */
  file: string
  /** Where it came from. */
  source: string
  number: number
  title: string
  date: string
  authors: string[]
  state: string
  sections: string[]
  projects: string[]
  words: WordTally
  /** The file, whole. */
  text: string
}

/** Undefined where something is missing without which there is no issue; then the report says so. */
export function finishIssue(
  issue: OldIssue,
  authors: Authors,
  site: OwnSite,
  { state: saidState, base }: ImportOptions,
): FinishedIssue | undefined {
  const { facts, tree, text, report, place, metadata } = issue
  const { number = 0, title, date } = facts
  if (!checkNeeded(issue, authors)) return undefined
  const kept = readKeys(metadata, site.claimAddress, report)

  removeEmpty(tree)
  tellLikelyHeadings(tree, text, report)
  levelHeadings(tree, text, report)
  repairLinks(tree, { text, report, base: baseOf(kept, base), isOwnPage: site.isOwnPage })
  moveSpacesOut(tree)
  removeEmpty(tree)
  restoreFootnotes(tree, text, report)
  tellNumbers(tree, text, report)
  const { sections } = nameSections(tree, site.catalog.sections, text, report)
  const projects = projectsOf(issue, kept, site)
  const summary = kept.summary ?? tellSummary(issue)
  const state = stateOf(issue, kept, saidState)

  const data: FrontMatter = {
    number: String(number),
    title,
    date: date ?? '',
    authors: authors.ids,
    summary: summary === '' ? title : summary,
    state,
    ...list('sections', sections),
    ...list('projects', projects),
    ...kept.own,
    ...list('aliases', kept.aliases),
  }
  const body = serializeBody(tree)
  const inOrder = Object.keys(Issue.shape).flatMap((key) =>
    data[key] === undefined ? [] : [[key, data[key]] as const],
  )
  const output = `---\n${serializeFrontMatter(Object.fromEntries(inOrder))}---\n\n${body}`
  const size = Buffer.byteLength(output)
  if (size > maximumFileBytes) {
    const expected = `at most ${maximumFileBytes} bytes`
    report.refuse('import-too-large', place, {
      reason: `The issue would have ${size} bytes, expected ${expected}: no page, feed or mail could carry it`,
      expected,
      actual: `${size} bytes`,
      fix: 'divide it, or take long listings out of it',
    })
    return undefined
  }
  for (const { id, name, place: at } of authors.newcomers) {
    report.refuse('unknown-person', at, {
      reason: `Unexpected author ${quoted(name)}, expected somebody whom \`people.yml\` names; the issue has the id \`${id}\``,
      expected: 'a key of `people.yml`',
      actual: name,
      fix: `add \`${id}: {name: ${name}}\` to \`people.yml\`, or import again with \`--add-people\``,
    })
  }
  const words = accountForWords(
    issue,
    body,
    [title, kept.summary ?? '', ...kept.aliases, serializeFrontMatter(kept.own as FrontMatter)],
    kept.understood,
  )
  return {
    file: `issues/${String(number).padStart(4, '0')}.md`,
    source: `${place.file}:${place.line}`,
    number,
    title,
    date: date ?? '',
    authors: authors.ids,
    state,
    sections,
    projects,
    words,
    text: output,
  }
}

/** An issue needs its date and an author; both can be said on the command line. */
function checkNeeded({ facts: { date }, report, place }: OldIssue, authors: Authors): boolean {
  const lacks = (key: string, option: string) => {
    report.refuse('missing-key', place, {
      reason: `Missing key \`${key}\` of the issue that begins here, expected it in the front matter; neither the title nor the name of the file nor another issue tells it`,
      expected: `a key \`${key}\``,
      actual: '',
      fix: `write \`${key}\` into the front matter, or import with \`${option}\``,
    })
  }
  if (date === undefined) lacks('date', '--date DAY')
  if (authors.ids.length === 0) lacks('authors', '--author NAME')
  return date !== undefined && authors.ids.length > 0
}

/** Relative addresses go on from the page's own address, where it is known. */
function baseOf({ address, aliases }: KeptKeys, base: string | undefined): string | undefined {
  if (address !== undefined) return address
  return base === undefined ? undefined : (URL.parse(aliases[0] ?? '', base)?.href ?? base)
}

function projectsOf({ tree, text, report }: OldIssue, { own }: KeptKeys, { projects, catalog }: OwnSite): string[] {
  // What an editor listed is complete.
  if (Array.isArray(own.projects)) return own.projects.filter((id): id is string => typeof id === 'string')
  const linked = linkedProjects(tree, projects, (id) => catalog.project.has(id))
  tellNamedProjects(tree, projects, linked, text, report)
  return linked
}

function tellSummary({ tree, text, report, place, facts }: OldIssue): string {
  const derived = deriveSummary(tree)
  const summary = derived?.summary ?? facts.title
  report.guess('summary-derived', derived ? text.placeOfNode(derived.paragraph) : place, {
    actual: derived ? toString(derived.paragraph) : facts.title,
    guessed: summary,
    from: derived ? 'the introduction' : 'the title',
    reason: `The issue has no summary; ${quoted(summary, 120)} was taken from ${derived ? 'its introduction' : 'its title'}`,
    expected: 'a key `summary`',
    fix: 'say in `summary` what is new in this issue',
  })
  return summary
}

/** A draft stays one, whatever the command says. */
function stateOf(
  { report, place, metadata }: OldIssue,
  { isDraft, state }: KeptKeys,
  said: ImportOptions['state'],
): string {
  const wanted = isDraft && said === 'published' ? (state === 'withdrawn' ? 'withdrawn' : 'draft') : (said ?? 'draft')
  const typed = state === 'publish' ? 'published' : (state ?? (isDraft ? 'draft' : undefined))
  if (typed !== undefined && typed !== (said ?? wanted)) {
    report.guess('state-changed', metadata.get('state')?.place ?? metadata.get('draft')?.place ?? place, {
      actual: typed,
      guessed: wanted,
      reason: `The front matter says ${quoted(typed)}; the state is \`${wanted}\``,
      expected: 'a state that an editor chose',
      fix: 'correct `state` when the issue is ready',
    })
  }
  return wanted
}

function list(key: string, values: readonly string[]): Record<string, YamlValue> {
  return values.length === 0 ? {} : { [key]: [...values] }
}
