/** News items, registrations and states of issues that one content has and another has not: what stands on no page of its own. */
import type { Catalog, Entry } from '#domain/catalog.ts'
import { compareText } from '#domain/problem.ts'
import type { Item } from '#domain/issue.ts'
import type { Source } from '#domain/source.ts'

export const entryChanges = ['added', 'changed', 'gone'] as const
export type EntryChange = (typeof entryChanges)[number]

export interface ItemOfDifference {
  id: string
  change: EntryChange
  title: string
  link: string
  /** Issue that took it in; undefined while it waits for one. */
  issue: string | undefined
}

export interface RegistrationOfDifference {
  id: string
  change: EntryChange
  provider: string
  repository: string
  job: string
  project: string
  architecture: string
  level: Source['level']
}

/** An issue that was published and is so no more. */
export interface WithdrawnIssue {
  number: number
  title: string
  state: 'draft' | 'withdrawn'
}

export interface EntryDifference {
  items: ItemOfDifference[]
  registrations: RegistrationOfDifference[]
  withdrawn: WithdrawnIssue[]
}

/** @param hasFaults whether a file of the later content is there and is not valid: nothing is gone by it */
export function differenceOfEntries(
  before: Catalog,
  after: Catalog,
  hasFaults: (file: string) => boolean,
): EntryDifference {
  return {
    items: differentEntries<Item>(before.item, after.item, hasFaults).map(({ id, change, data }) => {
      const { title, link, issue } = data
      return { id, change, title, link, issue }
    }),
    registrations: differentEntries<Source>(before.source, after.source, hasFaults).map(({ id, change, data }) => {
      const { provider, repository, job, project, architecture, level } = data
      return { id, change, provider, repository, job, project, architecture, level }
    }),
    withdrawn: [...after.issue.values()].flatMap(({ id, data: { number, title, state } }) =>
      state !== 'published' && before.issue.get(id)?.data.state === 'published' ? [{ number, title, state }] : [],
    ),
  }
}

type Entries<T> = ReadonlyMap<string, Entry<T>>

function differentEntries<T>(before: Entries<T>, after: Entries<T>, hasFaults: (file: string) => boolean) {
  const says = ({ data, body }: Entry<T>) => JSON.stringify([data, body])
  const fresh = [...after.values()].flatMap((is) => {
    const was = before.get(is.id)
    if (was && says(was) === says(is)) return []
    return { id: is.id, data: is.data, change: was ? ('changed' as const) : ('added' as const) }
  })
  const gone = [...before.values()]
    .filter(({ id, file }) => !after.has(id) && !hasFaults(file))
    .map(({ id, data }) => ({ id, data, change: 'gone' as const }))
  return [...fresh, ...gone].sort((a, b) => compareText(a.id, b.id))
}
