/**
 * What a build leaves in place is what it would have made: a site is edited at random, built upon the last one, and held to a build from
 * nothing, byte by byte; so is one of which only the caches are left. `LONG=1` edits more.
 */
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { ourFormat, writeContent } from '../../scripts/bench/content-formats.ts'
import { makeFacts } from '../../scripts/bench/facts.ts'
import { randomNumbers } from '../../scripts/generate-content.ts'
import { logNameOf } from '#domain/run-log.ts'
import { observedRun } from '#tests/builders.ts'
import { filesOf } from './html.ts'
import { build, buildOrThrow, home, type Site } from './sites.ts'

const folder = mkdtempSync(join(tmpdir(), 'works-on-arm-changes-'))
const content = join(folder, 'content')
const siteIn = (name: string): Site => ({
  name,
  contentFolder: content,
  folder: join(folder, name),
  origin: 'https://changes.example.org',
  basePath: '/',
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const seed = 9
const rounds = process.env.LONG ? 25 : 4
const random = randomNumbers(seed)
const pick = <Of>(list: readonly Of[]): Of => {
  const one = list[Math.floor(random() * list.length)]
  if (one === undefined) throw new Error('There is nothing to pick from.')
  return one
}

/** Every kind of content, and projects whose text says little. */
function writeBeginning(): void {
  mkdirSync(content)
  const kinds = join(home, 'tests/fixtures/catalog/every-kind/content')
  writeContent(ourFormat(kinds), makeFacts(14, 0, seed), content)
  cpSync(kinds, content, { recursive: true })
  const categories = readFileSync(join(home, 'content/categories.yml'), 'utf8')
  writeFileSync(join(content, 'categories.yml'), `${categories}\nlanguages: {name: Languages}\n`)
  mkdirSync(join(content, 'evidence'))
  for (let count = 0; count < 3; count += 1) addRun()
  for (const name of ['busy-1', 'busy-2', 'busy-3'])
    writeFileSync(join(content, `projects/${name}.md`), busyProject(name))
}

/** With a change on nearly every day of 2024: all of them together need several pages. */
function busyProject(name: string): string {
  const claims = Array.from({ length: 12 * 28 }, (_, index) => {
    const [month, day] = [Math.floor(index / 28) + 1, (index % 28) + 1].map((part) => String(part).padStart(2, '0'))
    const architecture = ['amd64', 'arm64', 'riscv64'][index % 3] ?? ''
    const support = Math.floor(index / 3) % 2 === 0 ? 'works' : 'partial'
    return `  - {architectures: [${architecture}], support: ${support}, date: 2024-${month}-${day}, link: https://example.org/${index}, note: "N"}\n`
  })
  const front = `name: "${name}"\nsummary: "Changes nearly every day"\nhomepage: https://example.org/\ncategories: [databases]\n`
  return `---\n${front}claims:\n${claims.join('')}---\n\nIt has much to tell.\n`
}

const projects = () =>
  readdirSync(join(content, 'projects'))
    .filter((name) => !['go.md', 'golang.md', 'redis.md'].includes(name))
    .sort()

/** Those that never go: only they are referred to. */
const lasting = () => projects().filter((name) => !name.startsWith('come-'))

function edit(file: string, change: (text: string) => string): void {
  const path = join(content, file)
  const text = readFileSync(path, 'utf8')
  const changed = change(text)
  if (changed === text) throw new Error(`The edit of ${file} changed nothing.`)
  writeFileSync(path, changed)
}

const editProject = (change: (text: string) => string) => {
  // Some have no claims, and nothing of a claim to edit.
  const changed = projects().filter((name) => {
    const text = readFileSync(join(content, 'projects', name), 'utf8')
    return change(text) !== text
  })
  edit(`projects/${pick(changed)}`, change)
}

let runs = 0
function addRun(): void {
  runs += 1
  const project = pick(lasting()).replace('.md', '')
  const file = join(content, 'evidence', `${project}.jsonl`)
  const earlier = statSync(file, { throwIfNoEntry: false }) ? readFileSync(file, 'utf8') : ''
  const run = observedRun({
    project,
    architecture: pick(['arm64', 'riscv64', 'amd64']),
    outcome: pick(['passed', 'failed']),
    observedAt: pick(['2026-11-01T10:00:00Z', '2026-11-20T05:00:00Z', '2026-11-20T12:00:00Z']),
    run: { id: String(runs) },
  })
  writeFileSync(file, `${earlier}${JSON.stringify(run)}\n`)
}

const frequentEdits: Record<string, () => void> = {
  'a claim says something else': () => {
    editProject((text) =>
      text.replace(/support: \S+/, `support: ${text.includes('support: broken') ? 'works' : 'broken'}`),
    )
  },
  'a note of a claim is another': () => {
    editProject((text) => text.replace(/note: "(.*)"/, 'note: "Another $1"'))
  },
  'a text gets a link to another project': () => {
    const other = pick(lasting()).replace('.md', '')
    editProject((text) => `${text}\nSee [the other](/projects/${other}/), round ${runs}.\n`)
  },
  'a project has another name': () => {
    editProject((text) => text.replace(/^name: "(.*)"$/m, 'name: "New $1"'))
  },
  'a project has another category': () => {
    editProject((text) =>
      text.replace(
        /^categories: \[(.*)\]$/m,
        (_, was) => `categories: [${was === 'storage' ? 'databases' : 'storage'}]`,
      ),
    )
  },
  'a project waits for another': () => {
    const [waiting, blocker] = [lasting()[0], lasting()[1]].map((name) => name?.replace('.md', ''))
    edit(`projects/${waiting ?? ''}.md`, (text) =>
      text.includes('blockedBy')
        ? text.replace(/^blockedBy.*\n/m, '')
        : text.replace(/^claims:/m, `blockedBy: [${blocker ?? ''}]\nclaims:`),
    )
  },
  'a project comes': () => {
    const name = pick(projects())
    const text = readFileSync(join(content, 'projects', name), 'utf8')
    writeFileSync(join(content, 'projects', `come-${runs}-${projects().length}.md`), text)
  },
  'a project goes': () => {
    const without = projects().filter((name) => name.startsWith('come-'))
    if (without.length > 0) rmSync(join(content, 'projects', pick(without)))
  },
  'a run is recorded': addRun,
  'an issue speaks of a project': () => {
    const other = pick(lasting()).replace('.md', '')
    edit('issues/0001.md', (text) => `${text}\n\nNow [this one](/projects/${other}/) too, and ${text.length}.\n`)
  },
  'a note is longer': () => {
    edit('notes/page-size.md', (text) => `${text}\n\nMore, ${text.length}.\n`)
  },
  'a recipe is longer': () => {
    edit('recipes/redis-from-source.md', (text) => `${text}\n\nMore, ${text.length}.\n`)
  },
  'the site has another title': () => {
    edit('site.yml', (text) => text.replace(/^title: (.*)$/m, 'title: $1 again'))
  },
}

/** Of a file that may be missing: puts it there, or takes it away again. */
function comeOrGo(file: string, text: string): void {
  const path = join(content, file)
  if (existsSync(path)) rmSync(path)
  else {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}

/** Says something in a file that does not say it, and takes it back in one that does. */
const sayOrNot = (file: string, after: string, said: string) => {
  edit(file, (text) => (text.includes(said) ? text.replace(said, '') : text.replace(after, `${after}${said}`)))
}

/** What few edits of projects reach: what is beside them, and what is in the output. */
const rareEdits: Record<string, () => void> = {
  'a claim is of today': () => {
    editProject((text) =>
      text.replace(/date: "?[\d-]+"?/, `date: "2026-11-${text.includes('2026-11-20') ? '19' : '20'}"`),
    )
  },
  'a link is dead, or lives again': () => {
    const links = ['https://example.org/redis', 'https://example.org/redis-8', 'https://example.org/ada']
    comeOrGo(
      'links.jsonl',
      links
        .map(
          (link) => `${JSON.stringify({ link, checkedOn: '2026-11-10', failures: 4, failingSince: '2026-11-01' })}\n`,
        )
        .join(''),
    )
  },
  'a person has another name': () => {
    edit('people.yml', (text) => text.replace('Ada Example', 'Ada Another Example'))
  },
  'a machine has another name': () => {
    edit('hardware/board.md', (text) => text.replace(/^name: (.*)$/m, 'name: $1 too'))
  },
  'an event has another name, and begins today': () => {
    edit('events/conference-2026.md', (text) =>
      text.replace(/^name: (.*)\nstart: .*$/m, 'name: $1 too\nstart: 2026-11-20'),
    )
  },
  'an item has another title': () => {
    edit('items/redis-8.md', (text) => text.replace(/^title: (.*)$/m, 'title: $1 too'))
  },
  'an architecture has another name': () => {
    edit('architectures.yml', (text) => text.replace('name: Arm 64-bit', 'name: Arm, 64-bit'))
  },
  'an architecture has another alias': () => {
    sayOrNot('architectures.yml', 'aliases: [aarch64', ', arm-64-bit')
  },
  'another column is the control': () => {
    sayOrNot('architectures.yml', 'name: Arm 32-bit, ARMv7', '\n  control: true')
  },
  'other columns are shown first': () => {
    edit('site.yml', (text) =>
      text.includes('[amd64, arm64, riscv64]')
        ? text.replace('[amd64, arm64, riscv64]', '[riscv64, arm64]')
        : text.replace('[riscv64, arm64]', '[amd64, arm64, riscv64]'),
    )
  },
  'the site has a repository': () => {
    sayOrNot('site.yml', 'editors: [ada]', '\nrepository: https://github.com/example/content')
  },
  'a category has another name': () => {
    edit('categories.yml', (text) => text.replace(/name: (.*orage.*)$/m, 'name: Other $1'))
  },
  'an issue waits for noon': () => {
    sayOrNot('issues/0001.md', 'state: published', '\npublishAt: 2026-11-20T12:00:00Z')
  },
  'an issue has other corrections': () => {
    edit('issues/0001.md', (text) => text.replace('The date was wrong.', 'The date was wrong. Twice.'))
  },
  'an old address leads elsewhere': () => {
    edit('site.yml', (text) =>
      text.replace(/\/golang: \S+/, `/golang: /projects/${text.includes('/projects/go/') ? 'redis' : 'go'}/`),
    )
  },
  'a project has an old name': () => {
    comeOrGo('projects/former.md', `---\nmovedTo: ${lasting()[2]?.replace('.md', '') ?? ''}\n---\n`)
  },
  'a log of a run comes or goes': () => {
    const text = 'It passed.\n'
    comeOrGo(`evidence/logs/redis/${logNameOf(Buffer.from(text))}`, text)
  },
  'our own run of a recipe is recorded': () => {
    runs += 1
    const run = observedRun({
      outcome: pick(['passed', 'failed']),
      observedAt: '2026-11-20T05:30:00Z',
      source: { provider: 'recipe', repository: 'redis-from-source' },
      run: { id: String(runs) },
    })
    appendFileSync(join(content, 'evidence/redis.jsonl'), `${JSON.stringify(run)}\n`)
  },
  'files of the site are gone, others, and too many': () => {
    const built = siteIn('built').folder
    const files = filesOf(built)
    for (let count = 0; count < 5; count += 1) rmSync(join(built, pick(files)), { force: true })
    for (let count = 0; count < 5; count += 1) appendFileSync(join(built, pick(files)), 'x')
    rmSync(join(built, 'atom.xml'), { force: true, recursive: true })
    mkdirSync(join(built, 'atom.xml/folder'), { recursive: true })
    writeFileSync(join(built, 'atom.xml/folder/foreign.txt'), 'x')
  },
}

/** Each in a round of its own: beside one that all pages show something of, nobody would see what it misses. */
const loneEdits: Record<string, () => void> = {
  'a busy year has a change more': () => {
    const change = '{architectures: [i386], support: works, date: 2024-06-15, link: https://example.org/, note: "N"}'
    edit('projects/busy-1.md', (text) => text.replace('claims:', `claims:\n  - ${change}`))
  },
}

/** Early in a day, so that runs of that day are still to come. */
const clocks = ['2026-11-20T06:00:00Z', '2026-11-20T06:00:01Z', '2026-11-20T18:00:00Z', '2026-11-21T06:00:00Z']

test(
  `after ${rounds} rounds of edits, every file is what a build from nothing makes`,
  { timeout: 1_200_000 },
  async () => {
    writeBeginning()
    const built = siteIn('built')
    const carried = siteIn('carried')
    await buildOrThrow(built, { AS_OF: clocks[0] ?? '' })
    expect(existsSync(join(built.folder, 'changes/2024/3/index.html'))).toBe(true)
    const done: string[] = []
    const lone = Object.keys(loneEdits)
    for (let round = 1; round <= rounds + lone.length; round += 1) {
      // Each of the rare ones in its turn: with chance alone, most of them would not come.
      const rare = Object.keys(rareEdits).filter((_, index) => index % rounds === round - 1)
      const frequent = [pick(Object.keys(frequentEdits)), pick(Object.keys(frequentEdits))]
      for (const name of round > rounds ? lone.slice(round - rounds - 1, round - rounds) : [...frequent, ...rare]) {
        frequentEdits[name]?.()
        rareEdits[name]?.()
        loneEdits[name]?.()
        done.push(name)
      }
      const clock = {
        AS_OF: clocks[Math.min(clocks.length - 1, Math.floor((round * clocks.length) / (rounds + 1)))] ?? '',
      }
      const anew = siteIn(`anew-${round}`)
      await Promise.all([
        buildOrThrow(built, clock),
        buildOrThrow(anew, clock),
        buildOrThrow(carried, { ...clock, KEEP_SITE: 'true' }),
      ])
      for (const { name, folder } of [built, carried])
        expect(differencesOf(folder, anew.folder), `${name}, after: ${done.join('; ')}`).toEqual([])
      rmSync(carried.folder, { recursive: true })
      // Whoever writes at the very moment of a build may write again.
      await setTimeout(200)
      const { output } = await build(carried, { ...clock, KEEP_SITE: 'true' })
      expect(output).toBe(`Nothing has changed: the site that was kept is in ${carried.folder}\n`)
      expect(differencesOf(carried.folder, anew.folder)).toEqual([])
      for (const { folder } of [anew, carried]) rmSync(folder, { recursive: true })
    }
  },
)

function differencesOf(one: string, other: string): string[] {
  const paths = [...new Set([...filesOf(one), ...filesOf(other)])].sort()
  return paths.filter((path) => {
    const [a, b] = [one, other].map((site) => {
      const file = join(site, path)
      return statSync(file, { throwIfNoEntry: false }) ? readFileSync(file) : undefined
    })
    return !a || !b || !a.equals(b)
  })
}
