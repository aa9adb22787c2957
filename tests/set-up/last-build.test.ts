import { rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { folderOf } from '#tests/builders.ts'
import { LastBuild } from '../../scripts/last-build.ts'

/** A build that has ended, and how one finds out whether another one would do something. */
async function built() {
  const folder = folderOf({
    'content/projects/a.md': 'A',
    'content/site.yml': 'title: T',
    'out/index.html': 'A',
    'out/a/index.html': 'A',
  })
  const look = (settings: Record<string, string> = { asOf: '2026-11-21' }) =>
    new LastBuild(folder, join(folder, 'out'), {
      paths: [join(folder, 'content'), join(folder, 'missing.yml')],
      settings,
    })
  // A file that was written a moment ago may be written again at the same time.
  await pause(150)
  look().remember()
  return { folder, look, path: (name: string) => join(folder, name) }
}

describe('after a build, another one', () => {
  test('has nothing to do while nothing changes', async () => {
    const { look } = await built()
    expect(look().isStillThere()).toBe(true)
    expect(look().isStillThere()).toBe(true)
  })

  test.each<[string, (path: (name: string) => string) => void]>([
    [
      'a file of the content is written',
      (path) => {
        writeFileSync(path('content/projects/a.md'), 'B')
      },
    ],
    [
      'it is written with its old size and time',
      (path) => {
        writeFileSync(path('content/projects/a.md'), 'B')
        utimesSync(path('content/projects/a.md'), new Date(0), new Date(0))
      },
    ],
    [
      'a file comes',
      (path) => {
        writeFileSync(path('content/projects/b.md'), 'B')
      },
    ],
    [
      'a file goes',
      (path) => {
        rmSync(path('content/projects/a.md'))
      },
    ],
    [
      'a file that was missing comes',
      (path) => {
        writeFileSync(path('missing.yml'), '')
      },
    ],
    [
      'the site is touched',
      (path) => {
        writeFileSync(path('out/a/index.html'), 'B')
      },
    ],
    [
      'a page of the site goes',
      (path) => {
        rmSync(path('out/a'), { recursive: true })
      },
    ],
    [
      'something comes into the site',
      (path) => {
        symlinkSync('index.html', path('out/CNAME'))
      },
    ],
  ])('has to do when %s', async (_, change) => {
    const { look, path } = await built()
    change(path)
    await pause(150)
    expect(look().isStillThere()).toBe(false)
  })

  test('has to do with other settings, and when nobody knows what the last one did', async () => {
    const { look, folder } = await built()
    expect(look({ asOf: '2026-11-22' }).isStillThere()).toBe(false)
    rmSync(join(folder, 'node_modules'), { recursive: true })
    expect(look().isStillThere()).toBe(false)
  })

  test('has to do where a file was written at the very moment of looking', async () => {
    const { look, path } = await built()
    writeFileSync(path('content/site.yml'), 'title: U')
    const soon = look()
    soon.remember()
    expect(soon.isStillThere()).toBe(false)
  })
})
