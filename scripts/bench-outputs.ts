/**
 * Measures what a site writes beside its pages, in a process of its own: how many files of each kind,
 * their bytes, and the processor time that making them takes; a busy machine says little by the clock.
 * `CONTENT_DIR=FOLDER AS_OF=DAY node scripts/bench-outputs.ts [FOLDER]` prints a table; with a folder,
 * which must be empty, it writes them there. Pictures are left out: other things decide their time.
 */
import { resolve } from 'node:path'
import process from 'node:process'
import { SiteUpdate } from './site-update.ts'
import { writeOutputs } from './write-outputs.ts'

const [folder] = process.argv.slice(2)
process.env.AS_OF ||= '2026-11-21'

interface Cost {
  processor: number
  wall: number
}

async function costOf(work: () => unknown): Promise<Cost> {
  const [start, before] = [process.hrtime.bigint(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(before)
  return { processor: (user + system) / 1e6, wall: Number(process.hrtime.bigint() - start) / 1e9 }
}

const reading = await costOf(() => import('../src/site/outputs.ts'))
const { outputs } = await import('../src/site/outputs.ts')
const list = () => outputs().filter(({ path }) => !path.startsWith('/social/'))

const kinds = new Map<string, { files: number; distinct: number; bytes: number; seconds: number }>()
const seen = new Set<string>()
const making = await costOf(async () => {
  for (const { path, content, sameAs } of list()) {
    const kind = path.replace(/^(\/(?:api\/v1\/)?[a-z]+)\/.*?(\.[a-z.]+)$/, '$1/…$2')
    const made = kinds.get(kind) ?? { files: 0, distinct: 0, bytes: 0, seconds: 0 }
    kinds.set(kind, made)
    made.files += 1
    if (sameAs !== undefined && seen.has(sameAs)) continue
    if (sameAs !== undefined) seen.add(sameAs)
    const { processor } = await costOf(async () => {
      made.bytes += Buffer.byteLength(await content())
    })
    made.distinct += 1
    made.seconds += processor
  }
})
print('kind', 'files', 'distinct', 'MB', 'seconds')
for (const [kind, { files, distinct, bytes, seconds }] of kinds) {
  print(kind, files, distinct, (bytes / 1e6).toFixed(2), seconds.toFixed(2))
}
const sum = (key: 'files' | 'distinct' | 'bytes') => [...kinds.values()].reduce((total, made) => total + made[key], 0)
print('all of them', sum('files'), sum('distinct'), (sum('bytes') / 1e6).toFixed(2), making.processor.toFixed(2))
tell('reading the content', reading)
if (folder !== undefined) {
  tell(
    'making and writing them',
    await costOf(() => writeOutputs(list(), new SiteUpdate(resolve(folder), resolve(folder), undefined))),
  )
}
process.stdout.write(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`)

function print(kind: string, ...columns: (string | number)[]): void {
  process.stdout.write(`${kind.padEnd(28)}${columns.map((column) => String(column).padStart(10)).join('')}\n`)
}

function tell(what: string, { processor, wall }: Cost): void {
  process.stdout.write(`${what}: ${processor.toFixed(1)} s of processor time, ${wall.toFixed(1)} s by the clock\n`)
}
