/** Where a check keeps what it found, from one run to the next. */
import { hash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { CheckMemory } from '#catalog/check-content.ts'
import { digestOfSources } from '#catalog/clean-files.ts'
import { writeWhole } from '#store/whole-file.ts'
import type { World } from './world.ts'

/** Undefined where the generator has no place of its own for such things: then everything is read. */
export function checkMemory(folder: string, { home, now }: World): CheckMemory | undefined {
  const modules = join(home, 'node_modules')
  if (!existsSync(modules)) return undefined
  const file = join(modules, '.cache', 'works-on-arm', `check-${hash('sha256', folder).slice(0, 16)}.json`)
  return {
    load: () => (existsSync(file) ? readFileSync(file, 'utf8') : undefined),
    save: (text) => {
      mkdirSync(dirname(file), { recursive: true })
      writeWhole(file, text)
    },
    generator: digestOfSources([
      ...['catalog', 'domain'].map((room) => join(home, 'src', room)),
      join(modules, '.package-lock.json'),
      process.execPath,
    ]),
    now: Date.parse(now),
  }
}
