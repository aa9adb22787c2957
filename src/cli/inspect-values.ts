/** What `inspect` tells of a valid file: what it refers to, what follows from it, and what its page shows. */
import { deriveCell } from '#domain/cell.ts'
import type { ReferenceKind } from '#domain/identifier.ts'
import { isPublic } from '#domain/issue.ts'
import { kinds, type Kind } from '#catalog/kinds.ts'
import { fieldPathsOf, visitField } from '#catalog/schema-paths.ts'
import { viewEvents } from '#views/event.ts'
import { viewHardware } from '#views/hardware.ts'
import { viewIssue, viewIssueAlone } from '#views/issue.ts'
import { viewItem } from '#views/item.ts'
import { viewNote } from '#views/note.ts'
import { viewProject } from '#views/project.ts'
import type { PublishingContext } from '#views/publishing.ts'
import { viewRecipe } from '#views/recipe.ts'

export function referencesOf(kind: Kind, data: unknown, context: PublishingContext) {
  return fieldPathsOf(kinds[kind].schema).flatMap(({ path, meaning }) => {
    const found: { path: string; kind: string; id: string; name: string | null }[] = []
    if (!('referenceTo' in meaning)) return found
    visitField(data, path, (id, at) => {
      found.push({ path: at.join('.'), kind: meaning.referenceTo, id, name: nameOf(meaning.referenceTo, id, context) })
    })
    return found
  })
}

/** What the thing that an id means is called. */
export function nameOf(kind: ReferenceKind, id: string, { catalog }: PublishingContext): string | null {
  switch (kind) {
    case 'project':
    case 'event':
    case 'hardware':
      return catalog[kind].get(id)?.data.name ?? null
    case 'note':
    case 'recipe':
    case 'issue':
      return catalog[kind].get(id)?.data.title ?? null
    case 'person':
      return catalog.people.get(id)?.name ?? null
    case 'category':
      return catalog.categories.get(id)?.name ?? null
    case 'section':
      return catalog.sections.get(id)?.name ?? null
    case 'architecture':
      return catalog.architectures.get(id)?.name ?? null
    default:
      return kind satisfies never
  }
}

function cellsOf(id: string, { catalog, asOf }: PublishingContext) {
  return [...catalog.architectures.keys()].map(
    (architecture) => [architecture, deriveCell(catalog, id, architecture, asOf)] as const,
  )
}

/** A status is derived for a project alone; of what else there is, only what the clock or others decide. */
export function derivedOf(kind: Kind, id: string, context: PublishingContext): unknown {
  const { catalog, asOf } = context
  if (kind === 'project') return { asOf, cells: Object.fromEntries(cellsOf(id, context)) }
  if (kind === 'issue') {
    const issue = catalog.issue.get(id)
    return { asOf, isPublic: issue !== undefined && isPublic(issue.data, asOf) }
  }
  if (kind === 'source') {
    const records = [...catalog.evidence.values()].flat()
    return { asOf, records: records.filter((record) => 'provenance' in record && record.provenance.by === id).length }
  }
  return { asOf }
}

export function derivedInWords(kind: Kind, id: string, context: PublishingContext): string {
  if (kind !== 'project') return 'no status: only projects have cells'
  const known = cellsOf(id, context).filter(([, { basis }]) => basis !== 'none')
  const words = known.map(([architecture, { support, basis }]) => `${architecture} ${support} (${basis})`)
  return words.length === 0 ? 'nothing is known of any architecture' : words.join(', ')
}

export function pageOf(kind: Kind, id: string): string | undefined {
  switch (kind) {
    case 'project':
      return `/projects/${id}/`
    case 'issue':
      return `/issues/${id}/`
    case 'recipe':
      return `/recipes/${id}/`
    case 'note':
      return `/notes/${id}/`
    case 'event':
      return '/events/'
    case 'hardware':
      return '/hardware/'
    case 'item':
    case 'source':
      return undefined
    default:
      return kind satisfies never
  }
}

/** The plain data of its page; of what shares a page, its own part. Null where nothing shows it. */
export function viewOf(kind: Kind, id: string, context: PublishingContext): unknown {
  const { catalog, asOf } = context
  const project = catalog.project.get(id)
  const issue = catalog.issue.get(id)
  const recipe = catalog.recipe.get(id)
  const note = catalog.note.get(id)
  const item = catalog.item.get(id)
  if (kind === 'project' && project) return viewProject(project, context)
  if (kind === 'issue' && issue)
    return isPublic(issue.data, asOf) ? viewIssue(id, context) : viewIssueAlone(issue, context)
  if (kind === 'recipe' && recipe) return viewRecipe(recipe, context)
  if (kind === 'note' && note) return viewNote(note, context)
  if (kind === 'item' && item) return viewItem(item, context)
  const isOwn = ({ ways }: { ways: { file: string } }) => ways.file === `${kinds[kind].folder}/${id}.md`
  if (kind === 'event') {
    const { upcoming, years } = viewEvents(context)
    return [...upcoming, ...years.flatMap(({ events }) => events)].find(isOwn) ?? null
  }
  if (kind === 'hardware')
    return (
      viewHardware(context)
        .groups.flatMap(({ machines }) => machines)
        .find(isOwn) ?? null
    )
  return null
}
