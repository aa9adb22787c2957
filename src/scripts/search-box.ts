/**
 * `<search-box>`: a field, a choice of kind, and results while a reader types. Used by the search
 * page, which keeps its state in the address, and by the dialog of every other page.
 */
import { CellAnswers, type CellAnswer } from './search-cell.ts'
import { isAboutSite, SearchIndex, type Found, type FoundPage } from './search-index.ts'
import { withoutQuotes } from './search-match.ts'
import { searchResult } from './search-result.ts'

const resultsAtOnce = 12
const pause = 120
/** So long after the last change the count is said, so that it is heard once and not for every letter. */
const pauseBeforeSaying = 400

class SearchBox extends HTMLElement {
  readonly #index = new SearchIndex(this.dataset.base ?? '/')
  readonly #cells = new CellAnswers(this.dataset.base ?? '/')
  readonly #isPage = this.dataset.page !== undefined
  readonly #input = this.querySelector('input')
  readonly #kind = this.querySelector('select')
  readonly #list = this.querySelector('ol')
  #limit = resultsAtOnce
  #asked = 0
  #saying: ReturnType<typeof setTimeout> | undefined

  connectedCallback(): void {
    const restart = () => {
      this.#limit = resultsAtOnce
      this.#writeAddress()
      void this.#run(pause)
    }
    this.#input?.addEventListener('input', restart)
    this.#kind?.addEventListener('change', restart)
    this.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault()
      void this.#run(0).then(() => this.#links()[0]?.focus())
    })
    this.querySelector('[data-when=kind] button')?.addEventListener('click', () => {
      if (this.#kind) this.#kind.value = ''
      this.#input?.focus()
      restart()
    })
    this.querySelector('[data-when=more] button')?.addEventListener('click', () => void this.#showMore())
    this.addEventListener('keydown', this.#move)
    // A reader may have begun to type before this script was there.
    if (this.#query !== '') restart()
    else if (this.#isPage) this.#readAddress()
    // The dialog is open: the first letter shall find the index ready. Should that fail, the search says so.
    else this.#index.load().catch(() => undefined)
  }

  #readAddress(): void {
    const query = new URLSearchParams(location.search)
    if (this.#input) this.#input.value = query.get('q') ?? ''
    if (this.#kind) {
      this.#kind.value = query.get('kind') ?? ''
      if (this.#kind.selectedIndex === -1) this.#kind.value = ''
    }
    void this.#run(0)
  }

  #writeAddress(): void {
    if (!this.#isPage) return
    const query = new URLSearchParams()
    if (this.#query !== '') query.set('q', this.#query)
    if (this.#kind?.value) query.set('kind', this.#kind.value)
    const search = query.toString()
    history.replaceState(null, '', `${location.pathname}${search === '' ? '' : `?${search}`}`)
  }

  get #query(): string {
    return this.#input?.value.trim() ?? ''
  }

  /** Asks the index and shows what it answers, unless something newer has been asked by then. */
  async #run(wait: number): Promise<void> {
    const query = this.#query
    const kind = this.#kind?.value ?? ''
    this.#asked += 1
    const turn = this.#asked
    if (query === '') {
      this.#show([], '')
      return
    }
    this.#unhide('empty', false)
    this.#say('Searching…')
    try {
      const cellOf = async (asked: string) => (kind === '' ? this.#cells.find(asked) : undefined)
      const [found, asTyped] = await Promise.all([
        this.#index.find({ query, kind, limit: this.#limit, pause: wait }),
        cellOf(query),
      ])
      if (found === undefined) return
      const corrected = !hasLines(asTyped) && found.query !== query ? await cellOf(found.query) : undefined
      if (turn !== this.#asked) return
      if (hasLines(corrected)) this.#answer(found, query, corrected)
      else this.#answer(hasLines(asTyped) ? { ...found, query } : found, query, asTyped)
    } catch {
      if (turn === this.#asked) this.#show([], 'The search could not be loaded. Try again, or look in the matrix.')
    }
  }

  #answer(found: Found, asked: string, cell: CellAnswer | undefined): void {
    const lines = cell?.lines ?? []
    // Of pages, those of the projects that are asked about come first.
    const isOwn = ({ url }: FoundPage) => Number(cell?.pages.includes(url) === true)
    const pages = [...found.pages].sort((a, b) => isOwn(b) - isOwn(a))
    // A project that is found may be called so as well.
    const isUnknown =
      lines.length > 0 ||
      (cell?.isSureOfMissing ? !pages.some(({ meta }) => meta.kind === 'Project') : pages.every(isAboutSite))
    const missing = isUnknown ? (cell?.missing ?? []).map((name) => this.#cells.missing(name)) : []
    const items = [...lines, ...missing, ...pages.map(searchResult)]
    const isNone = items.length === 0
    const said = sentence(found, asked, lines.length + missing.length)
    this.#show(items, said, { isNone, hasMore: found.count > this.#limit })
  }

  #show(items: readonly HTMLLIElement[], said: string, { isNone = false, hasMore = false } = {}): void {
    this.#list?.replaceChildren(...items)
    this.#unhide('results', items.length > 0)
    this.#unhide('empty', said === '')
    this.#unhide('none', isNone)
    this.#unhide('kind', this.#kind?.value !== '')
    this.#unhide('more', hasMore)
    const matrix = this.querySelector<HTMLAnchorElement>('[data-matrix]')
    if (matrix) matrix.search = new URLSearchParams({ q: this.#query }).toString()
    this.#say(said)
  }

  #say(said: string): void {
    const say = () => {
      const state = this.querySelector('[role=status]')
      if (state && state.textContent !== said) state.textContent = said
    }
    clearTimeout(this.#saying)
    if (said === '') say()
    else this.#saying = setTimeout(say, pauseBeforeSaying)
  }

  #unhide(when: string, isShown: boolean): void {
    for (const element of this.querySelectorAll<HTMLElement>(`[data-when=${when}]`)) element.hidden = !isShown
  }

  async #showMore(): Promise<void> {
    const next = this.#links().length
    this.#limit += resultsAtOnce
    await this.#run(0)
    this.#links()[next]?.focus()
  }

  /** The title of each result: what the arrow keys go through. */
  #links(): HTMLAnchorElement[] {
    return [...this.querySelectorAll<HTMLAnchorElement>('ol > li > a')]
  }

  readonly #move = (event: KeyboardEvent): void => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    // The arrows choose a kind where the choice of kinds has the focus.
    if (event.target instanceof HTMLSelectElement) return
    const stops = [this.#input, ...this.#links()]
    const item = event.target instanceof Element ? event.target.closest('li') : null
    const here = item ? stops.findIndex((stop) => stop?.parentElement === item) : 0
    const next = stops[here + (event.key === 'ArrowDown' ? 1 : -1)]
    if (!next) return
    event.preventDefault()
    next.focus()
  }
}

/** @param statuses how many lines say a status, or that there is none, before all pages */
function sentence({ query, count, pages, hasSome }: Found, asked: string, statuses: number): string {
  const [shown, all] = [pages.length + statuses, count + statuses]
  if (all === 0) return `Nothing for ${inQuotes(asked)}.`
  if (hasSome && statuses === 0)
    return `No page has every word of ${inQuotes(asked)}. ${pages.length === 1 ? 'One page has' : `${pages.length} pages have`} some of them.`
  const results = all > shown ? `The first ${shown} of ${all} results` : `${all} ${all === 1 ? 'result' : 'results'}`
  const said = `${results} for ${inQuotes(query)}.`
  return query === asked || count === 0 ? said : `Nothing for ${inQuotes(asked)}. ${said}`
}

function hasLines(cell: CellAnswer | undefined): boolean {
  return cell !== undefined && cell.lines.length > 0
}

/** A whole message may be asked for: what it begins with says which. */
const mostQuoted = 80

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u

function inQuotes(query: string): string {
  const words = withoutQuotes(query)
  const begun = words.length > mostQuoted ? `${words.slice(0, mostQuoted).replace(/[\ud800-\udbff]$/, '')}…` : words
  // Isolated, since the rest of the sentence reads from left to right.
  return rightToLeft.test(begun) ? `“\u2068${begun}\u2069”` : `“${begun}”`
}

customElements.define('search-box', SearchBox)
