/** What one file says about another: every id, every link to a page of this site. */
import type { Issue } from '#domain/issue.ts'
import type { ReferenceKind } from '#domain/identifier.ts'
import type { Place, Problem } from '#domain/problem.ts'
import type { MovedProject } from '#domain/project.ts'
import { Site } from '#domain/vocabulary.ts'
import type { LocatedEntry } from './catalog.ts'
import type { EntryReader } from './file-entry.ts'
import { homeOfReference, kindNames, kinds, type Kind } from './kinds.ts'
import { headingsOf } from './headings.ts'
import type { Mention, Reference } from './mentions.ts'
import { didYouMean, oneOf, unexpected, type Fix } from './problems.ts'
import { fieldPathsOf } from './schema-paths.ts'
import { checkOldAddress, checkOwnPath } from './own-pages.ts'
import { wayOut, type Context } from './reference-context.ts'
import { placeOfValue, type YamlSource } from './validate.ts'
import { parsePositionedYaml } from './yaml.ts'

/** A file that is not valid, as its YAML says it; what it refers to is checked all the same. */
export interface UnfinishedEntry {
  kind: Kind
  entry: LocatedEntry<unknown>
  /** What is known to be wrong with it; its references are not judged in the same places again. */
  problems: readonly Problem[]
}

interface ToCheck {
  siteSource: YamlSource | undefined
  unfinished: readonly UnfinishedEntry[]
  mentionsOf: EntryReader['mentionsOf']
}

/**
 * Checks every reference and every link to a page of ours, and ends architecture aliases and old
 * names of projects: past this door the data only holds canonical ids.
 */
export function checkReferences({ siteSource, unfinished, mentionsOf, ...context }: Context & ToCheck): void {
  const { catalog, problems } = context
  const fieldsByKind = new Map(kindNames.map((kind) => [kind, fieldPathsOf(kinds[kind].schema)]))
  for (const [kind, fields] of fieldsByKind) {
    // An entry of a kind with other ids is one of the same kind.
    const entries = catalog[kind] as Map<string, LocatedEntry<unknown>>
    for (const [id, entry] of entries) {
      const replacements = checkMentions(mentionsOf(entry, fields), context)
      if (replacements.length > 0) entries.set(id, { ...entry, data: withIds(entry.data, replacements) })
    }
  }
  for (const { kind, entry, problems: known } of unfinished) {
    const found: Problem[] = []
    checkMentions(mentionsOf(entry, fieldsByKind.get(kind) ?? []), { ...context, problems: found })
    const places = new Set(known.map(({ place }) => `${place.line}:${place.column}`))
    problems.push(...found.filter(({ place }) => !places.has(`${place.line}:${place.column}`)))
  }
  for (const entry of catalog.moved.values()) checkMove(entry, context)
  if (siteSource) {
    const site = { data: catalog.site, source: siteSource, file: siteSource.file, body: '', bodyLine: 1 }
    catalog.site = withIds(catalog.site, checkMentions(mentionsOf(site, fieldPathsOf(Site)), context))
  }
  const itemsByIssue = Map.groupBy(catalog.item.values(), ({ data }) => data.issue ?? '')
  for (const entry of catalog.issue.values()) {
    checkIssue(entry, new Set(itemsByIssue.get(entry.id)?.map(({ data }) => data.section)), problems)
  }
}

/** @returns the words to put in the place of others: today's ids of what has other names */
function checkMentions(mentions: readonly Mention[], context: Context): Replacement[] {
  const replacements: Replacement[] = []
  for (const mention of mentions) {
    switch (mention.kind) {
      case 'reference': {
        const id = checkReference(mention, context)
        if (id !== mention.word) replacements.push({ at: mention.at, id })
        break
      }
      case 'page':
        checkOwnPath(mention.path, mention.place, context)
        break
      case 'old-address':
        checkOldAddress(mention.address, mention.place, context)
        break
      case 'problem':
        context.problems.push(mention.problem)
        break
      default:
        mention satisfies never
    }
  }
  return replacements
}

interface Replacement {
  at: readonly (string | number)[]
  id: string
}

/** The same data with other ids. What was validated may be remembered, and stays as it is. */
function withIds<T>(data: T, replacements: readonly Replacement[]): T {
  return replacements.reduce((changed, { at, id }) => replacedAt(changed, at, id), data)
}

function replacedAt<T>(value: T, [step, ...rest]: readonly (string | number)[], id: string): T {
  // The path is one on which a text was found: there is a list or a map at each of its steps, and a text at its end.
  if (step === undefined) return id as T
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string | number, unknown>
  copy[step] = replacedAt(copy[step], rest, id)
  return copy as T
}

/** A renamed project leads to one that is there: a chain of moves could lead in a circle. */
function checkMove(entry: LocatedEntry<MovedProject>, { catalog, idsOf, problems }: Context): void {
  const { movedTo } = entry.data
  const place = () => placeOfValue(entry.source, parsePositionedYaml(entry.source.text), ['movedTo'])
  const next = catalog.moved.get(movedTo)?.data.movedTo
  if (next !== undefined) {
    problems.push(
      unexpected(
        'moved-twice',
        place(),
        'project',
        movedTo,
        'a project that has not moved itself',
        idsOf('project')?.has(next) && !catalog.moved.has(next)
          ? `write \`${next}\``
          : 'write the id that the project has today',
      ),
    )
  } else if (!idsOf('project')?.has(movedTo)) {
    problems.push(unknownReference('project', movedTo, place(), idsOf('project') ?? []))
  }
}

/** @returns the id that the word stands for; the word itself where it is one, or none */
function checkReference(
  { to: kind, word, at, place }: Reference,
  { catalog, words, idsOf, problems }: Context,
): string {
  const ids = idsOf(kind)
  if (!ids) return word
  // One of a list, which can do without it.
  const isItem = typeof at.at(-1) === 'number'
  if (kind === 'architecture') {
    const reading = words.read(word)
    if (reading.kind === 'known') return reading.id
    if (reading.kind === 'ambiguous') {
      const readings = reading.readings.map(({ id, where }) => `\`${id}\` (${where})`)
      problems.push(
        unexpected(
          'ambiguous-architecture',
          place(),
          'architecture',
          word,
          `one that means one thing: ${readings.join(' or ')}`,
          `write ${reading.readings.map(({ id }) => `\`${id}\``).join(' or ')}, as the source means it`,
        ),
      )
    } else {
      problems.push(
        unexpected(
          'unknown-architecture',
          place(),
          'architecture',
          word,
          oneOf([...ids]),
          didYouMean(
            word,
            words.candidatesFor(word),
            removable({ text: 'write the id of a column, or add the architecture to `architectures.yml`' }, isItem),
          ),
        ),
      )
    }
    return word
  }
  const movedTo = kind === 'project' ? catalog.moved.get(word)?.data.movedTo : undefined
  if (movedTo !== undefined) return movedTo
  if (!ids.has(word)) problems.push(unknownReference(kind, word, place(), ids, isItem))
  return word
}

function unknownReference(
  kind: ReferenceKind,
  word: string,
  place: Place,
  ids: Iterable<string>,
  isItem = false,
): Problem {
  const fix = removable(wayOut(kind, word, ids), isItem)
  return unexpected(`unknown-${kind}`, place, kind, word, homeOf(kind, ids), fix)
}

/** Short vocabularies are told whole. */
function homeOf(kind: ReferenceKind, ids: Iterable<string>): string {
  const words = kind === 'category' || kind === 'section' ? [...ids] : []
  return words.length > 0 && words.length <= 40
    ? `${homeOfReference[kind]}: ${words.map((id) => `\`${id}\``).join(', ')}`
    : homeOfReference[kind]
}

/** Where nothing else is certain to help, what can go may go. */
function removable(fix: Fix, isItem: boolean): Fix {
  return fix.change || !isItem ? fix : { text: `${fix.text}, or remove it`, change: { kind: 'remove' } }
}

/** An issue is named after its number, and has a heading or an item for each section that it lists. */
function checkIssue(entry: LocatedEntry<Issue>, sectionsOfItems: ReadonlySet<string>, problems: Problem[]): void {
  const { number, sections } = entry.data
  const wanted = String(number).padStart(4, '0')
  const positioned = () => parsePositionedYaml(entry.source.text)
  if (Number(entry.id) === number && entry.id !== wanted) {
    problems.push(
      unexpected(
        'number-differs',
        { file: entry.file, line: 1, column: 1 },
        'file name',
        `${entry.id}.md`,
        'the number of the issue with four digits',
        `rename the file to \`${wanted}.md\``,
      ),
    )
  } else if (entry.id !== wanted) {
    problems.push(
      unexpected(
        'number-differs',
        placeOfValue(entry.source, positioned(), ['number']),
        'number',
        String(number),
        `the number of the file name \`${entry.id}.md\``,
        `correct the number, or rename the file to \`${wanted}.md\``,
      ),
    )
  }
  if (sections.length === 0) return
  const headings = headingsOf(entry).filter((heading) => heading.depth === 2)
  sections.forEach((section, index) => {
    if (sectionsOfItems.has(section) || headings.some((heading) => heading.id === section)) return
    problems.push(
      unexpected(
        'section-without-heading',
        placeOfValue(entry.source, positioned(), ['sections', index]),
        'section',
        section,
        'a section that has a heading in the text, or an item',
        `add \`## Title {#${section}}\`, or remove it from \`sections\``,
      ),
    )
  })
}
