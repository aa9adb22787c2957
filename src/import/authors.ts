/** Who wrote an old issue: names become ids of people.yml. */
import { compareText, type Place } from '#domain/problem.ts'
import type { Person } from '#domain/vocabulary.ts'
import { suggestId } from '#catalog/problems.ts'
import { listOfValue, textOfValue, type Metadata } from './metadata.ts'
import { firstOf } from './facts.ts'
import { quoted, type Report } from './report.ts'

export const authorKeys = ['authors', 'author', 'by', 'editor', 'editors', 'byline']

export interface Newcomer {
  id: string
  name: string
}

export interface Authors {
  ids: string[]
  /** People that people.yml lacks. */
  newcomers: (Newcomer & { place: Place })[]
}

/** What the front matter of an issue says of its authors; undefined where it says nothing. */
export function readAuthors(
  metadata: Metadata,
  people: ReadonlyMap<string, Person>,
  report: Report,
): Authors | undefined {
  const typed = firstOf(metadata, authorKeys)
  if (!typed) return undefined
  const { value, place } = typed
  const names = (Array.isArray(value) ? value : [value]).flatMap((entry) =>
    typeof entry === 'object' && !Array.isArray(entry)
      ? [textOfValue(entry.name ?? entry.title ?? Object.values(entry)[0] ?? '')]
      : listOfValue(entry).flatMap((text) => text.split(/\s+(?:and|&|und|et)\s+/)),
  )
  const authors = namedPeople(names, place, people, report)
  return authors.ids.length === 0 ? undefined : authors
}

/** Names as ids: of people.yml where they are there, else new ones. */
export function namedPeople(
  names: readonly string[],
  place: Place,
  people: ReadonlyMap<string, Person>,
  report: Report,
): Authors {
  const authors: Authors = { ids: [], newcomers: [] }
  for (const typed of names.slice(0, 20)) {
    const name = typed
      .replace(/<[^>]*>|\([^)]*@[^)]*\)/g, '')
      .replace(/^@/, '')
      .trim()
      .slice(0, 120)
    if (name === '') continue
    const known = people.has(name) ? name : knownAs(name, people)
    const id = known ?? suggestId(name)
    if (!authors.ids.includes(id)) authors.ids.push(id)
    if (known === undefined && !people.has(id)) authors.newcomers.push({ id, name, place })
    if (name !== id && people.get(id)?.name !== name) {
      report.guess('authors-derived', place, {
        actual: typed,
        guessed: id,
        reason:
          known === undefined
            ? `The author ${quoted(name)} got the id \`${id}\``
            : `The author ${quoted(name)} was taken for \`${id}\`, ${quoted(people.get(id)?.name ?? id)}`,
        expected: 'the id of a person in `people.yml`',
        fix: 'correct `authors` if it is somebody else',
      })
    }
  }
  return authors
}

/** Somebody of the same name, or of the same family name with a longer or shorter given name: `Ed` and `Edward`. */
function knownAs(name: string, people: ReadonlyMap<string, Person>): string | undefined {
  const id = suggestId(name)
  for (const [known, person] of people) if (suggestId(person.name) === id) return known
  const [given = '', ...family] = id.split('-')
  if (family.length === 0 || given.length < 2) return undefined
  const found = [...people].filter(([, person]) => {
    const [otherGiven = '', ...otherFamily] = suggestId(person.name).split('-')
    const isShorter = otherGiven.startsWith(given) || given.startsWith(otherGiven)
    return otherGiven.length >= 2 && isShorter && otherFamily.at(-1) === family.at(-1)
  })
  return found.length === 1 ? found[0]?.[0] : undefined
}

/** The person of people.yml that the beginning of a text names after `from` or `by`. */
export function authorInText(text: string, people: ReadonlyMap<string, Person>): string | undefined {
  const found = [...people].flatMap(([id, { name }]) => {
    const at = text.indexOf(name)
    return at !== -1 && /\b(?:from|by|editor)[:,]?\s+\[?$/i.test(text.slice(Math.max(0, at - 12), at))
      ? [{ id, at }]
      : []
  })
  return found.sort((a, b) => a.at - b.at || compareText(a.id, b.id))[0]?.id
}
