/** What the checks of references and of links share. */
import { idPattern, type ReferenceKind } from '#domain/identifier.ts'
import { isMachine } from '#domain/other-machines.ts'
import type { Problem } from '#domain/problem.ts'
import type { ArchitectureWords } from '#domain/architecture-words.ts'
import type { LocatedCatalog } from './catalog.ts'
import { asYaml } from './edit.ts'
import { didYouMean, meant, suggestId, type Fix } from './problems.ts'

export interface Context {
  catalog: LocatedCatalog
  words: ArchitectureWords
  /** The ids of a kind; undefined where nobody can tell them, because their file cannot be read. */
  idsOf: (kind: ReferenceKind) => ReadonlySet<string> | undefined
  /** Old addresses that a file has claimed, in small letters. */
  oldAddresses: Set<string>
  problems: Problem[]
}

/** What to do about a reference that leads nowhere. */
export function wayOut(kind: ReferenceKind, word: string, ids: Iterable<string>): Fix {
  // A file may define what is no id; that is its own problem.
  const known = [...ids].filter((id) => idPattern.test(id))
  const number = word.padStart(4, '0')
  if (kind === 'issue' && known.includes(number)) return meant(number)
  const addition = additionOf[kind].replace('…', idPattern.test(word) ? word : suggestId(word))
  const otherwise = `${addition}, or correct the id`
  const addedTo = fileOfVocabulary[kind]
  const entry: Fix = {
    text: otherwise,
    ...(addedTo && {
      change: {
        kind: 'add-entry',
        ...addedTo,
        key: idPattern.test(word) ? word : suggestId(word),
        yaml: `{name: ${asYaml(word)}}`,
      },
    }),
  }
  // A number that is near is another number, and a machine another machine.
  if (kind === 'issue' || (kind === 'architecture' && isMachine(word))) return { text: otherwise }
  return didYouMean(word, known, entry)
}

/** Vocabularies in which a name is enough. */
const fileOfVocabulary: Partial<Record<ReferenceKind, { file: string; to?: string }>> = {
  person: { file: 'people.yml' },
  category: { file: 'categories.yml' },
  section: { file: 'site.yml', to: 'sections' },
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
