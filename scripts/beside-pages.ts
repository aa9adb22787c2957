/**
 * What a site has beside its pages: outputs, and the index of its search. It is as much work as the pages are and needs none of
 * them but their prose, so a thread makes it while this one makes pages. It keeps the books as well: it looks at all that the last build
 * left, and puts the site into its place, since nearly all files of a site are its own.
 */
import { Worker } from 'node:worker_threads'
import type { Catalog } from '../src/domain/catalog.ts'
import type { SiteFacts } from './kept-site.ts'
import type { BuildMemory, InputMark } from './last-build.ts'
import type { PageProse } from './page-prose.ts'
import type { RenderedText } from './rendered-texts.ts'
import { SharedWork } from './shared-work.ts'
import type { ReportedFile } from './site-update.ts'

/** What the thread needs from the beginning. All that is sent can be cloned. */
export interface BesidePlan {
  /** The repository. */
  home: string
  basePath: string
  code: InputMark
  memory: BuildMemory
  /** Digest of what decides about every file. */
  frame: string
  /** Where the site is kept beside its output; undefined where it is not. */
  keptFolder: string | undefined
  /** Of `SharedWork`, whose one part are lists of everything (`src/site/list-outputs.ts`): pages are made from the same views, so either thread can make them. */
  lists: SharedArrayBuffer
}

/** What it makes, and where: new files go into the folder. */
export interface BesideContent {
  catalog: Catalog
  folder: string
}

/** When all pages are there. */
export interface MadePages {
  prose: readonly PageProse[]
}

/** Everything but the pages. */
export interface MadeBeside {
  /** Whether everything was made, and nothing of an earlier build used. */
  isWhole: boolean
  /** Every rendered text that was asked for. */
  texts: readonly RenderedText[]
  /** Processor time of the thread. */
  cpuSeconds: number
}

/** How the site goes into its place. */
export interface PlaceOrder {
  /** All that the main thread has made: pages with what belongs to them (styles, scripts, the list for search engines), and perhaps the lists of everything. */
  files: readonly ReportedFile[]
  /** Whether pages of the last build have stayed in it. */
  arePagesLeft: boolean
}

export interface PlacedSite {
  /** Digest of what lies there; undefined where nobody shall build upon it. */
  outputs: string | undefined
}

/** What decided about the site, for whoever keeps it. */
export interface KeepOrder {
  facts: SiteFacts
  /** Whether all that the main thread has read of the site that was kept before was whole. */
  isWhole: boolean
}

/** What the thread gets and answers, one after another. */
export interface Exchange {
  content: [BesideContent, undefined]
  pages: [MadePages, MadeBeside]
  place: [PlaceOrder, PlacedSite]
  keep: [KeepOrder, true]
}

/** Memory for what lives short, in megabytes: V8's own choice makes it look through everything again and again. */
const youngMegabytes = 96

export class BesidePages {
  private readonly worker: Worker
  private readonly failed: Promise<never>

  /** Whoever takes its one part makes the lists. */
  readonly lists = new SharedWork()

  constructor(plan: Omit<BesidePlan, 'lists'>) {
    this.worker = new Worker(new URL('./beside-pages-thread.ts', import.meta.url), {
      workerData: { ...plan, lists: this.lists.counter } satisfies BesidePlan,
      resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
    })
    this.failed = new Promise((_, reject) => {
      this.worker.once('error', reject).once('exit', () => {
        reject(new Error('What stands beside the pages was not made to its end.'))
      })
    })
    // Whoever awaits an answer hears of its failure; the pages may have one of their own before that.
    this.failed.catch(() => undefined)
  }

  begin(content: BesideContent): void {
    this.worker.postMessage(content)
  }

  /** @throws where something cannot be made, or the site has a file twice */
  finish(pages: MadePages): Promise<MadeBeside> {
    return this.ask<'pages'>(pages)
  }

  /** Puts the site into its place. @throws where that is impossible */
  place(order: PlaceOrder): Promise<PlacedSite> {
    return this.ask<'place'>(order)
  }

  /** Keeps the site that is in its place, where that is possible. */
  async keep(order: KeepOrder): Promise<void> {
    await this.ask<'keep'>(order)
  }

  /** Ends the thread, whatever it does. */
  async stop(): Promise<void> {
    await this.worker.terminate()
  }

  private ask<Name extends keyof Exchange>(question: Exchange[Name][0]): Promise<Exchange[Name][1]> {
    const answer = new Promise<Exchange[Name][1]>((resolve) => {
      this.worker.once('message', resolve)
    })
    this.worker.postMessage(question)
    return Promise.race([answer, this.failed])
  }
}
