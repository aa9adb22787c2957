/** `links.jsonl`, and every link of the content to another site. */
import { deadLinkOf, LedgerLine, type DeadLink } from '#domain/link-ledger.ts'
import type { Problem } from '#domain/problem.ts'
import { visit } from 'unist-util-visit'
import type { LocatedCatalog } from './catalog.ts'
import { kindNames } from './kinds.ts'
import { parseMarkdown } from './markdown.ts'
import { unexpected } from './problems.ts'
import type { ContentFile } from './read.ts'

/** Reads the ledger, by link; lines that are none become problems. */
export function readLedger(file: ContentFile | undefined, problems: Problem[]): Map<string, LedgerLine> {
  const lines = new Map<string, LedgerLine>()
  file?.text.split('\n').forEach((text, index) => {
    if (text.trim() === '') return
    const line = parseLine(text)
    if (line) lines.set(line.link, line)
    else {
      problems.push({
        ...unexpected(
          'bad-ledger-line',
          { file: file.path, line: index + 1, column: 1 },
          'line',
          text,
          'a line that `links` has written: JSON with `link` and `checkedOn`',
          'remove the line: `links --external` writes it again',
        ),
        severity: 'warning',
      })
    }
  })
  return lines
}

function parseLine(text: string): LedgerLine | undefined {
  try {
    return LedgerLine.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

export function deadLinksIn(ledger: ReadonlyMap<string, LedgerLine>): Map<string, DeadLink> {
  return new Map(
    [...ledger].flatMap(([link, line]) => {
      const dead = deadLinkOf(line)
      return dead ? [[link, dead] as const] : []
    }),
  )
}

/** Every link to another site, and the day of what first links to it, where that is known. */
export function webLinksOf(catalog: LocatedCatalog): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>()
  const add = (link: string, day: string | undefined) => {
    if (!/^https?:\/\//i.test(link)) return
    const known = found.get(link)
    if (!found.has(link) || (day !== undefined && (known === undefined || day < known))) found.set(link, day ?? known)
  }
  const { dataLicence, repository, contact } = catalog.site
  walk([dataLicence, repository, contact, [...catalog.people.values()]], undefined, add)
  for (const kind of kindNames) {
    for (const { data, body } of catalog[kind].values()) {
      const day = dayIn(data)
      walk(data, day, add)
      if (!/https?:\/\//i.test(body)) continue
      visit(parseMarkdown(body), (node) => {
        if (node.type === 'link' || node.type === 'definition') add(node.url, day)
      })
    }
  }
  return found
}

/** Every text of a value, with the day of what it stands in. */
function walk(value: unknown, day: string | undefined, add: (text: string, day: string | undefined) => void): void {
  if (typeof value === 'string') add(value, day)
  else if (typeof value === 'object' && value !== null) {
    const own = dayIn(value) ?? day
    for (const part of Object.values(value)) walk(part, own, add)
  }
}

function dayIn(value: object): string | undefined {
  return 'date' in value && typeof value.date === 'string' ? value.date.slice(0, 10) : undefined
}
