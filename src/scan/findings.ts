/** What a reader finds in a file: components up to a limit, and problems, of which like ones are counted and not repeated. */
import type { Problem } from '#domain/problem.ts'
import type { Component } from './component.ts'
import { isWord, maximumComponents } from './document.ts'
import { badComponent, shown, tooManyComponents } from './problems.ts'
import { displayName, makePurl, type Purl } from './purl.ts'

export class Findings {
  readonly components: Component[] = []
  private readonly file: string
  private readonly room: number
  private readonly others: Problem[] = []
  private readonly bad = new Map<string, { line: number; actual: string; count: number }>()
  private fullAt: number | undefined

  /** @param room how many components fit in */
  constructor(file: string, room: number) {
    this.file = file
    this.room = room
  }

  /** Adds a component, identified by these parts of a package URL. */
  add(parts: Purl, line: number, rest: Pick<Component, 'scope' | 'signs'> = {}): void {
    if (this.isFull(line)) return
    const { version, ...identity } = parts
    const isReadable = isWord(parts.name) && (parts.namespace === undefined || isWord(parts.namespace))
    const purl = isReadable ? makePurl({ ...identity, ...versionOf(version) }) : undefined
    if (purl) this.addPurl(purl, line, rest)
    else this.refuse('name', parts.name, line)
  }

  addPurl(purl: Purl, line: number, rest: Pick<Component, 'scope' | 'signs'> = {}): void {
    this.push({ ...rest, name: displayName(purl), ...versionOf(purl.version), purl, file: this.file, line })
  }

  /** Adds what the file only names: nothing identifies it, so nothing is known of it. */
  addUnidentified(name: string, version: string | undefined, line: number, rest: Pick<Component, 'signs'> = {}): void {
    if (isWord(name)) this.push({ ...rest, name, ...versionOf(version), file: this.file, line })
    else this.refuse('name', name, line)
  }

  /** Counts something that stands for a component and identifies none. */
  refuse(what: string, actual: unknown, line: number): void {
    const known = this.bad.get(what)
    if (known) known.count += 1
    else {
      const text = typeof actual === 'string' ? actual : (JSON.stringify(actual) ?? 'nothing')
      this.bad.set(what, { line, actual: shown(text), count: 0 })
    }
  }

  problem(problem: Problem): void {
    this.others.push(problem)
  }

  get problems(): Problem[] {
    return [
      ...this.others,
      ...[...this.bad].map(([what, { line, actual, count }]) => badComponent(this.file, line, what, actual, count)),
      ...(this.fullAt === undefined ? [] : [tooManyComponents(this.file, this.fullAt, maximumComponents)]),
    ]
  }

  private push(component: Component): void {
    if (!this.isFull(component.line)) this.components.push(component)
  }

  /** Whether nothing more fits in; remembers where that was. */
  private isFull(line: number): boolean {
    if (this.components.length < this.room) return false
    this.fullAt ??= line
    return true
  }
}

function versionOf(version: string | undefined): { version?: string } {
  return isWord(version) ? { version } : {}
}
