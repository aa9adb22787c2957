/** The thread of `beside-pages.ts`: it imports the modules of the site as they are, so that it need not wait for the program. */
import { on } from 'node:events'
import { enableCompileCache } from 'node:module'
import process from 'node:process'
import { parentPort, workerData } from 'node:worker_threads'
import type { BesideContent, BesidePlan, MadeBeside } from './beside-pages.ts'
import { compileCacheOf } from './build-caches.ts'
import type { SearchedPage } from './index-search.ts'

const port = parentPort
if (!port) throw new Error('This is a part of a build.')
const messages = on(port, 'message')
// Sent by `beside-pages.ts` alone, as are the messages below.
const { home, basePath, memory, frame, code } = workerData as BesidePlan
enableCompileCache(compileCacheOf(home))

const { isCodeOf, leftBehind } = await import('./last-build.ts')
const left = leftBehind(memory, frame)
port.postMessage(left)

const { shared } = await import('../src/site/shared.ts')
const { KeptTexts } = await import('./rendered-texts.ts')
const { catalog, folder } = await next<BesideContent>()
shared.loaded = { catalog, problems: [] }
const texts = new KeptTexts(home, basePath, catalog)
shared.rendered = texts
// From here on the modules of the site take the content as it is.
const { outputs } = await import('../src/site/outputs.ts')
const { searchSource } = await import('../src/site/search-source.ts')
const { SearchIndexing } = await import('./index-search.ts')
const { KeptOutputs } = await import('./kept-outputs.ts')
const { SiteUpdate } = await import('./site-update.ts')
const { writeOutputs } = await import('./write-outputs.ts')

const isCodeSame = () => isCodeOf(code)
const indexing = new SearchIndexing(searchSource(), home, isCodeSame)
// What is to go is known to whoever has all pages.
const update = new SiteUpdate(folder, memory.output, left && { files: left.files, paths: [] })
await writeOutputs(outputs(), update, new KeptOutputs(home, isCodeSame))
await indexing.finish(await next<readonly SearchedPage[]>(), update)
const { user, system } = process.threadCpuUsage()
port.postMessage({
  files: update.report(),
  texts: texts.asked(),
  cpuSeconds: (user + system) / 1e6,
} satisfies MadeBeside)
port.close()

async function next<T>(): Promise<T> {
  const { value } = (await messages.next()) as { value: [T] }
  return value[0]
}
