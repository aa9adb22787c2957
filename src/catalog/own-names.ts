/** Every name that the catalog knows: of software, people, machines, events, places, and the words of its vocabularies. */
import type { LocatedCatalog } from './catalog.ts'

export function* ownNamesOf(catalog: LocatedCatalog): Generator<string> {
  for (const [id, { name, affiliation }] of catalog.people) yield* present(id, name, affiliation)
  for (const [id, { name }] of catalog.categories) yield* present(id, name)
  for (const [id, { name }] of catalog.sections) yield* present(id, name)
  for (const [id, architecture] of catalog.architectures) {
    const { name, aliases, uname, ambiguous, oci, debian, gnu, go, rust, node, wheel, runner } = architecture
    yield* present(id, name, oci, debian, gnu, go, rust, node, wheel)
    yield* [...aliases, ...uname, ...runner, ...Object.keys(ambiguous)]
  }
  for (const { id, data } of catalog.project.values()) {
    yield* [id, data.name, ...data.aliases, ...data.identifiers, ...data.languages, ...data.categories]
    for (const { by, scope } of data.claims) yield* present(by, ...Object.values(scope ?? {}))
  }
  yield* catalog.moved.keys()
  for (const { id, data } of catalog.hardware.values()) yield* present(id, data.name, data.vendor)
  for (const { id, data } of catalog.event.values()) {
    yield* present(id, data.name, data.place, ...data.talks.flatMap(({ title, speakers }) => [title, ...speakers]))
  }
  for (const { data } of catalog.issue.values()) yield* data.sponsors.map(({ name }) => name)
  for (const { data } of catalog.item.values()) yield* present(data.by)
  for (const { data } of catalog.note.values()) yield* data.languages
  for (const { data } of catalog.recipe.values()) {
    yield* present(data.source?.author, ...data.testedOn.flatMap(({ machine, os }) => [machine, os]))
  }
}

function present(...texts: (string | undefined)[]): string[] {
  return texts.filter((text) => text !== undefined)
}
