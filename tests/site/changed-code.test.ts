/** A build during which somebody edits the generator: the site is made by the code as it is then, all of it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { copyRepository } from '../../scripts/bench/sides.ts'
import { argumentsOf } from '../../scripts/npm-script.ts'

const home = resolve(import.meta.dirname, '../..')
const copy = mkdtempSync(join(tmpdir(), 'changed-code-'))
afterAll(() => {
  rmSync(copy, { recursive: true, force: true })
})

test('what is edited while the code is compiled decides about every page, and about the next build', async () => {
  copyRepository(home, copy)
  writeContent()
  const first = startBuild('first')
  const programs = join(copy, 'node_modules/.cache/works-on-arm/programs')
  // The code has been looked at, and compiling it takes seconds.
  while (!existsSync(programs)) await setTimeout(20)
  const file = join(copy, 'src/domain/project.ts')
  const field = "Line(100).describe('Name as its authors write it')"
  const text = readFileSync(file, 'utf8')
  expect(text).toContain(field)
  writeFileSync(file, text.replace(field, `${field}.transform((name) => name + ' of late')`))
  expect(await first).toMatch(/it is compiled once more/)
  expect(nameIn('first')).toBe('Redis of late')
  await startBuild('second')
  expect(nameIn('second')).toBe('Redis of late')
}, 120_000)

test('what is edited when the program is there is kept for nobody: the pages may be of one code, and the rest of the other', async () => {
  const sites = join(copy, 'node_modules/.cache/works-on-arm/sites')
  const third = startBuild('third', { KEEP_SITE: 'true' })
  const work = join(copy, '.build')
  const before = readdirSync(work)
  while (readdirSync(work).length <= before.length) await setTimeout(1)
  const file = join(copy, 'src/feeds/badge.ts')
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n// Later.\n`)
  await third
  expect(existsSync(sites)).toBe(false)
  await startBuild('third', { KEEP_SITE: 'true' })
  expect(readdirSync(sites)).toHaveLength(1)
}, 120_000)

test('a file of `public` that is in the way of a page is told, and the site stays', async () => {
  const before = readdirSync(join(copy, 'second')).sort()
  writeFileSync(join(copy, 'public/changes'), 'a file')
  await expect(startBuild('second')).rejects.toThrow(
    /ended with 1: (?:.*\n)?The site would have two files at \/changes.*, or a file and a folder\. Where one of them is in `public`, give it another name there\.\n$/,
  )
  expect(readdirSync(join(copy, 'second')).sort()).toEqual(before)
  rmSync(join(copy, 'public/changes'))
}, 120_000)

test('a folder of caches may be a link to another place', async () => {
  const caches = join(copy, 'node_modules/.cache')
  const place = mkdtempSync(join(tmpdir(), 'caches-elsewhere-'))
  try {
    renameSync(caches, join(place, 'caches'))
    symlinkSync(join(place, 'caches'), caches)
    await startBuild('fourth')
    expect(nameIn('fourth')).toBe('Redis of late')
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}, 120_000)

function writeContent(): void {
  const content = join(copy, 'small')
  mkdirSync(join(content, 'projects'), { recursive: true })
  cpSync(join(home, 'content/architectures.yml'), join(content, 'architectures.yml'))
  writeFileSync(join(content, 'site.yml'), 'title: Small\n')
  writeFileSync(
    join(content, 'projects/redis.md'),
    '---\nname: Redis\nsummary: A store in memory\nhomepage: https://redis.io/\ncategories: [database]\n---\n',
  )
}

/** @returns what it says, when it has ended well */
async function startBuild(name: string, environment: Record<string, string> = {}): Promise<string> {
  const build = spawn(process.execPath, argumentsOf('build', copy), {
    cwd: copy,
    env: {
      ...process.env,
      ...{ INIT_CWD: copy, OUT_DIR: join(copy, name), CONTENT_DIR: join(copy, 'small') },
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  build.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [code] = (await once(build, 'close')) as [number | null]
  if (code !== 0) throw new Error(`The build ended with ${code}: ${said}`)
  return said
}

function nameIn(site: string): string | undefined {
  return /<h1[^>]*>\s*([^<]*?)\s*</.exec(readFileSync(join(copy, site, 'projects/redis/index.html'), 'utf8'))?.[1]
}
