import { isMachine } from './other-machines.ts'
import type { Architecture } from './vocabulary.ts'

/** What an ambiguous word may mean, and where it does. */
export interface Reading {
  id: string
  where: string
}

export type ArchitectureReading =
  { kind: 'known'; id: string } | { kind: 'ambiguous'; readings: Reading[] } | { kind: 'unknown' }

/** Every word that means an architecture, in one table. Words are compared without case. */
export class ArchitectureWords {
  private readonly idByWord = new Map<string, string>()
  private readonly readingsByWord = new Map<string, Reading[]>()

  constructor(architectures: ReadonlyMap<string, Architecture>) {
    for (const [id, { ambiguous }] of architectures) {
      for (const [word, where] of Object.entries(ambiguous)) {
        const key = word.toLowerCase()
        this.readingsByWord.set(key, [...(this.readingsByWord.get(key) ?? []), { id, where }])
      }
    }
    for (const [id, { aliases }] of architectures) {
      for (const alias of aliases) {
        const key = alias.toLowerCase()
        if (!this.readingsByWord.has(key)) this.idByWord.set(key, id)
      }
    }
    // What other tools call it, where that is nobody else's word.
    const idsByTool = new Map<string, Set<string>>()
    for (const [id, { gnu, uname = [], rust, debian }] of architectures) {
      for (const word of [gnu, ...uname, rust, debian]) {
        const key = word?.toLowerCase() ?? ''
        idsByTool.set(key, (idsByTool.get(key) ?? new Set()).add(id))
      }
    }
    for (const [word, ids] of idsByTool) {
      const [id] = ids
      if (word === '' || id === undefined || ids.size > 1) continue
      if (!this.readingsByWord.has(word) && !this.idByWord.has(word)) this.idByWord.set(word, id)
    }
    // An id always means itself, whatever another architecture lists.
    for (const id of architectures.keys()) this.idByWord.set(id, id)
  }

  /** A platform of images, such as `linux/arm64`, is read by what stands behind its system. */
  read(word: string): ArchitectureReading {
    const key = word.toLowerCase().replace(/^linux\//, '')
    const id = this.idByWord.get(key)
    if (id !== undefined) return { kind: 'known', id }
    const readings = this.readingsByWord.get(key)
    return readings ? { kind: 'ambiguous', readings } : { kind: 'unknown' }
  }

  /** Every unambiguous word, in lower case. */
  words(): Iterable<string> {
    return this.idByWord.keys()
  }

  /** The words of which somebody may have meant one by another word: none where that is another machine. */
  candidatesFor(word: string): Iterable<string> {
    return isMachine(word) ? [] : this.words()
  }

  /** Every word that may mean several, in lower case, with its readings. */
  ambiguousWords(): ReadonlyMap<string, readonly Reading[]> {
    return this.readingsByWord
  }
}
