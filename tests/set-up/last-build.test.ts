import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { folderOf } from '#tests/builders.ts'
import {
  LastBuild,
  leftBehind,
  leftFiles,
  type BuildInputs,
  type BuildMemory,
  type BuiltSite,
} from '../../scripts/last-build.ts'
import { stampOf, stampsOfSite } from '../../scripts/stamps.ts'
import type * as Stamps from '../../scripts/stamps.ts'

/** Clocks of newer systems give each change a time of its own; a slow one gives two edits of one size the same stamp. */
const clock = vi.hoisted(() => ({ isSlow: false }))
vi.mock('../../scripts/stamps.ts', async (importOriginal) => {
  const stamps = await importOriginal<typeof Stamps>()
  return {
    ...stamps,
    stampsOf: (...args: Parameters<typeof Stamps.stampsOf>) => {
      const found = stamps.stampsOf(...args)
      return clock.isSlow ? { ...found, digest: 'one tick' } : found
    },
  }
})

const site: Omit<BuiltSite, 'fresh'> = {
  files: new Map([
    ['index.html', ''],
    ['a/index.html', 'key of a'],
  ]),
  frame: 'frame',
  until: '2026-11-21T12:00:00Z',
}

/** A build that has ended, and how one finds out whether another one would do something. */
async function built() {
  const folder = folderOf({
    'content/projects/a.md': 'A',
    'content/site.yml': 'title: T',
    'src/a.ts': 'a',
    'out/index.html': 'A',
    'out/a/index.html': 'A',
  })
  const look = (other: Partial<BuildInputs> = {}) =>
    new LastBuild(folder, join(folder, 'out'), {
      content: [join(folder, 'content'), join(folder, 'missing.yml')],
      code: [join(folder, 'src')],
      settings: { basePath: '/' },
      asOf: '2026-11-21T10:00:00Z',
      isClockSet: false,
      ...other,
    })
  // A file that was written a moment ago may be written again at the same time.
  await pause(150)
  look().remember({ ...site, fresh: stampsOfSite(join(folder, 'out')) })
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
      'a file of the code is written',
      (path) => {
        writeFileSync(path('src/a.ts'), 'b')
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

  test('has to do where the content is a link, and a file is written where it leads', async () => {
    const { look, path } = await built()
    symlinkSync('content', path('link'))
    const linked = () => look({ content: [path('link')] })
    linked().remember({ ...site, fresh: stampsOfSite(path('out')) })
    await pause(150)
    linked().remember({ ...site, fresh: stampsOfSite(path('out')) })
    expect(linked().isStillThere()).toBe(true)
    writeFileSync(path('content/projects/a.md'), 'B')
    await pause(150)
    expect(linked().isStillThere()).toBe(false)
  })

  test('has to do with other settings, and when nobody knows what the last one did', async () => {
    const { look, folder } = await built()
    expect(look({ settings: { basePath: '/other/' } }).isStillThere()).toBe(false)
    rmSync(join(folder, 'node_modules'), { recursive: true })
    expect(look().isStillThere()).toBe(false)
  })

  test('has nothing to do before the next moment of which the content speaks, unless its clock is set', async () => {
    const { look } = await built()
    expect(look({ asOf: '2026-11-21T11:59:59Z' }).isStillThere()).toBe(true)
    expect(look({ asOf: '2026-11-21T12:00:00Z' }).isStillThere()).toBe(false)
    expect(look({ asOf: '2026-11-21T09:59:59Z' }).isStillThere()).toBe(false)
    expect(look({ asOf: '2026-11-21T11:59:59Z', isClockSet: true }).isStillThere()).toBe(false)
    expect(look({ isClockSet: true }).isStillThere()).toBe(true)
  })

  test('has to do where a file was written at the very moment of looking', async () => {
    const { look, path } = await built()
    writeFileSync(path('content/site.yml'), 'title: U')
    const soon = look()
    soon.remember({ ...site, fresh: stampsOfSite(path('out')) })
    expect(soon.isStillThere()).toBe(false)
    expect(look().isStillThere()).toBe(false)
  })

  test('has nothing to do where that file has said the same at the end, when no time hides an edit any more', async () => {
    const { look, path } = await built()
    writeFileSync(path('content/site.yml'), 'title: U')
    const soon = look()
    expect(soon.isStillThere()).toBe(false)
    await pause(150)
    soon.remember({ ...site, fresh: stampsOfSite(path('out')) })
    expect(look().isStillThere()).toBe(true)
    expect(look().makes({ inputs: soon.digestOfBytes(), asOf: '2026-11-21T10:00:00Z', until: site.until })).toBe(true)
  })

  test('has to do where a file was written twice in one tick, before and after a build read it', async () => {
    const { look, path } = await built()
    clock.isSlow = true
    onTestFinished(() => {
      clock.isSlow = false
    })
    const file = path('content/site.yml')
    writeFileSync(file, 'title: U')
    const soon = look()
    writeFileSync(file, 'title: V')
    await pause(150)
    expect(soon.digestOfBytes()).toBe('')
    soon.remember({ ...site, fresh: stampsOfSite(path('out')) })
    expect(look().isStillThere()).toBe(false)
  })

  test('has to do where the code was written at that moment: nobody knows when it was loaded', async () => {
    const { look, path } = await built()
    writeFileSync(path('src/a.ts'), 'b')
    const soon = look()
    await pause(150)
    expect(soon.digestOfBytes()).toBe('')
    soon.remember({ ...site, fresh: stampsOfSite(path('out')) })
    expect(look().isStillThere()).toBe(false)
  })
})

describe('a site that was kept', () => {
  const facts = (inputs: string) => ({ inputs, asOf: '2026-11-21T10:00:00Z', until: '2026-11-21T12:00:00Z' })

  test('is what a build makes wherever its inputs were written, of the same bytes, and in its time', async () => {
    const { look, path } = await built()
    const inputs = look().digestOfBytes()
    expect(look().makes(facts(inputs))).toBe(true)
    for (const name of ['content/projects/a.md', 'src/a.ts']) {
      const text = readFileSync(path(name), 'utf8')
      rmSync(path(name))
      writeFileSync(path(name), text)
    }
    await pause(150)
    expect(look().makes(facts(inputs))).toBe(true)
    expect(look({ asOf: '2026-11-21T12:00:00Z' }).makes(facts(inputs))).toBe(false)
    expect(look({ settings: {} }).makes(facts(inputs))).toBe(false)
    for (const name of ['content/projects/a.md', 'src/a.ts']) {
      const text = readFileSync(path(name), 'utf8')
      writeFileSync(path(name), 'B')
      await pause(150)
      expect(look().makes(facts(inputs))).toBe(false)
      writeFileSync(path(name), text)
      await pause(150)
    }
    expect(look().makes(facts(inputs))).toBe(true)
  })

  test.each<[string, (path: (name: string) => string) => void]>([
    [
      'a folder comes that holds nothing',
      (path) => {
        mkdirSync(path('content/projects/b.md'))
      },
    ],
    [
      'a link stands in the place of a file, and leads to the same bytes',
      (path) => {
        renameSync(path('content/projects/a.md'), path('a.md'))
        symlinkSync('../../a.md', path('content/projects/a.md'))
      },
    ],
  ])('is another one where %s: a check may say so', async (_, change) => {
    const { look, path } = await built()
    const inputs = look().digestOfBytes()
    change(path)
    await pause(150)
    expect(look().digestOfBytes()).not.toBe('')
    expect(look().makes(facts(inputs))).toBe(false)
  })

  test('is not known by its inputs where they changed while they were read, or a link hides them', async () => {
    const { look, path } = await built()
    const during = look()
    writeFileSync(path('content/projects/a.md'), 'B')
    expect(during.digestOfBytes()).toBe('')
    expect(look().digestOfBytes()).toBe('')
    await pause(150)
    expect(look().digestOfBytes()).not.toBe('')
    symlinkSync('../src', path('content/linked'))
    await pause(150)
    expect(look().digestOfBytes()).toBe('')
    expect(look().makes(facts(''))).toBe(false)
  })
})

/** Files that nobody has touched, with their keys, sorted. Whoever looks at all of them and whoever asks for one see the same. */
function leftIn(memory: BuildMemory) {
  const [all, asked] = [leftBehind(memory, 'frame')?.files, leftFiles(memory, 'frame')]
  const left = ['a/index.html', 'b.html', 'foreign.html', 'index.html'].map((path) => {
    expect(all?.get(path)).toBe(asked?.get(path))
    expect(all?.has(path)).toBe(all?.get(path) !== undefined)
    return [path, all?.get(path)] as const
  })
  return left.filter(([, key]) => key !== undefined)
}

describe('what the last build left', () => {
  test('are its files with their keys, and whatever else lies there', async () => {
    const { look, path } = await built()
    writeFileSync(path('out/foreign.html'), '')
    const left = leftBehind(look().memory, 'frame')
    expect(leftIn(look().memory)).toEqual([...site.files].sort())
    expect([...(left?.stamps.keys() ?? [])].sort()).toEqual(['a/index.html', 'foreign.html', 'index.html'])
  })

  test('is known after a build upon it, of which only new files are looked at', async () => {
    const { look, path } = await built()
    writeFileSync(path('content/site.yml'), 'title: U')
    await pause(150)
    const next = look()
    const stayed = leftBehind(next.memory, 'frame')?.stamps
    writeFileSync(path('out/b.html'), 'B')
    rmSync(path('out/index.html'))
    const files = new Map([
      ['b.html', 'key of b'],
      ['a/index.html', 'key of a'],
    ])
    next.remember({ ...site, files, stayed, fresh: new Map([['b.html', stampOf(path('out/b.html'))]]) })
    expect(look().isStillThere()).toBe(true)
    expect(leftIn(look().memory)).toEqual([...files].sort())
  })

  test('is no file that somebody has touched', async () => {
    const { look, path } = await built()
    writeFileSync(path('out/a/index.html'), 'B')
    expect(leftIn(look().memory)).toEqual([['index.html', '']])
  })

  test('is no file in a folder that has become a link', async () => {
    const { look, path } = await built()
    renameSync(path('out/a'), path('elsewhere'))
    symlinkSync(path('elsewhere'), path('out/a'))
    expect(leftIn(look().memory)).toEqual([['index.html', '']])
  })

  test('is no file that another build wrote while this one ended', async () => {
    const { look, path } = await built()
    const next = look()
    const mine = stampsOfSite(path('out'))
    writeFileSync(path('out/a/index.html'), 'of another build')
    next.remember({ ...site, fresh: mine })
    expect(look().isStillThere()).toBe(false)
    expect(leftIn(look().memory)).toEqual([['index.html', '']])
  })

  test('is nothing where the code changed while it was built, or something else stands in the place of its memory', async () => {
    const { look, path, folder } = await built()
    const next = look()
    writeFileSync(path('src/a.ts'), 'b')
    next.forget()
    next.remember({ ...site, fresh: stampsOfSite(path('out')) })
    expect(leftBehind(look().memory, 'frame')).toBeUndefined()
    const memories = join(folder, 'node_modules/.cache/works-on-arm')
    look().remember({ ...site, fresh: stampsOfSite(path('out')) })
    for (const name of readdirSync(memories)) {
      rmSync(join(memories, name))
      mkdirSync(join(memories, name, 'folder'), { recursive: true })
    }
    expect(leftBehind(look().memory, 'frame')).toBeUndefined()
    look().forget()
    expect(readdirSync(memories)).toEqual([])
  })

  test('is nothing where the site is gone', async () => {
    const { look, path } = await built()
    rmSync(path('out'), { recursive: true })
    expect(look().isStillThere()).toBe(false)
    expect(leftBehind(look().memory, 'frame')).toBeUndefined()
    expect(leftFiles(look().memory, 'frame')).toBeUndefined()
  })

  test('is nothing where another program made it, and after a build that has not ended', async () => {
    const { look } = await built()
    expect(leftBehind(look().memory, 'another frame')).toBeUndefined()
    expect(leftFiles(look().memory, 'fram')).toBeUndefined()
    look().forget()
    expect(leftBehind(look().memory, 'frame')).toBeUndefined()
    expect(look().isStillThere()).toBe(false)
  })
})
