/**
 * What earlier builds made, each under a key that holds everything that decides about it, in one file. All of it is below an environment
 * (the code, the packages): where that is another, nothing is there.
 */
import { hash } from 'node:crypto'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { keep, readKeptBytes } from '../src/store/kept-file.ts'

interface Kept<T> {
  environment: string
  entries: Map<string, T>
}

/** As many things that are kept for each new one that is not worth to write all of them for. */
const fewOfAll = 500

export class KeptMap<T> {
  private readonly file: string
  private readonly environment: string
  private readonly before: ReadonlyMap<string, T>
  private readonly used = new Map<string, T>()
  private fresh = 0

  /**
   * @param home        the generator's folder
   * @param name        of the file, in the folder of caches
   * @param environment as JSON can say it
   */
  constructor(home: string, name: string, environment: unknown) {
    this.file = join(home, 'node_modules', '.cache', 'works-on-arm', name)
    this.environment = hash('sha256', JSON.stringify(environment))
    this.before = parseKept<T>(readKeptBytes(this.file), this.environment)
  }

  get(key: string): T | undefined {
    const found = this.used.get(key) ?? this.before.get(key)
    if (found !== undefined) this.used.set(key, found)
    return found
  }

  set(key: string, made: T): void {
    this.fresh += 1
    this.used.set(key, made)
  }

  /** Everything that was asked for, and found or made. */
  asked(): [key: string, made: T][] {
    return [...this.used]
  }

  /**
   * Keeps what was asked for.
   * @param isAll       whether that is all that there is: then nothing else is kept
   * @param isSparingly whether a few of very many may be missing, which are made sooner than all are written
   */
  save({ isAll, isSparingly = false }: { isAll: boolean; isSparingly?: boolean }): void {
    const gone = isAll ? this.before.size - (this.used.size - this.fresh) : 0
    const changed = this.fresh + gone
    if (changed === 0 || (isSparingly && changed * fewOfAll < this.before.size)) return
    const entries = isAll ? this.used : new Map([...this.used, ...this.before])
    keep(this.file, serialize({ environment: this.environment, entries } satisfies Kept<T>))
  }
}

function parseKept<T>(bytes: Buffer | undefined, environment: string): ReadonlyMap<string, T> {
  if (!bytes) return new Map()
  try {
    // Written by `save` alone; what another version of the generator wrote has another environment.
    const kept = deserialize(bytes) as Partial<Kept<T>> | null
    return (kept?.environment === environment && kept.entries) || new Map<string, T>()
  } catch {
    return new Map()
  }
}
