/** What one file says about another: every id, every link to a page of this site. */
import type { Issue } from '#domain/issue.ts'
import type { ReferenceKind } from '#domain/identifier.ts'
import type { Place, Problem } from '#domain/problem.ts'
import { Site } from '#domain/vocabulary.ts'
import type { ArchitectureWords } from './architecture-words.ts'
import { checkMarkdown, ownLinksOf } from './body.ts'
import type { LocatedCatalog, LocatedEntry } from './catalog.ts'
import { homeOfReference, kindNames, kinds, type Kind } from './kinds.ts'
import { assignHeadingIds, parseMarkdown } from './markdown.ts'
import { didYouMean, oneOf, unexpected } from './problems.ts'
import { fieldPathsOf, visitField, type FieldPath } from './schema-paths.ts'
import { placeOfValue, type YamlSource } from './validate.ts'
import { parsePositionedYaml, type PositionedYaml } from './yaml.ts'
import { MovedProject } from '#domain/project.ts'

interface Context {
  catalog: LocatedCatalog
  words: ArchitectureWords
  idsOf: (kind: ReferenceKind) => ReadonlySet<string>
  problems: Problem[]
}

/**
 * Checks every reference and every link to a page of ours, and ends architecture aliases: past
 * this door the data only holds canonical ids.
 */
export function checkReferences(
  catalog: LocatedCatalog,
  words: ArchitectureWords,
  knownIds: ReadonlyMap<Kind, ReadonlySet<string>>,
  siteSource: YamlSource | undefined,
  given: { categories: boolean },
  problems: Problem[],
): void {
  const none: ReadonlySet<string> = new Set()
  const ids: Record<ReferenceKind, ReadonlySet<string> | undefined> = {
    project: knownIds.get('project'),
    note: knownIds.get('note'),
    recipe: knownIds.get('recipe'),
    event: knownIds.get('event'),
    hardware: knownIds.get('hardware'),
    issue: knownIds.get('issue'),
    person: new Set(catalog.people.keys()),
    category: given.categories ? new Set(catalog.categories.keys()) : undefined,
    section: new Set(catalog.sections.keys()),
    architecture: new Set(catalog.architectures.keys()),
  }
  if (!given.categories) openCategories(catalog)
  const context: Context = {
    catalog,
    words,
    idsOf: (kind) => ids[kind] ?? (kind === 'category' ? new Set(catalog.categories.keys()) : none),
    problems,
  }
  for (const kind of kindNames) {
    const fields = fieldPathsOf(kinds[kind].schema)
    for (const entry of catalog[kind].values()) checkEntry(entry, fields, context)
  }
  for (const entry of catalog.moved.values()) checkEntry(entry, fieldPathsOf(MovedProject), context)
  if (siteSource) {
    checkEntry(
      { data: catalog.site, source: siteSource, file: siteSource.file, body: '', bodyLine: 1 },
      fieldPathsOf(Site),
      context,
    )
  }
  for (const entry of catalog.issue.values()) checkIssue(entry, problems)
}

/** A site without `categories.yml` has the categories that its projects name. */
function openCategories(catalog: LocatedCatalog): void {
  for (const { data } of catalog.project.values()) {
    for (const id of data.categories) {
      if (!catalog.categories.has(id)) catalog.categories.set(id, { name: id })
    }
  }
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
        if (text.startsWith('/')) checkOwnPath(text, () => placeAt(at), context)
      } else {
        const place = () => placeAt(at)
        context.problems.push(...checkMarkdown(text, place))
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

function checkReference(
  kind: ReferenceKind,
  word: string,
  place: () => Place,
  replace: (id: string) => void,
  { words, idsOf, problems }: Context,
): void {
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
          oneOf([...idsOf('architecture')]),
          didYouMean(word, words.words(), 'write the id of a column, or add the architecture to `architectures.yml`'),
        ),
      )
    }
    return
  }
  const ids = idsOf(kind)
  if (ids.has(word)) return
  problems.push(
    unexpected(
      `unknown-${kind}`,
      place(),
      kind,
      word,
      homeOfReference[kind],
      didYouMean(
        word,
        ids,
        `add it as ${homeOfReference[kind].replace(/^(an?|the) (id|number|section)( of)? /, '')}, or correct the id`,
      ),
    ),
  )
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
  '/feeds/',
  '/status-words/',
  '/contribute/',
  '/about/',
] as const

function checkOwnPath(link: string, place: () => Place, { catalog, idsOf, problems }: Context): void {
  const [address = '', anchor] = link.split('#', 2)
  const path = address.split('?', 1)[0] ?? ''
  const [, folder = '', id = '', end, ...more] = path.split('/')
  const kind = folderPages[folder]

  if ((standingPages as readonly string[]).includes(path)) {
    const anchors = folder === 'hardware' ? idsOf('hardware') : folder === 'events' ? idsOf('event') : undefined
    if (anchors && anchor !== undefined && anchor !== '' && !anchors.has(anchor)) {
      problems.push(unknownPage(folder === 'hardware' ? 'hardware' : 'event', anchor, link, place(), anchors))
    }
    return
  }
  if (kind !== undefined && end === '' && more.length === 0) {
    const moved = kind === 'project' && catalog.moved.has(id)
    if (!idsOf(kind).has(id) && !moved) problems.push(unknownPage(kind, id, link, place(), idsOf(kind)))
    else if (kind === 'issue' && anchor) {
      const issue = catalog.issue.get(id)
      const anchors = issue ? assignHeadingIds(parseMarkdown(issue.body)).map((heading) => heading.id) : [anchor]
      if (!anchors.includes(anchor)) {
        problems.push(
          unexpected(
            'unknown-anchor',
            place(),
            'link',
            link,
            `an anchor of that page: ${oneOf(anchors)}`,
            didYouMean(anchor, anchors, 'remove the part after `#`'),
          ),
        )
      }
    }
    return
  }
  if (kind !== undefined && end === undefined && idsOf(kind).has(id)) {
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
      didYouMean(path, standingPages, 'correct the path'),
    ),
  )
}

const machineOutputs = new Set(['/atom.xml', '/rss.xml', '/feed.json'])

function unknownPage(kind: ReferenceKind, id: string, link: string, place: Place, ids: Iterable<string>): Problem {
  const home = homeOfReference[kind]
  return {
    ...unexpected(
      `unknown-${kind}`,
      place,
      `link to ${kind}`,
      id,
      home,
      didYouMean(id, ids, 'add its file, or correct the id'),
    ),
    actual: link,
  }
}

/** An issue is named after its number, and has a heading for each section that it lists. */
function checkIssue(entry: LocatedEntry<Issue>, problems: Problem[]): void {
  const { number, sections } = entry.data
  const wanted = String(number).padStart(4, '0')
  const positioned = () => parsePositionedYaml(entry.source.text)
  if (entry.id !== wanted) {
    problems.push(
      unexpected(
        'number-differs',
        placeOfValue(entry.source, positioned(), ['number']),
        'number',
        String(number),
        `the number of the file name \`${entry.id}\``,
        `rename the file to \`${wanted}.md\`, or correct the number`,
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
