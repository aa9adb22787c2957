/**
 * What a site has beside its pages: outputs, and the index of its search. It is as much work as the pages are and needs none of
 * them but their prose, so a thread makes it while this one makes pages.
 */
import { Worker } from 'node:worker_threads'
import type { Catalog } from '../src/domain/catalog.ts'
import type { SearchedPage } from './index-search.ts'
import type { InputMark } from './last-build.ts'
import type { RenderedText } from './rendered-texts.ts'
import type { Leftovers, ReportedFile } from './site-update.ts'

/** What the thread needs from the beginning. All that is sent can be cloned. */
export interface BesidePlan {
  /** The repository. */
  home: string
  basePath: string
  code: InputMark
}

/** What it makes, and where: new files go into the folder. */
export interface BesideContent {
  catalog: Catalog
  folder: string
  output: string
}

/** What outputs are built upon: what is left, or else what was kept. */
export interface EarlierSite {
  leftovers: Leftovers | undefined
  /** Where it is kept, and what has decided about every file of it. */
  kept: { folder: string; frame: string } | undefined
}

export interface MadeBeside {
  files: readonly ReportedFile[]
  /** Every rendered text that was asked for. */
  texts: readonly RenderedText[]
  /** Processor time of the thread. */
  cpuSeconds: number
}

/** Memory for what lives short, in megabytes: V8's own choice makes it look through everything again and again. */
const youngMegabytes = 96

export class BesidePages {
  private readonly worker: Worker
  private readonly made: Promise<MadeBeside>

  constructor(plan: BesidePlan) {
    const { promise, resolve, reject } = Promise.withResolvers<MadeBeside>()
    this.made = promise
    // Whoever awaits it hears of its failure; the pages may have one of their own before that.
    this.made.catch(() => undefined)
    this.worker = new Worker(new URL('./beside-pages-thread.ts', import.meta.url), {
      workerData: plan,
      resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
    })
    this.worker
      .once('message', resolve)
      .once('error', reject)
      .once('exit', () => {
        reject(new Error('What stands beside the pages was not made to its end.'))
      })
  }

  begin(content: BesideContent): void {
    this.worker.postMessage(content)
  }

  /** Until then, only the index of the search is begun. */
  buildUpon({ leftovers, kept }: EarlierSite): void {
    // What is to go is known to whoever has all pages.
    const before = leftovers && { files: leftovers.files, paths: [] }
    this.worker.postMessage({ leftovers: before, kept } satisfies EarlierSite)
  }

  /**
   * @param pages those whose prose is found, when all of them lie where they are told to
   * @throws where something cannot be made
   */
  finish(pages: readonly SearchedPage[]): Promise<MadeBeside> {
    this.worker.postMessage(pages)
    return this.made
  }

  /** Ends the thread, whatever it does. */
  async stop(): Promise<void> {
    await this.worker.terminate()
  }
}
