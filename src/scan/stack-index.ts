/**
 * What is known of each project on each architecture, found by what identifies a package. The compact
 * form is what `views/stack-index.ts` makes; the site writes it to `/check/index.json`.
 */
import type { Basis, Support } from '#domain/status-words.ts'
import type { Build } from './component.ts'
import { candidatesOf, keyOf, type Way } from './matching.ts'
import { parsePlatformName } from './npm-platform-name.ts'
import { displayName, parsePurl, type Purl } from './purl.ts'

/** The compact form: columns, and everything that repeats once. */
export interface CompactIndex {
  /** Each architecture: its name in Node.js and in wheels, other words for it, and words that may mean another one. */
  architectures: { id: string; node: string; wheel: string; words: string[]; unclear: string[] }[]
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
        if (!purl) continue
        this.put(keyOf(purl), project)
        // What has a build for one platform under a name has those for the others under names like it.
        const platform = purl.type === 'npm' ? parsePlatformName(displayName(purl)) : undefined
        if (platform) this.put(`npm/${platform.base}`, project)
      }
    })
    for (const { id, node, wheel, words, unclear } of compact.architectures) {
      this.means('node', node, id)
      this.means('wheel', wheel, id)
      for (const word of [id, ...words]) this.means('oci', word, id)
      for (const word of unclear) this.means('oci', word, id, 'another')
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
    return this.answer(`oci ${platform.toLowerCase().replace(/^linux\//, '')}`, architecture)
  }

  private answer(key: string, architecture: string): 'yes' | 'no' | 'unclear' {
    const ids = this.idsByWord.get(key)
    if (ids?.has(architecture) !== true) return 'no'
    return ids.size > 1 ? 'unclear' : 'yes'
  }

  private means(vocabulary: string, word: string, ...ids: readonly string[]): void {
    if (word === '') return
    const key = `${vocabulary} ${word.toLowerCase()}`
    const known = this.idsByWord.get(key) ?? new Set()
    for (const id of ids) known.add(id)
    this.idsByWord.set(key, known)
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
