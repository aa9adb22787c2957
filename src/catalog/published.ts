/** `ids.lock`: whether everything that was published is still where readers know it. */
import type { Issue } from '#domain/issue.ts'
import type { Place, Problem } from '#domain/problem.ts'
import {
  idsLockFile,
  isSilentLine,
  parsePublishedLine,
  serializePublishedLine,
  type PublishedLine,
} from '#domain/published.ts'
import type { LocatedCatalog, LocatedEntry } from './catalog.ts'
import { headingsOf } from './headings.ts'
import { didYouMean, unexpected } from './problems.ts'
import type { Kind } from './kinds.ts'
import type { ContentFile } from './read.ts'
import { placeOfValue } from './validate.ts'
import { parsePositionedYaml } from './yaml.ts'

interface Known {
  catalog: LocatedCatalog
  /** A file that has problems of its own is there all the same. */
  hasFile: (kind: Kind, id: string) => boolean
}

interface LockedLine {
  line: PublishedLine
  place: Place
}

/** What an issue and its items make known once they are public. */
export function publishedLinesOf(issue: LocatedEntry<Issue>, catalog: LocatedCatalog): PublishedLine[] {
  const { tagAuthority } = catalog.site
  const items = [...catalog.item.values()].filter(({ data }) => data.issue === issue.id)
  const headings = anchorsOf(issue)
  return [
    ...(tagAuthority === undefined ? [] : [{ kind: 'authority' as const, authority: tagAuthority }]),
    { kind: 'issue', issue: issue.id, date: issue.data.date },
    ...headings.map((anchor) => ({ kind: 'anchor' as const, issue: issue.id, anchor, isOfItems: false })),
    ...sectionsOfItems(issue, catalog)
      .filter((anchor) => !headings.includes(anchor))
      .map((anchor) => ({ kind: 'anchor' as const, issue: issue.id, anchor, isOfItems: true })),
    ...items.map(({ id }) => ({ kind: 'item' as const, item: id, issue: issue.id })),
  ]
}

function anchorsOf(issue: LocatedEntry<Issue>): string[] {
  return headingsOf(issue).map(({ id }) => id)
}

/** A section without a heading in the text has one where it has items. */
function sectionsOfItems({ id }: LocatedEntry<Issue>, { item }: LocatedCatalog): string[] {
  const own = [...item.values()].filter(({ data }) => data.issue === id)
  return [...new Set(own.map(({ data }) => data.section))]
}

/** Reads the file; lines that are none become problems. */
export function readPublished(file: ContentFile | undefined, problems: Problem[]): LockedLine[] {
  const lines: LockedLine[] = []
  file?.text.split('\n').forEach((text, index) => {
    if (isSilentLine(text)) return
    const place = { file: file.path, line: index + 1, column: 1 }
    const line = parsePublishedLine(text)
    if (line) lines.push({ line, place })
    else {
      const expected = 'a line that `publish` has written, such as `issue/0001 2017-04-28`'
      problems.push(
        unexpected('bad-lock-line', place, 'line', text, expected, 'restore the line from the history of the file'),
      )
    }
  })
  return lines
}

/** A site without the file has published nothing by `publish`, and nothing is held against it. */
export function checkPublished(file: ContentFile | undefined, { catalog, hasFile }: Known, problems: Problem[]): void {
  if (!file) return
  const locked = readPublished(file, problems)
  for (const { line, place } of locked) {
    const problem = problemOf(line, place, { catalog, hasFile })
    if (problem) problems.push(problem)
  }
  const known = new Set(locked.map(({ line }) => serializePublishedLine(line)))
  for (const issue of catalog.issue.values()) {
    if (issue.data.state !== 'published') continue
    const fresh = publishedLinesOf(issue, catalog).filter((line) => !known.has(serializePublishedLine(line)))
    if (fresh.length > 0 && !fresh.some((line) => line.kind === 'issue' && isDated(line.issue, locked))) {
      problems.push(notFrozen(issue, fresh))
    }
  }
}

function isDated(issue: string, locked: readonly LockedLine[]): boolean {
  return locked.some(({ line }) => line.kind === 'issue' && line.issue === issue)
}

function problemOf(line: PublishedLine, place: Place, { catalog, hasFile }: Known): Problem | undefined {
  const text = serializePublishedLine(line)
  switch (line.kind) {
    case 'authority':
      return line.authority === catalog.site.tagAuthority
        ? undefined
        : unexpected(
            'tag-authority-changed',
            { file: 'site.yml', line: 1, column: 1 },
            'tag authority',
            catalog.site.tagAuthority ?? '',
            `\`${line.authority}\`, which the ids of everything published begin with`,
            `write \`tagAuthority: ${line.authority}\`: with another one readers see every entry twice`,
          )
    case 'issue': {
      const issue = catalog.issue.get(line.issue)
      if (!issue) return hasFile('issue', line.issue) ? undefined : missing(line.issue, place, text)
      if (issue.data.state === 'draft') {
        const expected = '`published` or `withdrawn`: the issue was published'
        return report('unpublished-issue', issue, 'state', expected, 'write `state: withdrawn` to take it back')
      }
      return issue.data.date === line.date
        ? undefined
        : report(
            'published-date-changed',
            issue,
            'date',
            `\`${line.date}\`, the date under which it was published`,
            `write \`date: ${line.date}\`; what was wrong about it belongs into \`errata\``,
          )
    }
    case 'anchor': {
      const issue = catalog.issue.get(line.issue)
      if (issue?.data.state !== 'published') return undefined
      const anchors = [...anchorsOf(issue), ...(line.isOfItems ? sectionsOfItems(issue, catalog) : [])]
      if (anchors.includes(line.anchor)) return undefined
      return unexpected(
        'published-anchor-missing',
        { file: issue.file, line: issue.bodyLine, column: 1 },
        'lack of anchor',
        line.anchor,
        'a heading with the id that readers and feeds know',
        didYouMean(line.anchor, anchors, `give its heading the id again: \`## Title {#${line.anchor}}\``).text.replace(
          /^did you mean (`.*`)\?$/,
          `write \`{#${line.anchor}}\` after the heading that has the id $1`,
        ),
      )
    }
    case 'item': {
      const item = catalog.item.get(line.item)
      if (catalog.issue.get(line.issue)?.data.state === 'withdrawn') return undefined
      if (!item) {
        if (hasFile('item', line.item)) return undefined
        return unexpected(
          'published-id-missing',
          place,
          'id without a file',
          text,
          `the file \`items/${line.item}.md\``,
          'restore the file from the history of the content: its id is in feeds',
        )
      }
      if (item.data.issue === line.issue) return undefined
      return unexpected(
        'published-id-missing',
        placeOfValue(item.source, parsePositionedYaml(item.source.text), ['issue']),
        'issue',
        item.data.issue ?? '',
        `\`${line.issue}\`, in which it was published`,
        `write \`issue: "${line.issue}"\``,
      )
    }
    default:
      return line satisfies never
  }
}

function missing(issue: string, place: Place, text: string): Problem {
  return unexpected(
    'published-id-missing',
    place,
    'id without a file',
    text,
    `the file \`issues/${issue}.md\``,
    'restore the file from the history of the content; `state: withdrawn` takes an issue back',
  )
}

function report(
  code: string,
  issue: LocatedEntry<Issue>,
  key: 'state' | 'date',
  expected: string,
  fix: string,
): Problem {
  const place = placeOfValue(issue.source, parsePositionedYaml(issue.source.text), [key])
  return unexpected(code, place, key, issue.data[key], expected, fix)
}

function notFrozen(issue: LocatedEntry<Issue>, fresh: readonly PublishedLine[]): Problem {
  const first = fresh.find(({ kind }) => kind !== 'authority') ?? fresh[0]
  return {
    ...unexpected(
      'not-frozen',
      placeOfValue(issue.source, parsePositionedYaml(issue.source.text), ['state']),
      'state',
      issue.data.state,
      `\`${first ? serializePublishedLine(first) : ''}\` in \`${idsLockFile}\`, so that nobody changes what readers know`,
      `run \`npm run cli -- publish ${issue.data.number}\``,
    ),
    severity: 'warning',
  }
}
