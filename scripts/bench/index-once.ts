/**
 * Indexes a built site once, as its build does, in a process of its own, and writes what the indexing alone took: a build has the
 * content at hand, this process has to read it first.
 *
 *   CONTENT_DIR=content node scripts/bench/index-once.ts SITE TARGET FIGURES
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { childrenSeconds } from '../phase-timings.ts'

const [site = '', target = '', figures = ''] = process.argv.slice(2)
const { context, language } = await import('../../src/site/data.ts')
const { statusOf, viewColumns } = await import('../../src/views/matrix.ts')
// The pages and outputs of a build have asked for every status before.
const columns = viewColumns(context)
for (const project of context.catalog.project.values()) for (const { id } of columns) statusOf(project, id, context)
const { viewSearchRecords } = await import('../../src/views/search-record.ts')
const { SearchIndexing } = await import('../index-search.ts')
const { ProseReader } = await import('../read-prose.ts')
const { SiteUpdate } = await import('../site-update.ts')
// A build knows what it wrote.
const paths = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'))
mkdirSync(target)

const ownBefore = process.cpuUsage()
const childrenBefore = childrenSeconds()
const start = performance.now()
// A folder in which nothing is kept.
const indexing = new SearchIndexing(language, join(target, 'nothing'), () => false)
indexing.addRecords(viewSearchRecords(context))
const prose = new ProseReader(join(target, 'nothing')).read(paths, (path) => join(site, path))
await indexing.finish(prose, new SiteUpdate(target, target, undefined))
const wallSeconds = (performance.now() - start) / 1000
const { user, system } = process.cpuUsage(ownBefore)
// Pagefind's process is ended, and counted when it has been waited for.
await setTimeout(200)
const cpuSeconds = (user + system) / 1e6 + childrenSeconds() - childrenBefore
writeFileSync(figures, JSON.stringify({ wallSeconds, cpuSeconds }))
