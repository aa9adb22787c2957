import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { LocatedCatalog } from '#catalog/catalog.ts'
import { withKey } from '#catalog/edit.ts'
import { publishedLinesOf, readPublished } from '#catalog/published.ts'
import { isPublic } from '#domain/issue.ts'
import { idsLockFile, serializePublished, serializePublishedLine, type PublishedLine } from '#domain/published.ts'
import { writeWhole } from '#store/whole-file.ts'
import { asOf, commonOptions, contentFolder, loadContent, publishedAddresses, shownPath } from './options.ts'
import { count, serializeProblems, summarizeProblems } from './report.ts'
import { CannotRun, type World } from './world.ts'

export const publishHelp = `publish NUMBER [--dry-run] [--json] [--content DIR]
  Publishes an issue: sets its state, and freezes its ids and anchors in ids.lock, which every check
  holds against the content. Done again, it freezes what is new.`

/** @returns exit code: 0 published, 1 the content has problems */
export function publish(args: readonly string[], world: World): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...commonOptions, 'dry-run': { type: 'boolean' } },
  })
  const [word, ...others] = positionals
  if (word === undefined || others.length > 0) throw new CannotRun('Expected the number of one issue: `publish 4`.')
  const clock = asOf(values, world)
  const loaded = loadContent(values, world)
  const { catalog, problems } = loaded
  const issue = issueOf(word, catalog)
  const { state } = issue.data
  if (state === 'withdrawn') {
    throw new CannotRun(
      `Issue ${issue.data.number} was withdrawn: \`state: draft\` in its file makes it a draft again.`,
    )
  }
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) {
    world.answer(serializeProblems(errors, values.json ? 'json' : 'text', !values.json && world.isTerminal))
    world.tell(`${summarizeProblems(errors)}: nothing was published.\n`)
    return 1
  }

  const folder = contentFolder(values, world)
  const lockPath = join(folder, idsLockFile)
  const locked = existsSync(lockPath)
    ? readPublished({ path: idsLockFile, text: readFileSync(lockPath, 'utf8') }, []).map(({ line }) => line)
    : []
  const lines = publishedLinesOf(issue, catalog)
  const known = new Set(locked.map(serializePublishedLine))
  const frozen = lines.filter((line) => !known.has(serializePublishedLine(line)))
  if (!values['dry-run']) {
    // Somebody who stops between the two has an issue that `check` asks to be frozen.
    if (state !== 'published') {
      const path = join(folder, issue.file)
      writeWhole(path, withKey(readFileSync(path, 'utf8'), 'state', 'published'))
    }
    if (frozen.length > 0) writeWhole(lockPath, serializePublished([...locked, ...lines]))
  }
  const isOut = isPublic({ ...issue.data, state: 'published' }, clock)
  const address = publishedAddresses(loaded.catalog.site, world)(`/issues/${issue.id}/`)
  if (values.json) {
    world.answer(
      `${JSON.stringify({ file: shownPath(join(folder, issue.file), world), number: issue.data.number, address, public: isOut, frozen: frozen.map(serializePublishedLine) }, null, 2)}\n`,
    )
    return 0
  }
  world.answer(`${address}\n`)
  const from = isOut ? 'the next build shows it' : `public from ${issue.data.publishAt ?? issue.data.date} on`
  const verb = values['dry-run'] ? 'would be frozen' : 'frozen'
  world.tell(`Issue ${issue.data.number} (${from}): ${frozenInWords(frozen)} ${verb} in ${idsLockFile}.\n`)
  return 0
}

export function issueOf(word: string, { issue }: Pick<LocatedCatalog, 'issue'>) {
  const found = /^\d{1,9}$/.test(word) ? issue.get(word.padStart(4, '0')) : undefined
  if (found) return found
  const numbers = [...issue.values()].map(({ data }) => data.number).sort((a, b) => b - a)
  const has = numbers.length === 0 ? 'there is none yet' : `the newest are ${numbers.slice(0, 3).join(', ')}`
  throw new CannotRun(`There is no valid issue \`${word}\` (${has}); \`check\` tells what is wrong with a file.`)
}

function frozenInWords(lines: readonly PublishedLine[]): string {
  const kinds = { issue: 'issue', anchor: 'anchor', item: 'item' } as const
  const parts = (Object.keys(kinds) as (keyof typeof kinds)[])
    .map((kind) => ({ kind, number: lines.filter((line) => line.kind === kind).length }))
    .filter(({ number }) => number > 0)
    .map(({ kind, number }) => count(number, kinds[kind]))
  return parts.length === 0 ? 'nothing new' : parts.join(', ')
}
