/**
 * The page of the matrix: puts a reader's question to the rows while it is typed, says how many are left,
 * and keeps all of it in the address. A short matrix is all there; of a long one the rows are fetched when
 * a reader first needs more than the page holds, and only those on the screen are drawn.
 */
import type { Query } from '#query/query.ts'
import { selectRows, sortWords } from '#query/select.ts'
import type { ProjectChoice } from './matrix-choice.ts'
import { MatrixData } from './matrix-data.ts'
import type { Drawing } from './matrix-draw.ts'
import type { MatrixRow } from './matrix-rows.ts'
import {
  committed,
  controlNames,
  emptyState,
  isNarrowed,
  questionOf,
  readState,
  serializeState,
  type MatrixOffer,
  type MatrixState,
} from './matrix-state.ts'
import type { MatrixWindow } from './matrix-window.ts'
import { architectureOfBrowser, rememberArchitecture, rememberedArchitecture } from './my-architecture.ts'

function start(form: HTMLFormElement, table: HTMLTableElement): void {
  const body = table.tBodies[0] ?? table.createTBody()
  const heads = [...table.querySelectorAll<HTMLElement>('th[data-column]')]
  const columns = heads.map(({ dataset }) => dataset.column ?? '')
  const data = new MatrixData(table, columns)
  const ownPage = Number(table.dataset.page ?? 1)
  const pageSize = Math.max(data.inPage.length, 1)
  const home = new URL(form.action).pathname
  const projects = home.replace(/matrix\/$/, 'projects/')
  const boxes = [...document.querySelectorAll<HTMLInputElement>('input[name="columns"]')]
  const defaults = boxes.filter((box) => box.defaultChecked).map(({ value }) => value)
  const field = form.querySelector<HTMLInputElement>('input[name="q"]')
  const part = (id: string) => document.getElementById(id)
  const drawPlace = (place: number, reused: HTMLTableRowElement | undefined): HTMLTableRowElement => {
    const row = rows[place]
    if (!row || !data.long) return reused ?? document.createElement('tr')
    const drawn = reused ?? data.long.drawRow(row, drawing)
    if (reused) data.long.redrawRow(drawn, row, drawing)
    choice?.offer(drawn, row)
    return drawn
  }
  const offer: MatrixOffer = {
    vocabulary: {
      architectures: new Map(
        heads.flatMap(({ dataset }) =>
          [dataset.column ?? '', ...(dataset.aliases?.split(' ') ?? [])].map(
            (word) => [word.toLowerCase(), dataset.column ?? ''] as const,
          ),
        ),
      ),
      categories: new Set(optionsOf('category')),
    },
    columns,
    has: (control, word) => word === '' || optionsOf(control).includes(word),
  }

  let state = emptyState
  let rows: readonly MatrixRow[] = data.inPage
  let drawing: Drawing = { columns, shown: columns, projects }
  let places: readonly number[] = []
  // Later questions overtake earlier ones whose rows are still on their way.
  let turn = 0
  let rowWindow: MatrixWindow | undefined

  // Marks projects that are to stand side by side.
  let choice: ProjectChoice | undefined

  function optionsOf(name: string): string[] {
    const control = form.elements.namedItem(name)
    return control instanceof HTMLSelectElement ? [...control.options].map(({ value }) => value) : []
  }

  /** Shows what a state asks for. */
  async function apply(next: MatrixState): Promise<void> {
    state = next
    turn += 1
    const mine = turn
    const needsAll =
      data.isWhole ||
      isNarrowed(next) ||
      // The rows of a long matrix bring the columns along that are shown first.
      next.columns !== undefined ||
      !(next.arch === '' || defaults.includes(next.arch)) ||
      next.sort !== 'name' ||
      next.compare.length > 0 ||
      (next.page ?? ownPage) !== ownPage
    try {
      if (needsAll) rows = await data.all()
      if (needsAll && next.sort === 'freshness') await data.dates()
    } catch {
      if (mine === turn) say('The other projects could not be loaded; these are the ones of this page.')
      return
    }
    if (mine !== turn) return
    show()
    if (data.isShort || !needsAll) return
    // What is found by name is there at once; the rest follows.
    const isAskedFor = questionOf(next, offer.vocabulary).words.length > 0
    if (data.isModest || isAskedFor) follow(data.words())
    if (data.isModest) follow(data.dates())
  }

  function follow(more: Promise<void>): void {
    more.then(show, () => {
      // The rows stay as they are, without what could not be had.
    })
  }

  function show(): void {
    const query = questionOf(state, offer.vocabulary)
    const shownColumns = new Set(state.columns ?? defaults)
    const asked = query.conditions.find(({ field }) => field === 'arch')?.values[0]
    if (asked !== undefined) shownColumns.add(asked)
    const order = asked === undefined ? columns : [asked, ...columns.filter((id) => id !== asked)]
    const shown = order.filter((id) => shownColumns.has(id))
    const isOther = shown.join() !== drawing.shown.join()
    drawing = { columns, shown, projects }
    places = data.isWhole
      ? selectRows(rows, { query, columns, shown, sort: state.sort })
      : rows.map((_, place) => place)
    const count = data.isWhole ? places.length : data.total
    const comparing = state.compare.length > 0
    setHidden('comparison', !comparing)
    setHidden('grid', comparing)
    if (comparing) void showComparison(shown)
    else {
      drawHead(order, shownColumns)
      drawBody(isOther)
      table.hidden = count === 0
      setHidden('no-match', count > 0)
    }
    const noun = data.total === 1 ? 'project' : 'projects'
    if (!comparing) say(count === data.total ? `${data.total} ${noun}` : `${count} of ${data.total} ${noun}`)
    showConditions(query)
  }

  function showConditions(query: Query): void {
    const narrowing = controlNames.filter((name) => state[name] !== '').length + state.conditions.length
    const chips = part('chips')
    const problems = part('query-problems')
    // Most questions have none of either, and most readers ask those.
    const hasAny = narrowing > 0 || query.problems.length > 0 || chips?.hidden === false || problems?.hidden === false
    if (hasAny && chips && problems) {
      void import('./matrix-chips.ts').then(({ drawChips, drawProblems }) => {
        drawChips(chips, state, (next) => void go(next, 'push'))
        drawProblems(problems, questionOf(state, offer.vocabulary))
      })
    }
    const summary = form.querySelector('.choices > summary')
    if (summary) summary.textContent = narrowing === 0 ? 'Filters' : `Filters (${narrowing})`
    setHidden('clear', serializeState({ ...state, page: undefined }) === '')
    for (const box of boxes) box.checked = drawing.shown.includes(box.value)
  }

  function drawHead(order: readonly string[], shown: ReadonlySet<string>): void {
    const row = table.tHead?.rows[0]
    table.parentElement?.classList.toggle('many', shown.size > 7)
    for (const id of order) {
      const head = heads.find(({ dataset }) => dataset.column === id)
      if (!head) continue
      head.hidden = !shown.has(id)
      row?.append(head)
    }
  }

  function drawBody(isOther: boolean): void {
    if (data.isShort) {
      body.replaceChildren(...places.flatMap((place) => arranged(place)))
    } else if (!data.isWhole) {
      for (const { element: row } of rows) if (row) arrange(row)
    } else if (state.page === undefined) {
      setHidden('pages', true)
      rowWindow ??= data.long && new data.long.MatrixWindow(table, drawPlace)
      rowWindow?.show(places, isOther)
    } else {
      rowWindow?.close()
      const from = (state.page - 1) * pageSize
      const drawn = places.slice(from, from + pageSize).map((place) => drawPlace(place, undefined))
      body.replaceChildren(...drawn)
      drawPages(state.page, Math.max(1, Math.ceil(places.length / pageSize)))
    }
  }

  function arranged(place: number): HTMLTableRowElement[] {
    const row = rows[place]
    if (!row?.element) return []
    arrange(row.element)
    choice?.offer(row.element, row)
    return [row.element]
  }

  /** The columns in their order, the others hidden. */
  function arrange(row: HTMLTableRowElement): void {
    const cells = new Map([...row.querySelectorAll<HTMLElement>('td')].map((cell) => [cell.dataset.architecture, cell]))
    for (const [id, cell] of cells) cell.hidden = !drawing.shown.includes(id ?? '')
    for (const id of drawing.shown) {
      const cell = cells.get(id)
      if (cell) row.append(cell)
    }
  }

  function drawPages(page: number, last: number): void {
    const pages = part('pages')
    if (!pages) return
    pages.hidden = last <= 1
    const [previous, next] = [...pages.querySelectorAll('a')]
    const text = pages.querySelector('span')
    if (text) text.textContent = `Page ${page} of ${last}`
    for (const [link, number] of [
      [previous, page - 1],
      [next, page + 1],
    ] as const) {
      if (!link) continue
      link.hidden = number < 1 || number > last
      link.href = addressOf({ ...state, page: number })
    }
  }

  /** What is needed for it comes when it is asked for. */
  async function showComparison(shown: readonly string[]): Promise<void> {
    const section = part('comparison')
    const mine = turn
    const comparing = await import('./matrix-compare.ts')
    if (mine !== turn || !section) return
    const { count, unknown } = comparing.showComparison(section, {
      rows,
      ids: state.compare,
      columns,
      shown,
      projects,
      api: home.replace(/matrix\/$/, 'api/v1/projects/'),
      compare: (compare) => void go({ ...state, compare }, 'push'),
    })
    const missing = unknown.length === 0 ? '' : `; no project is called ${unknown.join(', ')}`
    say(`${count} side by side${missing}`)
  }

  /** Only a change is announced. */
  function say(sentence: string): void {
    const count = part('count')
    if (count && count.textContent.trim() !== sentence) count.textContent = sentence
  }

  function setHidden(id: string, isHidden: boolean): void {
    const found = part(id)
    if (found) found.hidden = isHidden
  }

  function readForm(): MatrixState {
    const values = new FormData(form)
    const text = (name: string) => {
      const value = values.get(name)
      return typeof value === 'string' ? value.trim() : ''
    }
    // A column that is only shown because it is asked about is not chosen.
    const marked = boxes.filter((box) => box.checked && (box.value !== state.arch || isChosenColumn(box.value)))
    const selected = marked.map(({ value }) => value)
    return {
      ...state,
      text: text('q'),
      arch: text('arch'),
      support: text('support'),
      basis: text('basis'),
      category: text('category'),
      sort: sortWords.find((word) => word === text('sort')) ?? 'name',
      columns: selected.length === 0 || selected.join() === defaults.join() ? undefined : selected,
      page: undefined,
    }
  }

  function isChosenColumn(id: string): boolean {
    return (state.columns ?? defaults).includes(id)
  }

  function writeForm(next: MatrixState): void {
    const values: Record<string, string> = { ...pick(next), q: next.text, sort: next.sort }
    for (const [name, value] of Object.entries(values)) {
      const control = form.elements.namedItem(name)
      if ((control instanceof HTMLInputElement || control instanceof HTMLSelectElement) && control.value !== value)
        control.value = value
    }
  }

  function pick({ arch, support, basis, category }: MatrixState): Record<string, string> {
    return { arch, support, basis, category }
  }

  function addressOf(next: MatrixState): string {
    const search = serializeState(next)
    return search === '' ? home : `${home}?${search}`
  }

  /** @param how whether the back button undoes it */
  function go(next: MatrixState, how: 'push' | 'replace'): Promise<void> {
    writeForm(next)
    const address = addressOf(next)
    if (address !== `${location.pathname}${location.search}`) {
      if (how === 'push') history.pushState(null, '', address)
      else history.replaceState(null, '', address)
    }
    return apply(next)
  }

  function clear(): void {
    rememberArchitecture('')
    void go(emptyState, 'push')
    field?.focus()
  }

  function restore(): void {
    const next = readState(location.search, offer)
    // `/matrix/3/` is a page by its path.
    const page = next.page ?? (location.search === '' && ownPage > 1 ? ownPage : undefined)
    writeForm(next)
    void apply({ ...next, page })
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void go(committed(readForm(), offer), 'push')
  })
  form.addEventListener('reset', (event) => {
    event.preventDefault()
    clear()
  })
  document.querySelector('[data-clear]')?.addEventListener('click', clear)
  // Typing rewrites the address; choosing makes a step that the back button undoes.
  field?.addEventListener('input', () => {
    void go(readForm(), 'replace')
  })
  for (const control of [...form.querySelectorAll('select'), ...boxes]) {
    control.addEventListener('change', () => {
      const next = readForm()
      if (next.arch !== state.arch) rememberArchitecture(next.arch)
      void go(next, 'push')
    })
  }
  part('pages')?.addEventListener('click', (event) => {
    const link = event.target
    if (!(link instanceof HTMLAnchorElement) || new URL(link.href).pathname !== home || event.ctrlKey || event.metaKey)
      return
    event.preventDefault()
    history.pushState(null, '', link.href)
    restore()
    table.scrollIntoView()
  })
  addEventListener('popstate', restore)
  part('choose')?.addEventListener(
    'click',
    () => {
      void import('./matrix-choice.ts').then(({ ProjectChoice }) => {
        choice = new ProjectChoice({
          table,
          nameOf: (id) => rows.find((row) => row.id === id)?.name ?? id,
          redraw: show,
          compare: (compare) => void go({ ...state, compare }, 'push'),
        })
        choice.begin()
      })
    },
    { once: true },
  )
  part('stop-comparing')?.addEventListener('click', () => {
    void go({ ...state, compare: [] }, 'push')
  })
  part('save')?.addEventListener('click', () => {
    void (async () => {
      const { csvOf, save } = await import('./matrix-csv.ts')
      await data.all()
      await data.dates()
      show()
      save(
        csvOf(
          places.flatMap((place) => rows[place] ?? []),
          columns,
          drawing.shown,
        ),
        'matrix.csv',
        'text/csv',
      )
    })()
  })

  // Of a long matrix the other rows come when a reader goes for them.
  if (!data.isShort && ownPage === 1) {
    const begin = () => {
      removeEventListener('scroll', begin)
      form.removeEventListener('focusin', begin)
      data.all().then(
        () => {
          if (state.page === undefined) void apply(state)
        },
        () => {
          say('The other projects could not be loaded; these are the ones of this page.')
        },
      )
    }
    addEventListener('scroll', begin, { passive: true })
    form.addEventListener('focusin', begin)
    // The browser's own search sees only the rows that are drawn; the field sees all of them.
    addEventListener('keydown', (event) => {
      const isFind = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key === 'f'
      if (!isFind || document.activeElement === field || state.page !== undefined || !field) return
      event.preventDefault()
      field.focus()
      field.select()
      setHidden('find-hint', false)
    })
  }

  const typed = readForm()
  if (location.search !== '') restore()
  // What a reader chose before this script was there, or what the browser kept of the form, counts too.
  else if (serializeState(typed) !== '') void go(typed, 'replace')
  else if (ownPage > 1) state = { ...state, page: ownPage }
  if (state.arch === '') void beginWithOwnArchitecture()

  async function beginWithOwnArchitecture(): Promise<void> {
    const remembered = rememberedArchitecture()
    const word = remembered === '' ? await architectureOfBrowser() : remembered
    const arch = offer.vocabulary.architectures.get(word)
    // Meanwhile the reader may have chosen.
    if (arch === undefined || state.arch !== '' || questionOf(state, offer.vocabulary).conditions.length > 0) return
    await go({ ...state, arch }, 'replace')
  }
}

const form = document.querySelector<HTMLFormElement>('#filters')
const table = document.querySelector<HTMLTableElement>('#matrix')
if (form && table) start(form, table)
