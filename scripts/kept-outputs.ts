/**
 * Outputs that an earlier build made: mails and pictures, which take long and of which a build changes few. One is found by a digest
 * of its path and of everything that decides about it (`madeFrom`), below a digest of the generator and its packages.
 */
import { hash } from 'node:crypto'
import { join } from 'node:path'
import process from 'node:process'
import { digestOfFiles } from '../src/store/digest-of-files.ts'
import { keep, readKeptBytes } from '../src/store/kept-file.ts'

interface Contents {
  environment: string
  /** Keys and lengths, in the order of the bytes that follow. */
  entries: [key: string, length: number][]
}

export class KeptOutputs {
  private readonly home: string
  private readonly file: string
  private readonly mayKeep: () => boolean
  private opened: { environment: string; before: ReadonlyMap<string, Uint8Array> } | undefined
  private readonly used = new Map<string, Uint8Array>()
  private hasNew = false

  /** @param mayKeep asked when all outputs are made */
  constructor(home: string, mayKeep = () => true) {
    this.home = home
    this.mayKeep = mayKeep
    this.file = join(home, 'node_modules', '.cache', 'works-on-arm', 'outputs.bin')
  }

  keyOf(path: string, madeFrom: string): string {
    return hash('sha256', `${path}\n${madeFrom}`, 'base64url')
  }

  get(key: string): Uint8Array | undefined {
    this.opened ??= this.open()
    const found = this.used.get(key) ?? this.opened.before.get(key)
    if (found) this.used.set(key, found)
    return found
  }

  set(key: string, content: string | Uint8Array): void {
    this.hasNew = true
    this.used.set(key, typeof content === 'string' ? Buffer.from(content) : content)
  }

  /** @param isAll whether this build asked for all that its site has: then nothing else is kept */
  save(isAll: boolean): void {
    if (!this.opened || !this.mayKeep()) return
    if (!isAll) for (const [key, content] of this.opened.before) this.used.set(key, content)
    if (!this.hasNew && this.used.size === this.opened.before.size) return
    const contents: Contents = {
      environment: this.opened.environment,
      entries: [...this.used].map(([key, { length }]) => [key, length]),
    }
    keep(this.file, Buffer.concat([Buffer.from(`${JSON.stringify(contents)}\n`), ...this.used.values()]))
  }

  /** Read when the first output asks: a build without mails and pictures needs none of it. */
  private open(): NonNullable<KeptOutputs['opened']> {
    const sources = ['catalog', 'domain', 'feeds', 'site', 'views'].map((room) => join(this.home, 'src', room))
    const environment = hash(
      'sha256',
      JSON.stringify([
        process.version,
        process.arch,
        digestOfFiles([...sources, join(this.home, 'package-lock.json')]),
      ]),
    )
    return { environment, before: parseOutputs(readKeptBytes(this.file), environment) }
  }
}

function parseOutputs(bytes: Buffer | undefined, environment: string): ReadonlyMap<string, Uint8Array> {
  const outputs = new Map<string, Uint8Array>()
  const end = bytes?.indexOf('\n') ?? -1
  if (!bytes || end === -1) return outputs
  try {
    // Written by `save` alone; what another version of the generator wrote has another environment.
    const contents = JSON.parse(bytes.toString('utf8', 0, end)) as Partial<Contents> | null
    if (contents?.environment !== environment) return outputs
    let place = end + 1
    for (const [key, length] of contents.entries ?? []) outputs.set(key, bytes.subarray(place, (place += length)))
    return place === bytes.length ? outputs : new Map()
  } catch {
    return new Map()
  }
}
