import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { LocatedCatalog } from '#catalog/catalog.ts'
import { problemsBetween } from '#catalog/state-problems.ts'
import { differenceOfContents } from '#views/content-difference.ts'
import { compareStates } from './compared-states.ts'
import { jsonOfDifference } from './diff-json.ts'
import { markdownOfDifference } from './diff-markdown.ts'
import { textOfDifference } from './diff-text.ts'
import { countOfCells, isNoDifference, pageChanges, type Difference } from './difference.ts'
import { asOf, commonOptions, contentFolder, publishedAddresses, shownPath, withShownFiles } from './options.ts'
import { count, summarizeProblems } from './report.ts'
import { CannotRun, type World } from './world.ts'

export const diffHelp = `diff REF [--head REF] [--removes PATH] [--format text|markdown|json] [--content DIR]
  What the content changes since a branch or commit: cells, pages, evidence, news, registrations,
  problems; and what was said to be removed.
  --head REF      compare the content of this commit, which is read and never checked out; else the folder as it is
  --removes PATH  say that claims, records or ids of this file of the content may go; may be given again`

const formats = ['text', 'markdown', 'json'] as const

/** @returns exit code: 0 told, 1 it adds errors */
export function diff(args: readonly string[], world: World): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...commonOptions,
      format: { type: 'string' },
      head: { type: 'string' },
      removes: { type: 'string', multiple: true },
    },
  })
  const [since, ...more] = positionals
  if (since === undefined || more.length > 0) throw new CannotRun('Expected one branch or commit: `diff origin/main`.')
  const format = formats.find((name) => name === (values.json ? 'json' : (values.format ?? 'text')))
  if (format === undefined) {
    const known = formats.map((name) => `\`${name}\``).join(', ')
    throw new CannotRun(`Unexpected format \`${values.format ?? ''}\`, expected one of ${known}.`)
  }
  const folder = contentFolder(values, world)
  const clock = asOf(values, world)
  const { head, removes } = values
  const { before, after, said, ...commits } = compareStates({ folder, since, head, removes, clock }, world)
  const { added, mended, removed } = problemsBetween(before, after, said)
  const errors = after.problems.filter(({ severity }) => severity === 'error')
  const faulty = new Set(errors.map(({ place }) => place.file).filter((file) => after.files.has(file)))
  const difference: Difference = {
    ...commits,
    ...differenceOfContents(before.catalog, after.catalog, clock, (file) => faulty.has(file)),
    added: withShownFiles(added, folder, world),
    mended: withShownFiles(mended, folder, world),
    removed: removed.map(({ what, by = '', problem }) => ({
      what,
      by,
      file: shownPath(join(folder, problem.place.file), world),
    })),
    addressOf: addressesOf(after.catalog, world),
  }
  switch (format) {
    case 'json':
      world.answer(jsonOfDifference(difference))
      break
    case 'markdown':
      world.answer(markdownOfDifference(difference))
      break
    case 'text':
      world.answer(textOfDifference(difference, world.isTerminal))
      break
    default:
      format satisfies never
  }
  world.tell(`${summaryOf(difference)}\n`)
  return added.some(({ severity }) => severity === 'error') ? 1 : 0
}

/** A site without an address of its own has paths. */
function addressesOf(catalog: LocatedCatalog, world: World): (path: string) => string {
  const hasAddress = world.environment.SITE_URL !== undefined || catalog.site.url !== undefined
  return hasAddress ? publishedAddresses(catalog.site, world) : (path) => path
}

function summaryOf(difference: Difference): string {
  const { base, pages, added, removed, items, registrations, evidence } = difference
  const since = `Since ${base.slice(0, 12)}`
  if (isNoDifference(difference)) return `${since}: nothing changes.`
  const number = pageChanges.reduce((sum, kind) => sum + pages[kind].length, 0)
  const problems = added.length === 0 ? '' : `; added: ${summarizeProblems(added)}`
  const records = evidence.records.reduce((sum, { count }) => sum + count, 0)
  const more = [
    [records, 'record'],
    [items.length, 'news item'],
    [registrations.length, 'registration'],
  ] as const
  const others = more.map(([number, noun]) => (number === 0 ? '' : `, ${count(number, noun)}`)).join('')
  const gone = removed.length === 0 ? '' : `, ${count(removed.length, 'removal')} that somebody's word excuses`
  return `${since}: ${count(countOfCells(difference), 'cell')}, ${count(number, 'page')}${others}${gone}${problems}.`
}
