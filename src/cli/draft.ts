import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { withKey } from '#catalog/edit.ts'
import type { LocatedCatalog, LocatedEntry } from '#catalog/catalog.ts'
import { renderInline, renderMarkdown } from '#catalog/markdown.ts'
import { isRealDay } from '#domain/day.ts'
import type { Item } from '#domain/issue.ts'
import { serializeDraft } from '#feeds/draft.ts'
import { draftBuckets, viewDraft, type DraftView } from '#views/draft.ts'
import type { ViewContext } from '#views/context.ts'
import { publicIssues } from '#views/links.ts'
import { writeWhole } from '#store/whole-file.ts'
import { asOf, commonOptions, contentFolder, loadContent, shownPath, wordsOfList } from './options.ts'
import { count, serializeProblems, summarizeProblems } from './report.ts'
import { CannotRun, type World } from './world.ts'

export const draftHelp = `draft [--date DAY] [--author ID]… [--without ITEM]… [--again] [--dry-run] [--json] [--content DIR]
  Assembles the next issue as issues/NNNN.md, and prints it: what changed in the matrix since the last
  issue, the items that wait, each in its section, events to come, help wanted. The items become part of it.
  --date DAY      its day; without it, today
  --author ID     a person of people.yml; without it, the authors of the last issue, else the editors
  --without ITEM  leaves an item for a later issue
  --again         writes a draft that is there anew: what was changed in it by hand is lost`

interface Values {
  again?: boolean | undefined
  author?: string[] | undefined
  date?: string | undefined
  without?: string[] | undefined
}

/** @returns exit code: 0 drafted, 1 the content has problems or there is a draft already */
export function draft(args: readonly string[], world: World): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...commonOptions,
      again: { type: 'boolean' },
      author: { type: 'string', multiple: true },
      date: { type: 'string' },
      'dry-run': { type: 'boolean' },
      without: { type: 'string', multiple: true },
    },
  })
  if (positionals.length > 0)
    throw new CannotRun('`draft` takes options alone: the number of an issue follows from the last one.')
  const clock = asOf(values, world)
  const folder = contentFolder(values, world)
  const { catalog, problems } = loadContent(values, world)
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) {
    world.answer(serializeProblems(errors, values.json ? 'json' : 'text', !values.json && world.isTerminal))
    world.tell(`${summarizeProblems(errors)}: nothing was drafted.\n`)
    return 1
  }
  const earlier = draftIn(catalog)
  if (earlier && !values.again) {
    world.tell(
      `Issue ${earlier.data.number} is a draft: \`publish ${earlier.data.number}\` publishes it, \`draft --again\` writes it anew.\n`,
    )
    return 1
  }
  if (earlier) catalog.issue.delete(earlier.id)
  const items = chosenItems(catalog, earlier?.id, values)
  const context = plainContext(catalog, clock)
  const view = viewDraft(items, context)
  const text = serializeDraft(view, {
    date: dayOf(values.date, clock),
    authors: authorsOf(values, catalog, context),
    sections: new Map([...catalog.sections].map(([id, { name }]) => [id, name])),
  })
  const path = join(folder, 'issues', `${view.id}.md`)
  if (!earlier && existsSync(path)) throw new CannotRun(`There is a file \`${shownPath(path, world)}\` already.`)
  if (!values['dry-run']) write(path, text, items, view.id, folder)
  world.answer(values.json ? `${JSON.stringify(answerOf(view, shownPath(path, world)), null, 2)}\n` : text)
  world.tell(
    `${values['dry-run'] ? 'Would write' : 'Wrote'} ${shownPath(path, world)}: ${count(items.length, 'item')}, ${count(view.difference.cells.length, 'changed cell')}, ${count(view.events.length, 'event')}. \`publish ${view.number}\` publishes it.\n`,
  )
  return 0
}

function draftIn({ issue }: LocatedCatalog) {
  const newest = [...issue.values()].sort((a, b) => b.data.number - a.data.number)[0]
  return newest?.data.state === 'draft' ? newest : undefined
}

/** Items that wait, and those that the draft which is written anew had taken. */
function chosenItems(catalog: LocatedCatalog, earlier: string | undefined, values: Values): LocatedEntry<Item>[] {
  const without = wordsOfList(values.without ?? [])
  const unknown = without.find((id) => !catalog.item.has(id))
  if (unknown !== undefined) throw new CannotRun(`There is no item \`${unknown}\`.`)
  return [...catalog.item.values()].filter(
    ({ id, data }) => (data.issue === undefined || data.issue === earlier) && !without.includes(id),
  )
}

function dayOf(given: string | undefined, clock: string): string {
  const day = given ?? clock.slice(0, 10)
  if (day.length === 10 && isRealDay(day)) return day
  throw new CannotRun(`Unexpected day \`${day}\` for --date, expected one such as \`2026-11-21\`.`)
}

function authorsOf({ author }: Values, catalog: LocatedCatalog, context: ViewContext): string[] {
  const authors = (author && wordsOfList(author)) ?? publicIssues(context)[0]?.data.authors ?? catalog.site.editors
  const unknown = authors.find((id) => !catalog.people.has(id))
  if (unknown !== undefined) throw new CannotRun(`There is no person \`${unknown}\` in \`people.yml\`.`)
  if (authors.length === 0) {
    throw new CannotRun('Nobody is known as the author: name one with --author, or write `editors` into `site.yml`.')
  }
  return authors
}

/** First the issue, then its items: an item may only name an issue that is there. */
function write(path: string, text: string, items: readonly LocatedEntry<Item>[], issue: string, folder: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeWhole(path, text)
  for (const { file, data } of items) {
    if (data.issue === issue) continue
    const item = join(folder, file)
    writeWhole(item, withKey(readFileSync(item, 'utf8'), 'issue', `"${issue}"`))
  }
}

/** What the text of an issue is made with: addresses as content writes them. */
function plainContext(catalog: LocatedCatalog, clock: string): ViewContext {
  const addressOf = (path: string) => path
  return {
    catalog,
    asOf: clock,
    addressOf,
    absoluteAddressOf: addressOf,
    inline: (text) => renderInline(text, { addressOf }),
    markdown: (text, idPrefix = '') => renderMarkdown(text, { addressOf, idPrefix }),
  }
}

function answerOf(view: DraftView, file: string) {
  const { number, title, since, difference, items, events } = view
  return {
    file,
    number,
    title,
    since: since?.instant,
    items: items.map(({ id }) => id),
    newProjects: difference.newProjects,
    changes: Object.fromEntries(
      draftBuckets.map((bucket) => [
        bucket,
        difference.cells
          .filter(({ direction }) => direction === bucket)
          .map(({ project, architecture, from, to }) => ({
            project,
            architecture,
            from: { support: from.support, basis: from.basis },
            to: { support: to.support, basis: to.basis, link: to.link, reasons: to.reasons },
          })),
      ]),
    ),
    events: events.map(({ id }) => id),
  }
}
