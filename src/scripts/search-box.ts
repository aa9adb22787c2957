/**
 * Search over everything: a field, a choice of kind, and results while a reader types. The index
 * is fetched on first use and no earlier. Used by the search page and by the dialog of every page.
 */

/** What of Pagefind's interface is used: https://pagefind.app/docs/api/ */
interface Pagefind {
  options: (options: { bundlePath: string; baseUrl: string; excerptLength: number }) => Promise<void>
  debouncedSearch: (
    query: string,
    options: { filters: Record<string, string> },
    milliseconds: number,
  ) => Promise<{ results: { id: string; data: () => Promise<ResultData> }[] } | null>
}

interface ResultData {
  url: string
  /** HTML: text with `<mark>` around what matched. Everything else in it is escaped by Pagefind. */
  excerpt: string
  meta: { title?: string; kind?: string }
}

interface Found {
  shown: ResultData[]
  count: number
}

const shownResults = 12
const pause = 120

class SearchBox extends HTMLElement {
  private readonly input = this.querySelector('input')
  private readonly kind = this.querySelector('select')
  private readonly state = this.querySelector('[role=status]')
  private readonly list = this.querySelector('ol')
  private pagefind: Promise<Pagefind> | undefined
  private words: Promise<string[]> | undefined
  private asked = 0

  connectedCallback(): void {
    this.input?.addEventListener('input', this.search)
    this.kind?.addEventListener('change', this.search)
    this.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault()
      void this.run()
    })
    // Loading begins when a reader goes to the field, so that the first letter finds it ready.
    this.input?.addEventListener('focus', () => void this.load(), { once: true })
    if (this.dataset.page !== undefined) this.readAddress()
  }

  private readonly search = (): void => void this.run()

  private readAddress(): void {
    const query = new URLSearchParams(location.search)
    if (this.input) this.input.value = query.get('q') ?? ''
    if (this.kind) {
      this.kind.value = query.get('kind') ?? ''
      if (this.kind.selectedIndex === -1) this.kind.value = ''
    }
    if (this.input?.value) void this.run()
  }

  private writeAddress(q: string, kind: string): void {
    if (this.dataset.page === undefined) return
    const query = new URLSearchParams()
    if (q !== '') query.set('q', q)
    if (kind !== '') query.set('kind', kind)
    const search = query.toString()
    history.replaceState(null, '', `${location.pathname}${search === '' ? '' : `?${search}`}`)
  }

  private load(): Promise<Pagefind> {
    this.pagefind ??= (async () => {
      const bundlePath = this.dataset.index ?? '/pagefind/'
      const pagefind = (await import(/* @vite-ignore */ `${bundlePath}pagefind.js`)) as Pagefind
      await pagefind.options({ bundlePath, baseUrl: this.dataset.base ?? '/', excerptLength: 24 })
      return pagefind
    })()
    return this.pagefind
  }

  private async run(): Promise<void> {
    const query = this.input?.value.trim() ?? ''
    const kind = this.kind?.value ?? ''
    this.asked += 1
    const turn = this.asked
    this.writeAddress(query, kind)
    if (query === '') {
      this.show([], '')
      return
    }
    try {
      const filters: Record<string, string> = kind === '' ? {} : { kind }
      const found = await this.find(query, filters, pause)
      if (found === undefined || turn !== this.asked) return
      if (found.shown.length > 0) {
        this.show(found.shown, sentence(found.count, query))
        return
      }
      const correction = await this.correct(query)
      const again = correction === undefined ? undefined : await this.find(correction, filters, 0)
      if (turn !== this.asked) return
      if (correction !== undefined && again !== undefined && again.shown.length > 0) {
        this.show(again.shown, `Nothing for “${query}”. ${sentence(again.count, correction)}`)
      } else {
        this.show([], `Nothing for “${query}”. Try fewer letters, another kind, or the matrix.`)
      }
    } catch {
      this.pagefind = undefined
      this.show([], 'The search could not be loaded. Try again, or look in the matrix.')
    }
  }

  /** The best results and how many there are, or undefined where a newer question has been asked meanwhile. */
  private async find(query: string, filters: Record<string, string>, wait: number): Promise<Found | undefined> {
    const pagefind = await this.load()
    const search = await pagefind.debouncedSearch(query, { filters }, wait)
    if (search === null) return undefined
    const best = await Promise.all(search.results.slice(0, shownResults).map((result) => result.data()))
    const wanted = lettersOf(query)
    const shown = best
      .filter((result) => matches(result, query))
      // What is called exactly that comes first; the rest keep their order.
      .sort(
        (a, b) => Number(lettersOf(b.meta.title ?? '') === wanted) - Number(lettersOf(a.meta.title ?? '') === wanted),
      )
    return { shown, count: shown.length < best.length ? shown.length : search.results.length }
  }

  /** The names that the site knows, for the nearest one to a mistyped word. */
  private async correct(query: string): Promise<string | undefined> {
    this.words ??= fetch(this.dataset.words ?? '').then(async (response) => (response.ok ? response.json() : []))
    const { nearestWord } = await import('./nearest-word.ts')
    return nearestWord(query, await this.words)
  }

  private show(results: readonly ResultData[], state: string): void {
    if (this.state && this.state.textContent !== state) this.state.textContent = state
    this.list?.replaceChildren(...results.map(resultItem))
  }
}

function sentence(count: number, query: string): string {
  if (count > shownResults) return `The first ${shownResults} of ${count} results for “${query}”.`
  return `${count} ${count === 1 ? 'result' : 'results'} for “${query}”.`
}

/** Pagefind shortens a word that it does not know until something matches; a single letter is no match. */
function matches({ excerpt, meta }: ResultData, query: string): boolean {
  const found = [...excerpt.matchAll(/<mark>(.*?)<\/mark>/gs)].map((match) => lettersOf(match[1] ?? ''))
  found.push(...(meta.title ?? '').split(/\s+/).map(lettersOf))
  return query.split(/\s+/).some((word) => {
    const letters = lettersOf(word)
    const wanted = letters.slice(0, Math.max(3, Math.ceil(letters.length / 2)))
    return wanted !== '' && found.some((text) => text.includes(wanted))
  })
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

function resultItem({ url, excerpt, meta }: ResultData): HTMLLIElement {
  const item = document.createElement('li')
  const link = document.createElement('a')
  link.href = url
  link.textContent = meta.title ?? url
  const kind = document.createElement('small')
  kind.textContent = meta.kind ?? ''
  const text = document.createElement('p')
  text.append(...markedText(excerpt))
  item.append(link, ' ', kind, text)
  return item
}

/** The excerpt's `<mark>`s as elements and the rest as text: nothing of it is parsed as HTML. */
function* markedText(excerpt: string): Generator<Node> {
  const decoder = document.createElement('textarea')
  for (const part of excerpt.split(/(<mark>.*?<\/mark>)/s)) {
    const marked = /^<mark>(.*)<\/mark>$/s.exec(part)
    // A textarea turns character references into characters and can hold no elements.
    decoder.innerHTML = marked?.[1] ?? part
    if (marked) {
      const mark = document.createElement('mark')
      mark.textContent = decoder.value
      yield mark
    } else {
      yield document.createTextNode(decoder.value)
    }
  }
}

customElements.define('search-box', SearchBox)

// Imported when the dialog opens: a module of its own.
export {}
