/**
 * What was derived of a project, for as long as nothing that decides about its cells is another: in a build for all who ask, in
 * development from one edit to the next.
 */
import type { Catalog, Entry } from './catalog.ts'
import type { StoredRecord } from './evidence.ts'
import type { Project } from './project.ts'

interface Derived<T> {
  id: string
  records: readonly StoredRecord[] | undefined
  control: string | undefined
  clock: string
  others: string
  value: T
}

export class OfProjects<T> {
  // Entries are never changed: another text of a file is another entry.
  private readonly known = new WeakMap<Project, Derived<T>>()

  /**
   * @param others whatever else decides about it
   * @returns what was made before, where that is the same; nobody may change what others got
   */
  get(
    { id, data }: Entry<Project>,
    { catalog, asOf }: { catalog: Pick<Catalog, 'architectures' | 'evidence'>; asOf: string },
    others: string,
    make: () => T,
  ): T {
    const records = catalog.evidence.get(id)
    const control = controlOf(catalog.architectures)
    // Claims are of days; only records know hours.
    const clock = records ? asOf : asOf.slice(0, 10)
    const known = this.known.get(data)
    if (
      known?.id === id &&
      known.records === records &&
      known.control === control &&
      known.clock === clock &&
      known.others === others
    )
      return known.value
    const value = make()
    this.known.set(data, { id, records, control, clock, others, value })
    return value
  }
}

const controls = new WeakMap<Catalog['architectures'], string | undefined>()

function controlOf(architectures: Catalog['architectures']): string | undefined {
  if (!controls.has(architectures))
    controls.set(architectures, [...architectures].find(([, { control }]) => control)?.[0])
  return controls.get(architectures)
}
