/** People as readers see them. */
import type { Catalog } from '#domain/catalog.ts'

export interface PersonView {
  name: string
  address: string | undefined
  affiliation: string | undefined
}

/** @param id  an id of people.yml; any other word is taken for a name */
export function viewPerson(id: string, { catalog }: { catalog: Pick<Catalog, 'people'> }): PersonView {
  const person = catalog.people.get(id)
  return { name: person?.name ?? id, address: person?.link, affiliation: person?.affiliation }
}
