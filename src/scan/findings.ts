/** What a reader finds in a file: components up to a limit, and problems, of which like ones are counted and not repeated. */
import type { Problem } from '#domain/problem.ts'
import type { Component } from './component.ts'
import { isWord, maximumComponents } from './document.ts'
import {
  badComponent,
  malformedStack,
  shown,
  tooManyComponents,
  unreadInstallation,
  type Malformed,
} from './problems.ts'
import { displayName, makePurl, type Purl } from './purl.ts'

/** Faults in the structure of one file that are told; the first says enough. */
const maximumMalformed = 10

export class Findings {
  readonly components: Component[] = []
  private readonly file: string
  private readonly format: string
  private readonly room: number
  private readonly others: Problem[] = []
  private readonly bad = new Map<string, { line: number; actual?: string; more: number }>()
  private readonly unreadLines = new Map<number, string>()
  private fullAt: number | undefined

  /**
   * @param format what the file is read as, for people
   * @param room how many components fit in
   */
  constructor(file: string, format: string, room: number) {
    this.file = file
    this.format = format
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

  /** Counts something that stands for a component and identifies none: a name, a line. */
  refuse(what: string, actual: string, line: number): void {
    this.countBad(what, { line, actual: shown(actual) })
  }

  /**
   * Counts a value of a kind that no component is.
   * @param where it stands: `` in `packages` ``
   */
  refuseKind(value: unknown, where: string, line: number): void {
    this.countBad(`${kindOf(value)} ${where}`, { line })
  }

  /** Says that a line installs something, and that nobody has looked what. */
  unread(command: string, line: number): void {
    if (!this.unreadLines.has(line)) this.unreadLines.set(line, command)
  }

  /** Says that the file is not built as its format is, so that nothing of it is read. */
  malformed(malformed: Malformed): void {
    if (this.others.length < maximumMalformed) this.problem(malformedStack(this.file, this.format, malformed))
  }

  problem(problem: Problem): void {
    this.others.push(problem)
  }

  get problems(): Problem[] {
    const isAll = this.components.length === 0 && this.fullAt === undefined
    return [
      ...this.others,
      ...[...this.bad].map(([what, bad]) => badComponent(this.file, { what, ...bad, isAll })),
      ...unreadInstallation(this.file, [...this.unreadLines]),
      ...(this.fullAt === undefined ? [] : [tooManyComponents(this.file, this.fullAt, maximumComponents)]),
    ]
  }

  private countBad(what: string, first: { line: number; actual?: string }): void {
    const known = this.bad.get(what)
    if (known) known.more += 1
    else this.bad.set(what, { ...first, more: 0 })
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

/** What a value is, in a word for people. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return 'list'
  if (value instanceof Date) return 'date'
  switch (typeof value) {
    case 'object':
      return 'map'
    case 'string':
      return 'text'
    case 'number':
    case 'bigint':
      return 'number'
    default:
      return 'value'
  }
}

function versionOf(version: string | undefined): { version?: string } {
  return isWord(version) ? { version } : {}
}
