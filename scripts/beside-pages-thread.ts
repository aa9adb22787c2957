/** The thread of `beside-pages.ts`: it imports the modules of the site as they are, so that it need not wait for the program. */
import { on } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import type { BesideContent, BesidePlan, EarlierSite, MadeBeside } from './beside-pages.ts'
import type { SearchedPage } from './index-search.ts'
import { threadSeconds } from './phase-timings.ts'

const port = parentPort
if (!port) throw new Error('This is a part of a build.')
const messages = on(port, 'message')
// Sent by `beside-pages.ts` alone, as are the messages below.
const { home, basePath, code } = workerData as BesidePlan

// While the content is read: modules that take none.
const { shared } = await import('../src/site/shared.ts')
const { SearchIndexing } = await import('./index-search.ts')
const { KeptOutputs } = await import('./kept-outputs.ts')
const { isAsMarked } = await import('./last-build.ts')
const { KeptSite } = await import('./kept-site.ts')
const { KeptTexts } = await import('./rendered-texts.ts')
const { SiteUpdate } = await import('./site-update.ts')
const { writeOutputs } = await import('./write-outputs.ts')
const { viewSearchRecords } = await import('#views/search-record.ts')
await Promise.all([import('#views/feed-own.ts'), import('#feeds/atom.ts')])

const { catalog, folder, output } = await next<BesideContent>()
shared.loaded = { catalog, problems: [] }
const texts = new KeptTexts(home, basePath, catalog)
shared.rendered = texts
// From here on the modules of the site take the content as it is.
const { context, language } = await import('../src/site/data.ts')
const isCodeSame = () => isAsMarked(code)
const indexing = new SearchIndexing(language, home, isCodeSame)
indexing.addRecords(viewSearchRecords(context))
const { outputs } = await import('../src/site/outputs.ts')
const { leftovers, kept } = await next<EarlierSite>()
const keptSite = kept && KeptSite.open(kept.folder, kept.frame)
const update = new SiteUpdate(folder, output, leftovers, keptSite)
await writeOutputs(outputs(), update, new KeptOutputs(home, isCodeSame))
await indexing.finish(await next<readonly SearchedPage[]>(), update)
keptSite?.close()
port.postMessage({
  files: update.report(),
  texts: texts.asked(),
  cpuSeconds: threadSeconds(),
} satisfies MadeBeside)
port.close()

async function next<T>(): Promise<T> {
  const { value } = (await messages.next()) as { value: [T] }
  return value[0]
}
