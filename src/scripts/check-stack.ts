/**
 * `<check-stack>`: takes files by choosing, dropping or pasting, lets a worker read them, and shows its
 * report. The architecture and the verdict that is looked at are kept in the address.
 */
import { verdicts, type Verdict } from '#scan/report.ts'
import type { CompactIndex } from '#scan/stack-index.ts'
import {
  savedFormats,
  type CheckAnswer,
  type CheckRequest,
  type SavedFormat,
  type ShownReport,
  type StackSource,
} from './check-protocol.ts'
import { takeDrops, takePastes } from './check-drops.ts'
import { failureOf } from './check-failure.ts'
import { Lead } from './check-lead.ts'
import { ReportView } from './check-report.ts'
import { rememberArchitecture, rememberedArchitecture } from './my-architecture.ts'
import { optionNamed } from './option-named.ts'
import { figuresOf } from '#scan/report-words.ts'

const fragmentStart = '#stack='
const extensions: Record<SavedFormat, readonly [string, string]> = {
  json: ['json', 'application/json'],
  csv: ['csv', 'text/csv'],
  markdown: ['md', 'text/markdown'],
}

class CheckStack extends HTMLElement {
  readonly #select = this.#find('select', HTMLSelectElement)
  readonly #input = this.#find('input[type=file]', HTMLInputElement)
  readonly #text = this.#find('textarea', HTMLTextAreaElement)
  readonly #busy = this.#find('[data-busy]', HTMLElement)
  readonly #lead = new Lead(this.#busy)
  readonly #failure = this.#find('[data-failure]', HTMLElement)
  readonly #alert = this.#find('[role=alert]', HTMLElement)
  readonly #report = new ReportView(this.#find('[data-report]', HTMLElement), this.dataset.projects ?? '/projects/')
  #worker: Worker | undefined
  #index: Promise<CompactIndex> | undefined
  #turn = 0
  #fragment: string | undefined
  #verdict: Verdict | undefined

  connectedCallback(): void {
    this.#readAddress()
    this.#input.addEventListener('change', () => {
      this.#check([...(this.#input.files ?? [])])
    })
    // So that the same file can be chosen again.
    this.#input.addEventListener('click', () => {
      this.#input.value = ''
    })
    this.#select.addEventListener('change', () => {
      this.#chooseArchitecture()
    })
    this.#find('form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault()
      this.#check([new File([this.#text.value], '')])
    })
    this.addEventListener('click', (event) => {
      if (event.target instanceof Element) this.#act(event.target.closest('button'))
    })
    takeDrops(this.#find('[data-drop]', HTMLElement), (files) => {
      this.#check(files)
    })
    takePastes((files, text) => {
      if (files.length > 0) this.#check(files)
      else if (text.trim() !== '') this.#check([new File([text], '')])
    })
    addEventListener('hashchange', () => {
      this.#openShared()
    })
    this.#openShared()
  }

  #act(button: HTMLButtonElement | null): void {
    if (!button) return
    const { verdict, save } = button.dataset
    const format = savedFormats.find((known) => known === save)
    if (format)
      this.#send({ kind: 'save', format, asOf: this.dataset.asOf ?? '', projects: this.dataset.absolute ?? '' })
    else if (verdict !== undefined) {
      const chosen = verdicts.find((known) => known === verdict)
      this.#verdict = chosen === this.#verdict ? undefined : chosen
      this.#report.filter(this.#verdict)
      this.#writeAddress()
    } else if (button.dataset.do === 'cancel') this.#cancel()
    else if (button.dataset.do === 'example') void this.#checkExample()
    else if (button.dataset.do === 'share') void this.#share()
  }

  #check(files: readonly File[]): void {
    if (files.length > 0) void this.#start({ files })
  }

  async #checkExample(): Promise<void> {
    this.#lead.begin()
    this.#begin('Fetching the lockfile…')
    const turn = this.#turn
    try {
      const response = await fetch(this.dataset.example ?? '')
      if (!response.ok) throw new Error(String(response.status))
      const file = new File([await response.blob()], 'package-lock.json')
      if (turn === this.#turn) this.#check([file])
    } catch {
      this.#fail('The lockfile could not be fetched. Try again, or choose a file of your own.')
    }
  }

  #openShared(): void {
    const { hash } = location
    if (hash.startsWith(fragmentStart)) void this.#start({ fragment: hash.slice(fragmentStart.length) })
  }

  /** Whatever was under way before is stopped. */
  async #start(source: StackSource): Promise<void> {
    // Whoever opens a link has not asked for anything on this page.
    if ('files' in source) this.#lead.begin()
    else this.#lead.forget()
    this.#begin('Loading what is known…')
    const turn = this.#turn
    // A new file is not what a link was about.
    if ('files' in source) this.#writeAddress({ keepsFragment: false })
    try {
      const index = await this.#loadIndex()
      if (turn !== this.#turn) return
      this.#worker = this.#newWorker()
      this.#send({ kind: 'read', index, architecture: this.#select.value, source })
    } catch {
      if (turn === this.#turn) this.#fail('What is known could not be loaded. Try again when you are online.')
    }
  }

  #newWorker(): Worker {
    const worker = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<CheckAnswer>) => {
      if (worker === this.#worker) this.#take(data)
    })
    worker.addEventListener('error', (event) => {
      event.preventDefault()
      if (worker === this.#worker)
        this.#fail('The check stopped: the file may need more memory than this browser gives.')
    })
    return worker
  }

  async #loadIndex(): Promise<CompactIndex> {
    this.#index ??= fetch(this.dataset.index ?? '').then(async (response) => {
      if (!response.ok) throw new Error(`the index answers ${response.status}`)
      // Written by the same build as this script.
      return (await response.json()) as CompactIndex
    })
    // A failure is not kept: the next try asks again.
    this.#index.catch(() => {
      this.#index = undefined
    })
    return this.#index
  }

  #take(answer: CheckAnswer): void {
    switch (answer.kind) {
      case 'progress':
        this.#say(answer.doing)
        break
      case 'report':
        this.#show(answer.report, answer.fragment)
        break
      case 'saved':
        this.#download(answer.format, answer.text)
        break
      case 'failed':
        this.#fail(answer.reason)
        break
      default:
        answer satisfies never
    }
  }

  #show(report: ShownReport, fragment: string | undefined): void {
    const isNew = !this.#busy.hidden
    this.#fragment = fragment
    const isShown = this.#report.show(report, this.#verdict)
    this.#setShareable(fragment !== undefined)
    this.#end(isShown ? figuresOf(report) : '')
    // The same files on another architecture are no news.
    if (!isNew) return
    const failure = failureOf(report)
    this.#alert.replaceChildren(...failure)
    this.#lead.to(failure.length > 0 ? this.#failure : this.#report.title)
  }

  #begin(doing: string): void {
    this.#stopWorker()
    this.#busy.hidden = false
    this.#find('[data-report]', HTMLElement).hidden = true
    this.#alert.replaceChildren()
    this.#say(doing)
  }

  #end(sentence: string): void {
    this.#busy.hidden = true
    this.#say(sentence)
  }

  #fail(reason: string): void {
    this.#stopWorker()
    this.#end('')
    this.#alert.textContent = reason
    this.#lead.to(this.#failure)
  }

  #cancel(): void {
    this.#stopWorker()
    this.#lead.forget()
    this.#end('Stopped.')
    this.#input.focus()
  }

  #stopWorker(): void {
    this.#turn += 1
    this.#worker?.terminate()
    this.#worker = undefined
  }

  /** @param isShown also beside a report, which says most things itself */
  #say(sentence: string, isShown = false): void {
    const status = this.#find('[role=status]', HTMLElement)
    status.textContent = sentence
    status.toggleAttribute('data-shown', isShown)
  }

  #send(request: CheckRequest): void {
    this.#worker?.postMessage(request)
  }

  #download(format: SavedFormat, text: string): void {
    const [extension, type] = extensions[format]
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([text], { type }))
    link.download = `stack-on-${this.#select.value}.${extension}`
    link.click()
    URL.revokeObjectURL(link.href)
  }

  async #share(): Promise<void> {
    if (this.#fragment === undefined) return
    const address = new URL(location.href)
    address.hash = fragmentStart.slice(1) + this.#fragment
    history.replaceState(null, '', address)
    try {
      await navigator.clipboard.writeText(address.href)
      this.#say(
        'Copied. The link holds the packages that the catalog knows and the architecture, and no names of files.',
      )
    } catch {
      this.#say('The link is in the address bar: copy it from there.', true)
    }
  }

  #setShareable(isShareable: boolean): void {
    this.#find('[data-do=share]', HTMLButtonElement).hidden = !isShareable
  }

  #chooseArchitecture(): void {
    rememberArchitecture(this.#select.value)
    this.#writeAddress()
    this.#send({ kind: 'judge', architecture: this.#select.value })
  }

  #readAddress(): void {
    const query = new URLSearchParams(location.search)
    const asked = query.get('arch')?.trim() ?? ''
    const meant = optionNamed(this.#select, asked)
    const chosen = meant ?? optionNamed(this.#select, rememberedArchitecture())
    if (chosen !== undefined) this.#select.value = chosen
    if (asked !== '' && meant === undefined)
      this.#alert.textContent = `The address asks for “${asked}”, which is no architecture here, or means several. Choose one above.`
    this.#verdict = verdicts.find((known) => known === query.get('verdict'))
  }

  #writeAddress({ keepsFragment = true } = {}): void {
    const address = new URL(location.href)
    if (!keepsFragment) address.hash = ''
    address.searchParams.set('arch', this.#select.value)
    if (this.#verdict === undefined) address.searchParams.delete('verdict')
    else address.searchParams.set('verdict', this.#verdict)
    history.replaceState(null, '', address)
  }

  #find<T extends Element>(selector: string, kind: new () => T): T {
    const found = this.querySelector(selector)
    if (!(found instanceof kind)) throw new Error(`The page has no \`${selector}\`.`)
    return found
  }
}

customElements.define('check-stack', CheckStack)
