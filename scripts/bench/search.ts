/**
 * `npm run bench -- search [--projects 1000,10000] [--runs R] [--json]`: what indexing a built site costs beside Pagefind's own crawl of
 * it. With `--site DIR --content DIR` it takes a site that is there, built from that content.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { writeContent } from './content-formats.ts'
import { makeFacts } from './facts.ts'
import { withFolder } from './folder.ts'
import { runMeasured, type Command, type Cost } from './run-measured.ts'
import { copyRepository, ourSide } from './sides.ts'
import { pairRatios, spreadOf, type Spread } from './statistics.ts'

const home = resolve(import.meta.dirname, '..', '..')

export interface IndexSample extends Cost {
  /** Ours: what the indexing took in a process that has read the content, as a build has. */
  phase: { wallSeconds: number; cpuSeconds: number }
  files: number
  bytes: number
}

export interface SearchResults {
  projects: number
  runs: number
  ours: Figures
  crawl: Figures
  ratios: Record<Measure, Spread>
}

const measures = ['wall', 'cpu', 'processWall', 'processCpu', 'memory', 'files', 'bytes'] as const
type Measure = (typeof measures)[number]
type Figures = Record<Measure, Spread>

const valueOf: Record<Measure, (sample: IndexSample) => number> = {
  wall: ({ phase }) => phase.wallSeconds,
  cpu: ({ phase }) => phase.cpuSeconds,
  processWall: ({ wallSeconds }) => wallSeconds,
  processCpu: ({ cpuSeconds }) => cpuSeconds,
  memory: ({ peakMegabytes }) => peakMegabytes,
  files: ({ files }) => files,
  bytes: ({ bytes }) => bytes,
}

export async function benchSearch(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      projects: { type: 'string', default: '1000' },
      runs: { type: 'string', default: '5' },
      site: { type: 'string' },
      content: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  if ((values.site === undefined) !== (values.content === undefined))
    throw new Error('--site needs --content, the folder that the site was built from, and the other way round.')
  const results: SearchResults[] = []
  for (const projects of values.projects.split(',').map(Number)) {
    await withFolder({ projects }, async (folder) => {
      const built =
        values.site === undefined || values.content === undefined
          ? await buildSite(projects, folder)
          : { site: resolve(values.site), content: resolve(values.content) }
      results.push(await measureSearch(built, { folder, runs: Number(values.runs), run: runMeasured, tell }))
    })
  }
  process.stdout.write(values.json ? `${JSON.stringify(results, null, 2)}\n` : results.map(tableOf).join('\n'))
}

export interface BuiltSite {
  site: string
  content: string
}

async function buildSite(projects: number, folder: string): Promise<BuiltSite> {
  copyRepository(home, join(folder, 'repository'))
  const side = ourSide(join(folder, 'repository'), join(folder, 'ours'))
  mkdirSync(side.content, { recursive: true })
  writeContent(side.format, makeFacts(projects, 150, 42), side.content)
  tell(`building a site of ${projects} projects`)
  await runMeasured(side.build)
  return { site: side.output, content: side.content }
}

interface Plan {
  folder: string
  runs: number
  run: (command: Command) => Promise<Cost>
  tell: (text: string) => void
}

/** Both indexers in turn, each into a folder that was not there. */
export async function measureSearch(
  { site, content }: BuiltSite,
  { folder, runs, run, tell }: Plan,
): Promise<SearchResults> {
  const [ours, crawls]: [IndexSample[], IndexSample[]] = [[], []]
  for (let count = 1; count <= runs; count += 1) {
    const target = join(folder, 'index-of-ours')
    const figures = join(folder, 'figures.json')
    const cost = await run({
      program: process.execPath,
      args: ['--disable-warning=ExperimentalWarning', 'scripts/bench/index-once.ts', site, target, figures],
      directory: home,
      environment: { CONTENT_DIR: content, AS_OF: '2026-11-21' },
    })
    // Written by index-once.ts.
    const phase = JSON.parse(readFileSync(figures, 'utf8')) as IndexSample['phase']
    ours.push({ ...cost, phase, ...sizeOf(target) })

    const crawled = join(folder, 'index-of-crawl')
    const crawl = await run({
      program: join(home, 'node_modules', '.bin', 'pagefind'),
      args: ['--site', site, '--output-path', crawled],
      directory: folder,
      environment: {},
    })
    crawls.push({ ...crawl, phase: crawl, ...sizeOf(crawled) })
    for (const made of [target, `${target}-caches`, crawled]) rmSync(made, { recursive: true, force: true })
    tell(`run ${count}: ${phase.wallSeconds.toFixed(2)} s, the crawl ${crawl.wallSeconds.toFixed(2)} s`)
  }
  return {
    projects: readdirSync(join(content, 'projects')).length,
    runs,
    ours: figuresOf(ours),
    crawl: figuresOf(crawls),
    ratios: eachMeasure((measure) => spreadOf(pairRatios(ours.map(valueOf[measure]), crawls.map(valueOf[measure])))),
  }
}

function figuresOf(samples: readonly IndexSample[]): Figures {
  return eachMeasure((measure) => spreadOf(samples.map(valueOf[measure])))
}

function eachMeasure(figure: (measure: Measure) => Spread): Record<Measure, Spread> {
  return {
    wall: figure('wall'),
    cpu: figure('cpu'),
    processWall: figure('processWall'),
    processCpu: figure('processCpu'),
    memory: figure('memory'),
    files: figure('files'),
    bytes: figure('bytes'),
  }
}

function sizeOf(folder: string): { files: number; bytes: number } {
  const sizes = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).size)
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) }
}

const labels: Record<Measure, string> = {
  wall: 'indexing, wall s',
  cpu: 'indexing, CPU s',
  processWall: 'with reading the content, wall s',
  processCpu: 'with reading the content, CPU s',
  memory: 'with reading the content, MB',
  files: 'files',
  bytes: 'bytes',
}

function tableOf({ projects, runs, ours, crawl, ratios }: SearchResults): string {
  const rows = measures.map(
    (measure) =>
      `| ${labels[measure]} | ${inWords(ours[measure])} | ${inWords(crawl[measure])} | ${inWords(ratios[measure])} |`,
  )
  return [
    `| ${projects} projects, ${runs} runs | Ours | Pagefind’s crawl | Ratio |`,
    '| --- | ---: | ---: | ---: |',
    ...rows,
    '',
  ].join('\n')
}

function inWords({ median, least, most }: Spread): string {
  return least === most ? String(median) : `${median} (${least}–${most})`
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}
