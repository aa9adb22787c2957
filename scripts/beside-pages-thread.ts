/** The thread of `beside-pages.ts`: it imports the modules of the site as they are, so that it need not wait for the program. */
import { on } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import type { BesidePlan, Exchange } from './beside-pages.ts'
import { threadSeconds } from './phase-timings.ts'
import { SharedWork } from './shared-work.ts'

const port = parentPort
if (!port) throw new Error('This is a part of a build.')
const messages = on(port, 'message')
// Sent by `beside-pages.ts` alone, as are the messages below.
const { home, basePath, code, memory, frame, keptFolder, lists } = workerData as BesidePlan

// While the content is read: what needs none.
const { isAsMarked, leftBehind, rememberFiles } = await import('./last-build.ts')
const left = leftBehind(memory, frame)
const { shared } = await import('../src/site/shared.ts')
const { SearchIndexing } = await import('./index-search.ts')
const { KeptOutputs } = await import('./kept-outputs.ts')
const { KeptSite, keepSite } = await import('./kept-site.ts')
const { KeptTexts } = await import('./rendered-texts.ts')
const { replaceSite } = await import('./replace-site.ts')
const { SiteUpdate } = await import('./site-update.ts')
const { stampsOfSite } = await import('./stamps.ts')
const { writeOutputs } = await import('./write-outputs.ts')
const { viewSearchRecords } = await import('#views/search-record.ts')
await Promise.all([import('#views/feed-own.ts'), import('#feeds/atom.ts')])

const { catalog, folder } = await next<'content'>()
shared.loaded = { catalog, problems: [] }
const texts = new KeptTexts(home, basePath, catalog)
shared.rendered = texts
// From here on the modules of the site take the content as it is.
const { context, language } = await import('../src/site/data.ts')
const isCodeSame = () => isAsMarked(code)
const indexing = new SearchIndexing(language, home, isCodeSame)
indexing.addRecords(viewSearchRecords(context))
const { outputsWithoutLists } = await import('../src/site/outputs.ts')
const leftovers = left && { files: left.files, paths: left.stamps.keys() }
const kept = leftovers || keptFolder === undefined ? undefined : KeptSite.open(keptFolder, frame)
const update = new SiteUpdate(folder, memory.output, leftovers, kept)
await writeOutputs(outputsWithoutLists(), update, new KeptOutputs(home, isCodeSame))
if (new SharedWork(lists).take() === 0) {
  const { listOutputs } = await import('../src/site/list-outputs.ts')
  await writeOutputs(listOutputs(), update)
}

const { prose } = await next<'pages'>()
await indexing.finish(prose, update)
kept?.close()
answer<'pages'>({ isWhole: update.isWhole, texts: texts.asked(), cpuSeconds: threadSeconds() })

const { files: others, arePagesLeft } = await next<'place'>()
update.adopt(others)
const fresh = leftovers || arePagesLeft ? update.apply() : await replaceAll()
const files = update.keys()
const stayed = left?.stamps
answer<'place'>({ outputs: isCodeSame() ? rememberFiles(memory, { files, fresh, stayed, frame }) : undefined })

const { facts, isWhole } = await next<'keep'>()
if (keptFolder !== undefined)
  await keepSite(home, keptFolder, {
    facts,
    site: memory.output,
    files,
    stampOf: (path) => fresh.get(path) ?? stayed?.get(path),
    before: isWhole ? kept : undefined,
  })
answer<'keep'>(true)
port.close()

/** @returns stamps of all files, by their paths */
async function replaceAll(): Promise<ReadonlyMap<string, string>> {
  return (await replaceSite(folder, memory.output)) ? update.stamps() : stampsOfSite(memory.output)
}

async function next<Name extends keyof Exchange>(): Promise<Exchange[Name][0]> {
  const { value } = (await messages.next()) as { value: [Exchange[Name][0]] }
  return value[0]
}

function answer<Name extends keyof Exchange>(to: Exchange[Name][1]): void {
  port?.postMessage(to)
}
