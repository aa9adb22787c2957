/** Projects that a change adds, or edits, so that two files speak of one. Only what is new of it is told. */
import { compareText, type Problem } from '#domain/problem.ts'
import type { Project } from '#domain/project.ts'
import type { LocatedCatalog, LocatedEntry } from './catalog.ts'
import { shorten, unexpected } from './problems.ts'
import { placeOfValue } from './validate.ts'
import { parsePositionedYaml } from './yaml.ts'

/** Something by which a project is known. */
interface Mark {
  /** The same for two projects that share it, however it is written. */
  key: string
  /** What it is called in a sentence. */
  word: string
  text: string
  path: readonly PropertyKey[]
}

type Projects = Pick<LocatedCatalog, 'project' | 'moved'>

/** @returns warnings at what the change touched; for everything that is shared, the first other project is named */
export function projectsTwice(before: Projects, after: Projects): Problem[] {
  const formerIds = new Map([...after.moved.values()].map(({ id, data }) => [data.movedTo, id]))
  const touched = new Set<string>()
  const former = new Map<string, ReadonlySet<string>>()
  for (const { id, data } of after.project.values()) {
    const was = before.project.get(id) ?? before.project.get(formerIds.get(id) ?? '')
    former.set(id, new Set(was && marksOf(was).map(({ key }) => key)))
    if (JSON.stringify(was?.data) !== JSON.stringify(data)) touched.add(id)
  }
  const holders = holdersOf(after)
  return [...after.project.values()]
    .filter(({ id }) => touched.has(id))
    .flatMap((project) => {
      const told = new Set<string>([project.id])
      return marksOf(project).flatMap((mark) => {
        const had = (id: string) => former.get(id)?.has(mark.key) === true
        const other = holders
          .get(mark.key)
          ?.find(
            ({ id }) =>
              id !== project.id &&
              (!touched.has(id) || compareText(id, project.id) < 0) &&
              !(had(id) && had(project.id)),
          )
        if (!other || told.has(other.id)) return []
        told.add(other.id)
        return [problemOf(project, mark, other)]
      })
    })
}

function holdersOf({ project }: Projects): ReadonlyMap<string, readonly LocatedEntry<Project>[]> {
  const holders = new Map<string, LocatedEntry<Project>[]>()
  for (const entry of project.values()) {
    for (const key of new Set(marksOf(entry).map(({ key }) => key))) {
      const known = holders.get(key)
      if (known) known.push(entry)
      else holders.set(key, [entry])
    }
  }
  return holders
}

function marksOf({ data }: LocatedEntry<Project>): Mark[] {
  const nameOf = (name: string) => `name ${name.normalize('NFKC').toLowerCase().trim()}`
  return [
    { key: nameOf(data.name), word: 'name', text: data.name, path: ['name'] },
    ...data.aliases.map((text, index) => ({ key: nameOf(text), word: 'other name', text, path: ['aliases', index] })),
    { key: `homepage ${pageOf(data.homepage)}`, word: 'homepage', text: data.homepage, path: ['homepage'] },
    ...data.identifiers.map((text, index) => ({
      key: `identifier ${text.toLowerCase()}`,
      word: 'identifier',
      text,
      path: ['identifiers', index],
    })),
  ]
}

/** One page has many addresses. */
function pageOf(link: string): string {
  const url = URL.parse(link)
  return url === null ? link : `${url.host.replace(/^www\./, '')}${url.pathname.replace(/\/+$/, '')}${url.search}`
}

function problemOf(
  { source }: LocatedEntry<Project>,
  { word, text, path }: Mark,
  other: LocatedEntry<Project>,
): Problem {
  return {
    ...unexpected(
      'project-twice',
      placeOfValue(source, parsePositionedYaml(source.text), path),
      word,
      text,
      `one that no other project has: \`${shorten(other.file)}\` (${shorten(other.data.name)}) has it too`,
      `where both are one project, write what is new into \`${shorten(other.file)}\`; where they are two, nothing has to be done`,
    ),
    severity: 'warning',
  }
}
