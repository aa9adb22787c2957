/** What one file says about another: every id, every link to a page of this site. */
import type { Issue } from '#domain/issue.ts'
import { idPattern, type ReferenceKind } from '#domain/identifier.ts'
import { isOwnPath } from '#domain/link.ts'
import type { Place, Problem } from '#domain/problem.ts'
import type { MovedProject } from '#domain/project.ts'
import { Site } from '#domain/vocabulary.ts'
import type { ArchitectureWords } from './architecture-words.ts'
import { checkMarkdown, ownLinksOf } from './body.ts'
import type { LocatedCatalog, LocatedEntry } from './catalog.ts'
import { homeOfReference, kindNames, kinds, type Kind } from './kinds.ts'
import { assignHeadingIds, parseMarkdown } from './markdown.ts'
import { didYouMean, oneOf, suggestId, unexpected } from './problems.ts'
import { fieldPathsOf, visitField, type FieldPath } from './schema-paths.ts'
import { placeOfValue, type YamlSource } from './validate.ts'
import { parsePositionedYaml, type PositionedYaml } from './yaml.ts'

/** A file that is not valid, as its YAML says it; what it refers to is checked all the same. */
export interface UnfinishedEntry {
  kind: Kind
  entry: LocatedEntry<unknown>
  /** What is known to be wrong with it; its references are not judged in the same places again. */
  problems: readonly Problem[]
}

interface Context {
  catalog: LocatedCatalog
  words: ArchitectureWords
  /** The ids of a kind; undefined where nobody can tell them, because their file cannot be read. */
  idsOf: (kind: ReferenceKind) => ReadonlySet<string> | undefined
  /** Old addresses that a file has claimed, in small letters. */
  oldAddresses: Set<string>
  problems: Problem[]
}

/**
 * Checks every reference and every link to a page of ours, and ends architecture aliases and old
 * names of projects: past this door the data only holds canonical ids.
 */
export function checkReferences({
  siteSource,
  unfinished,
  ...context
}: Context & { siteSource: YamlSource | undefined; unfinished: readonly UnfinishedEntry[] }): void {
  const { catalog, problems } = context
  const fieldsByKind = new Map(kindNames.map((kind) => [kind, fieldPathsOf(kinds[kind].schema)]))
  for (const [kind, fields] of fieldsByKind) {
    for (const entry of catalog[kind].values()) checkEntry(entry, fields, context)
  }
  for (const { kind, entry, problems: known } of unfinished) {
    const found: Problem[] = []
    checkEntry(entry, fieldsByKind.get(kind) ?? [], { ...context, problems: found })
    const places = new Set(known.map(({ place }) => `${place.line}:${place.column}`))
    problems.push(...found.filter(({ place }) => !places.has(`${place.line}:${place.column}`)))
  }
  for (const entry of catalog.moved.values()) checkMove(entry, context)
  if (siteSource) {
    checkEntry(
      { data: catalog.site, source: siteSource, file: siteSource.file, body: '', bodyLine: 1 },
      fieldPathsOf(Site),
      context,
    )
  }
  for (const entry of catalog.issue.values()) checkIssue(entry, problems)
}

type Checked = Pick<LocatedEntry<unknown>, 'data' | 'source' | 'file' | 'body' | 'bodyLine'>

function checkEntry(entry: Checked, fields: readonly FieldPath[], context: Context): void {
  let positioned: PositionedYaml | undefined
  const placeAt = (path: readonly PropertyKey[]): Place => {
    positioned ??= parsePositionedYaml(entry.source.text)
    return placeOfValue(entry.source, positioned, path)
  }
  for (const { path, meaning } of fields) {
    visitField(entry.data, path, (text, at, replace) => {
      if ('referenceTo' in meaning) checkReference(meaning.referenceTo, text, () => placeAt(at), replace, context)
      else if ('ownPage' in meaning) {
        if (isOwnPath(text)) checkOwnPath(text, () => placeAt(at), context)
      } else if ('oldAddress' in meaning) {
        checkOldAddress(text, () => placeAt(at), context)
      } else {
        const place = () => placeAt(at)
        const found = checkMarkdown(text, place)
        context.problems.push(...found)
        if (found.some(({ code }) => code === 'text-too-deep')) return
        for (const link of ownLinksOf(text, place)) checkOwnPath(link.path, () => link.place, context)
      }
    })
  }
  for (const link of ownLinksOf(entry.body, (line, column) => ({
    file: entry.file,
    line: line + entry.bodyLine - 1,
    column,
  }))) {
    checkOwnPath(link.path, () => link.place, context)
  }
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
        catalog.project.has(next) ? `write \`${next}\`` : 'write the id that the project has today',
      ),
    )
  } else if (!idsOf('project')?.has(movedTo)) {
    problems.push(unknownReference('project', movedTo, place(), catalog.project.keys()))
  }
}

function checkReference(
  kind: ReferenceKind,
  word: string,
  place: () => Place,
  replace: (id: string) => void,
  { catalog, words, idsOf, problems }: Context,
): void {
  const ids = idsOf(kind)
  if (!ids) return
  if (kind === 'architecture') {
    const reading = words.read(word)
    if (reading.kind === 'known') replace(reading.id)
    else if (reading.kind === 'ambiguous') {
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
          didYouMean(word, words.words(), 'write the id of a column, or add the architecture to `architectures.yml`'),
        ),
      )
    }
    return
  }
  const movedTo = kind === 'project' ? catalog.moved.get(word)?.data.movedTo : undefined
  if (movedTo !== undefined) replace(movedTo)
  else if (!ids.has(word)) problems.push(unknownReference(kind, word, place(), ids))
}

function unknownReference(kind: ReferenceKind, word: string, place: Place, ids: Iterable<string>): Problem {
  return unexpected(`unknown-${kind}`, place, kind, word, homeOfReference[kind], wayOut(kind, word, ids))
}

/** What to do about a reference that leads nowhere. */
function wayOut(kind: ReferenceKind, word: string, ids: Iterable<string>): string {
  const known = [...ids]
  const number = word.padStart(4, '0')
  if (kind === 'issue' && known.includes(number)) return `did you mean \`${number}\`?`
  const addition = additionOf[kind].replace('…', idPattern.test(word) ? word : suggestId(word))
  const otherwise = `${addition}, or correct the id`
  // A number that is near is another number.
  return kind === 'issue' ? otherwise : didYouMean(word, known, otherwise)
}

/** Where one adds what a reference leads to. */
const additionOf: Record<ReferenceKind, string> = {
  project: 'add `projects/….md`',
  note: 'add `notes/….md`',
  recipe: 'add `recipes/….md`',
  event: 'add `events/….md`',
  hardware: 'add `hardware/….md`',
  issue: 'add `issues/….md`',
  person: 'add `…` to `people.yml`',
  category: 'add `…` to `categories.yml`',
  architecture: 'add `…` to `architectures.yml`',
  section: 'add `…` to the `sections` of `site.yml`',
}

const folderPages: Record<string, ReferenceKind> = {
  projects: 'project',
  architectures: 'architecture',
  categories: 'category',
  issues: 'issue',
  topics: 'section',
  recipes: 'recipe',
  notes: 'note',
}

/** Pages that exist whatever the content is. */
export const standingPages = [
  '/',
  '/matrix/',
  '/projects/',
  '/architectures/',
  '/categories/',
  '/issues/',
  '/topics/',
  '/recipes/',
  '/notes/',
  '/hardware/',
  '/events/',
  '/changes/',
  '/search/',
  '/feeds/',
  '/status-words/',
  '/contribute/',
  '/about/',
] as const

function checkOwnPath(link: string, place: () => Place, { catalog, words, idsOf, problems }: Context): void {
  const [address = '', anchor = ''] = link.split('#', 2)
  const path = address.split('?', 1)[0] ?? ''
  const [, folder = '', id = '', end, ...more] = path.split('/')
  const kind = Object.hasOwn(folderPages, folder) ? folderPages[folder] : undefined

  if ((standingPages as readonly string[]).includes(path)) {
    const listed = folder === 'hardware' ? 'hardware' : folder === 'events' ? 'event' : undefined
    const ids = listed && idsOf(listed)
    if (listed && ids && anchor !== '' && !ids.has(anchor)) {
      problems.push(unknownPage(listed, anchor, link, place(), wayOut(listed, anchor, ids)))
    }
    return
  }
  const ids = kind && idsOf(kind)
  if (kind !== undefined && ids === undefined) return
  if (kind !== undefined && ids !== undefined && end === '' && more.length === 0) {
    if (ids.has(id)) {
      if (kind === 'issue' && anchor !== '') checkIssueAnchor(id, anchor, link, place, catalog, problems)
      return
    }
    const reading = kind === 'architecture' ? words.read(id) : undefined
    const fix = reading?.kind === 'known' ? `did you mean \`${reading.id}\`?` : wayOut(kind, id, ids)
    problems.push(unknownPage(kind, id, link, place(), fix))
    return
  }
  if (ids?.has(id) && end === undefined) {
    problems.push(
      unexpected('unknown-page', place(), 'link', link, 'an address that ends in `/`', `write \`/${folder}/${id}/\``),
    )
    return
  }
  if (machineOutputs.has(path)) return
  problems.push(
    unexpected(
      'unknown-page',
      place(),
      'link',
      link,
      'the address of a page of this site',
      didYouMean(path, standingPages, 'correct the path, or write the full address of another site'),
    ),
  )
}

function checkIssueAnchor(
  id: string,
  anchor: string,
  link: string,
  place: () => Place,
  catalog: LocatedCatalog,
  problems: Problem[],
): void {
  const issue = catalog.issue.get(id)
  if (!issue) return
  const anchors = assignHeadingIds(parseMarkdown(issue.body)).map((heading) => heading.id)
  if (anchors.includes(anchor)) return
  problems.push(
    unexpected(
      'unknown-anchor',
      place(),
      'link',
      link,
      anchors.length === 0 ? 'no anchor: that issue has no headings' : `an anchor of that page, ${oneOf(anchors)}`,
      didYouMean(anchor, anchors, 'remove the part after `#`'),
    ),
  )
}

/** An old address where something stands today could never answer. */
function checkOldAddress(address: string, place: () => Place, { idsOf, oldAddresses, problems }: Context): void {
  const path = `/${address.replace(/^\/+|\/+$/g, '')}/`
  const [, folder = '', id = '', ...more] = path.split('/')
  const kind = Object.hasOwn(folderPages, folder) ? folderPages[folder] : undefined
  const isPage =
    (standingPages as readonly string[]).includes(path) ||
    (kind !== undefined && more.length === 1 && idsOf(kind)?.has(id) === true)
  // Some file systems do not tell capitals from small letters.
  const key = path.toLowerCase()
  const isClaimed = oldAddresses.has(key)
  oldAddresses.add(key)
  if (!isPage && !isClaimed && !outputFolders.has(folder) && !machineOutputs.has(`/${folder}`)) return
  problems.push(
    unexpected(
      'address-taken',
      place(),
      'old address',
      address,
      isClaimed ? 'an address that is claimed once' : 'an address at which nothing stands today',
      isClaimed ? 'keep it in one of the files that claim it' : 'remove it: what stands there answers already',
    ),
  )
}

/** Top-level folders and files that a build writes beside the pages of content. */
const outputFolders = new Set([
  ...['_astro', 'pagefind', 'social', 'search', 'matrix', 'changes', 'api', 'badges', 'mail', 'check'],
  ...['index.html', '404.html', 'favicon.svg', 'robots.txt', 'sitemap-index.xml', 'sitemap-0.xml'],
])

const machineOutputs = new Set(['/atom.xml', '/rss.xml', '/feed.json'])

function unknownPage(kind: ReferenceKind, id: string, link: string, place: Place, fix: string): Problem {
  return { ...unexpected(`unknown-${kind}`, place, `link to ${kind}`, id, homeOfReference[kind], fix), actual: link }
}

/** An issue is named after its number, and has a heading for each section that it lists. */
function checkIssue(entry: LocatedEntry<Issue>, problems: Problem[]): void {
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
  const headings = assignHeadingIds(parseMarkdown(entry.body)).filter((heading) => heading.depth === 2)
  sections.forEach((section, index) => {
    if (headings.some((heading) => heading.id === section)) return
    problems.push(
      unexpected(
        'section-without-heading',
        placeOfValue(entry.source, positioned(), ['sections', index]),
        'section',
        section,
        'a section that has a heading in the text',
        `add \`## Title {#${section}}\`, or remove it from \`sections\``,
      ),
    )
  })
}
