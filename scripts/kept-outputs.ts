/**
 * Outputs that an earlier build made: mails and pictures, which take long and of which a build changes few. One is found by a digest
 * of its path and of everything that decides about it (`madeFrom`), below a digest of the generator and its packages.
 */
import { hash } from 'node:crypto'
import { join } from 'node:path'
import process from 'node:process'
import { digestOfFiles } from '../src/store/digest-of-files.ts'
import { KeptMap } from './kept-map.ts'

export class KeptOutputs {
  private readonly home: string
  private readonly mayKeep: () => boolean
  private opened: KeptMap<Uint8Array> | undefined

  /** @param mayKeep asked when all outputs are made */
  constructor(home: string, mayKeep = () => true) {
    this.home = home
    this.mayKeep = mayKeep
  }

  keyOf(path: string, madeFrom: string): string {
    return hash('sha256', `${path}\n${madeFrom}`, 'base64url')
  }

  get(key: string): Uint8Array | undefined {
    return this.kept().get(key)
  }

  set(key: string, content: string | Uint8Array): void {
    this.kept().set(key, typeof content === 'string' ? Buffer.from(content) : content)
  }

  /** @param isAll whether this build asked for all that its site has: then nothing else is kept */
  save(isAll: boolean): void {
    if (this.opened && this.mayKeep()) this.opened.save({ isAll })
  }

  /** Read when the first output asks: a build without mails and pictures needs none of it. */
  private kept(): KeptMap<Uint8Array> {
    const sources = ['catalog', 'domain', 'feeds', 'site', 'views'].map((room) => join(this.home, 'src', room))
    return (this.opened ??= new KeptMap(this.home, 'outputs.bin', [
      process.version,
      process.arch,
      digestOfFiles([...sources, join(this.home, 'package-lock.json')]),
    ]))
  }
}
