/**
 * What is known of each project on each architecture, found by what identifies a package. The compact
 * form is what `views/stack-index.ts` makes; the site writes it to `/check/index.json`.
 */
import type { Basis, Support } from '#domain/status-words.ts'
import type { Build } from './component.ts'
import { candidatesOf, keyOf, type Way } from './matching.ts'
import { parsePurl, type Purl } from './purl.ts'

/** The compact form: columns, and everything that repeats once. */
export interface CompactIndex {
  /** The words of each architecture: its id, what it is called in Node.js, in wheels, in Debian, and other names. */
  architectures: { id: string; node: string; wheel: string; debian: string; words: string[] }[]
  /** Distinct cells: support, basis, when it was last seen or said, since when it is stale. */
  cells: [support: Support, basis: Basis, observedOn: string, staleOn: string][]
  /** Distinct rows of cells: for each architecture a place in `cells`. */
  patterns: number[][]
  /** Of each project: its id, its name (empty where it is the id), what identifies it, its place in `patterns`. */
  ids: string[]
  names: string[]
  identifiers: string[][]
  rows: number[]
}

export interface KnownStatus {
  support: Support
  basis: Basis
  observedOn: string
  staleOn: string
}

export interface KnownProject {
  id: string
  name: string
  statusOn(architecture: string): KnownStatus
}

export interface Match {
  project: KnownProject
  way: Way
}

const nothingKnown: KnownStatus = { support: 'unknown', basis: 'none', observedOn: '', staleOn: '' }

export class StackIndex {
  readonly architectures: readonly string[]
  private readonly byKey = new Map<string, KnownProject[]>()
  private readonly idsByWord = new Map<string, Set<string>>()

  constructor(compact: CompactIndex) {
    this.architectures = compact.architectures.map(({ id }) => id)
    compact.ids.forEach((id, place) => {
      const project: KnownProject = {
        id,
        name: compact.names[place] || id,
        statusOn: (architecture) => statusIn(compact, place, this.architectures.indexOf(architecture)),
      }
      for (const identifier of compact.identifiers[place] ?? []) {
        const purl = parsePurl(identifier)
        if (purl) this.put(keyOf(purl), project)
      }
    })
    for (const { id, node, wheel, debian, words } of compact.architectures) {
      for (const [ecosystem, word] of [
        ['node', node],
        ['wheel', wheel],
        ['debian', debian],
        ...[id, ...words].map((other) => ['oci', other] as const),
      ] as const) {
        if (word === '') continue
        const key = `${ecosystem} ${word.toLowerCase()}`
        this.idsByWord.set(key, (this.idsByWord.get(key) ?? new Set()).add(id))
      }
    }
  }

  /** The projects that a package means, by the surest way that leads to any. */
  find(purl: Purl): Match[] {
    for (const { key, way } of candidatesOf(purl)) {
      const projects = this.byKey.get(key)
      if (projects) return projects.map((project) => ({ project, way }))
    }
    return []
  }

  /** Whether something is built for an architecture. `unclear` where its word means several. */
  fits({ ecosystem, machine }: Pick<Build, 'ecosystem' | 'machine'>, architecture: string): 'yes' | 'no' | 'unclear' {
    return this.answer(`${ecosystem} ${machine.toLowerCase()}`, architecture)
  }

  /** Whether a platform of OCI, `linux/arm64/v8`, is an architecture. */
  isPlatform(platform: string, architecture: string): 'yes' | 'no' | 'unclear' {
    const word = platform.toLowerCase().replace(/^linux\//, '')
    // `arm` alone is what each of the columns of 32-bit Arm may be.
    return word === 'arm' && /^armv/.test(architecture) ? 'unclear' : this.answer(`oci ${word}`, architecture)
  }

  private answer(key: string, architecture: string): 'yes' | 'no' | 'unclear' {
    const ids = this.idsByWord.get(key)
    if (ids?.has(architecture) !== true) return 'no'
    return ids.size > 1 ? 'unclear' : 'yes'
  }

  private put(key: string, project: KnownProject): void {
    const known = this.byKey.get(key)
    if (!known) this.byKey.set(key, [project])
    else if (!known.includes(project)) known.push(project)
  }
}

function statusIn({ cells, patterns, rows }: CompactIndex, place: number, column: number): KnownStatus {
  const cell = cells[patterns[rows[place] ?? -1]?.[column] ?? -1]
  if (!cell) return nothingKnown
  const [support, basis, observedOn, staleOn] = cell
  return { support, basis, observedOn, staleOn }
}
