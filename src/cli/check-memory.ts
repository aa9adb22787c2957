/** Where a check keeps what it found, from one run to the next. */
import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CheckMemory } from '#catalog/check-content.ts'
import { digestOfSources } from '#catalog/clean-files.ts'
import { keep, readKept } from '#store/kept-file.ts'
import type { World } from './world.ts'

/** Undefined where the generator has no place of its own for such things: then everything is read. */
export function checkMemory(folder: string, { home, now }: World): CheckMemory | undefined {
  const modules = join(home, 'node_modules')
  if (!existsSync(modules)) return undefined
  const file = join(modules, '.cache', 'works-on-arm', `check-${hash('sha256', folder).slice(0, 16)}.json`)
  return {
    load: () => readKept(file),
    save: (text) => {
      keep(file, text)
    },
    generator: digestOfSources([
      ...['catalog', 'domain'].map((room) => join(home, 'src', room)),
      join(modules, '.package-lock.json'),
      process.execPath,
    ]),
    now: Date.parse(now),
  }
}
