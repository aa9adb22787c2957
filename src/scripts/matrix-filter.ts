/**
 * Filters the matrix while a reader types, says how many rows are left, and keeps the form's state
 * in the address. The rows of the page are enough for most sites; those of a long matrix are
 * fetched when a reader first asks for something that the page does not hold.
 */
import { fetchRows, folded, readRows, type CellData, type MatrixRow } from './matrix-rows.ts'

const conditionNames = ['q', 'arch', 'support', 'basis', 'category'] as const

interface Filters extends Record<(typeof conditionNames)[number], string> {
  /** Chosen columns, or undefined where the reader has not chosen. */
  columns: string[] | undefined
  page: number
}

function start(form: HTMLFormElement, table: HTMLTableElement): void {
  const body = table.tBodies[0] ?? table.createTBody()
  const inPage = readRows(table)
  const total = Number(table.dataset.total)
  const pageSize = Math.max(inPage.length, 1)
  const ownPage = Number(table.dataset.page ?? 1)
  const home = new URL(form.action).pathname
  const heads = [...table.querySelectorAll<HTMLElement>('th[data-column]')]
  const order = heads.map((head) => head.dataset.column ?? '')
  const boxes = [...document.querySelectorAll<HTMLInputElement>('input[name="columns"]')]
  const defaults = boxes.filter((box) => box.defaultChecked).map((box) => box.value)
  const count = document.getElementById('count')
  const nothing = document.getElementById('no-match')
  const pages = document.getElementById('pages')
  const clearButton = document.getElementById('clear')
  const choices = form.querySelector('.choices > summary')
  let all: Promise<readonly MatrixRow[]> | undefined
  let turn = 0
  // The column that is only shown because it is the reader's own architecture.
  let lent = ''

  async function apply(filters: Filters): Promise<void> {
    turn += 1
    const mine = turn
    const asksForAll =
      filters.page !== ownPage || conditionNames.some((name) => name !== 'arch' && filters[name] !== '')
    let rows: readonly MatrixRow[] = inPage
    if (total > inPage.length && (asksForAll || all !== undefined)) {
      try {
        rows = await loadAll()
      } catch {
        all = undefined
        if (count) count.textContent = 'The other projects could not be loaded; these are the ones of this page.'
        return
      }
      // A later question has been asked meanwhile.
      if (mine !== turn) return
    }
    show(rows, filters)
  }

  function loadAll(): Promise<readonly MatrixRow[]> {
    all ??= fetchRows(table.dataset.index ?? '', home.replace(/matrix\/$/, 'projects/'))
    return all
  }

  function show(rows: readonly MatrixRow[], filters: Filters): void {
    const shown = new Set(filters.columns ?? defaults)
    lent = shown.has(filters.arch) ? '' : filters.arch
    if (lent !== '') shown.add(lent)
    const matching = rows.filter((row) => matches(row, filters, shown))
    const isWhole = rows.length === total
    const slice = isWhole ? matching.slice((filters.page - 1) * pageSize, filters.page * pageSize) : matching
    const columns = order.includes(filters.arch) ? [filters.arch, ...order.filter((id) => id !== filters.arch)] : order
    drawHead(columns, shown)
    body.replaceChildren(...slice.map((row) => arranged(row.element(), columns, shown)))
    table.hidden = matching.length === 0
    if (nothing) nothing.hidden = matching.length > 0
    announce(isWhole ? matching.length : total)
    if (isWhole) drawPages(filters, Math.ceil(matching.length / pageSize))
    for (const box of boxes) box.checked = shown.has(box.value)
    showConditions(filters)
  }

  /** How to undo them, and how many of them a narrow screen has folded away. */
  function showConditions(filters: Filters): void {
    const chosen = conditionNames.filter((name) => filters[name] !== '')
    const folded = chosen.filter((name) => name !== 'q').length
    if (clearButton) clearButton.hidden = chosen.length === 0 && !filters.columns
    if (choices) choices.textContent = folded === 0 ? 'Filters' : `Filters (${folded})`
  }

  function drawHead(columns: readonly string[], shown: ReadonlySet<string>): void {
    const row = table.tHead?.rows[0]
    table.parentElement?.classList.toggle('many', shown.size > 7)
    for (const id of columns) {
      const head = heads.find(({ dataset }) => dataset.column === id)
      if (!head) continue
      head.hidden = !shown.has(id)
      row?.append(head)
    }
  }

  /** Only a change is announced. */
  function announce(matching: number): void {
    if (!count) return
    const noun = total === 1 ? 'project' : 'projects'
    const sentence = matching === total ? `${total} ${noun}` : `${matching} of ${total} ${noun}`
    if (count.textContent !== sentence) count.textContent = sentence
  }

  function drawPages(filters: Filters, last: number): void {
    if (!pages) return
    pages.hidden = last <= 1
    const [previous, next] = [...pages.querySelectorAll('a')]
    const text = pages.querySelector('span')
    if (text) text.textContent = `Page ${filters.page} of ${last}`
    for (const [link, page] of [
      [previous, filters.page - 1],
      [next, filters.page + 1],
    ] as const) {
      if (!link) continue
      link.hidden = page < 1 || page > last
      link.href = addressOf({ ...filters, page })
    }
  }

  function readForm(): Filters {
    const data = new FormData(form)
    const text = (name: string) => {
      const value = data.get(name)
      return typeof value === 'string' ? value : ''
    }
    const chosen = boxes.filter((box) => box.checked && box.value !== lent).map((box) => box.value)
    return {
      q: text('q').trim(),
      arch: text('arch'),
      support: text('support'),
      basis: text('basis'),
      category: text('category'),
      columns: chosen.join() === defaults.join() ? undefined : chosen,
      page: 1,
    }
  }

  function readAddress(): Filters {
    const query = new URLSearchParams(location.search)
    const text = (name: string) => query.get(name) ?? ''
    const columns = query.has('columns')
      ? boxes.map(({ value }) => value).filter((id) => query.getAll('columns').join(',').split(',').includes(id))
      : undefined
    const page = Number(query.get('page') ?? (location.search === '' ? ownPage : 1))
    return {
      q: text('q').trim(),
      arch: text('arch'),
      support: text('support'),
      basis: text('basis'),
      category: text('category'),
      columns: columns?.length === 0 ? undefined : columns,
      page: Number.isInteger(page) && page > 0 ? page : 1,
    }
  }

  function writeForm(filters: Filters): void {
    for (const name of conditionNames) {
      const control = form.elements.namedItem(name)
      if (!(control instanceof HTMLInputElement || control instanceof HTMLSelectElement)) continue
      control.value = filters[name]
      // A word that the form does not know selects nothing; it is then no condition either.
      if (control.value !== filters[name]) {
        control.value = ''
        filters[name] = ''
      }
    }
    for (const box of boxes) box.checked = (filters.columns ?? defaults).includes(box.value)
  }

  function addressOf(filters: Filters): string {
    const query = new URLSearchParams()
    for (const name of conditionNames) {
      if (filters[name] !== '') query.set(name, filters[name])
    }
    if (filters.columns) query.set('columns', filters.columns.join(','))
    if (filters.page > 1) query.set('page', String(filters.page))
    const search = query.toString().replaceAll('%2C', ',')
    return search === '' ? home : `${home}?${search}`
  }

  function follow(how: 'push' | 'replace'): void {
    const filters = readForm()
    void apply(filters)
    go(filters, how)
  }

  function go(filters: Filters, how: 'push' | 'replace'): void {
    const address = addressOf(filters)
    if (address === `${location.pathname}${location.search}`) return
    if (how === 'push') history.pushState(null, '', address)
    else history.replaceState(null, '', address)
  }

  function restore(): void {
    const filters = readAddress()
    writeForm(filters)
    void apply(filters)
  }

  function clear(): void {
    for (const name of conditionNames) {
      const control = form.elements.namedItem(name)
      if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) control.value = ''
    }
    for (const box of boxes) box.checked = box.defaultChecked
    follow('push')
    form.querySelector<HTMLInputElement>('input[type=search]')?.focus()
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    follow('push')
  })
  form.addEventListener('reset', (event) => {
    event.preventDefault()
    clear()
  })
  document.querySelector('[data-clear]')?.addEventListener('click', clear)
  // Typing rewrites the address; choosing makes a step that the back button undoes.
  form.querySelector('input[type=search]')?.addEventListener('input', () => {
    follow('replace')
  })
  for (const control of [...form.querySelectorAll('select'), ...boxes]) {
    control.addEventListener('change', () => {
      follow('push')
    })
  }
  pages?.addEventListener('click', (event) => {
    const link = event.target
    if (!(link instanceof HTMLAnchorElement) || new URL(link.href).pathname !== home || event.ctrlKey || event.metaKey)
      return
    event.preventDefault()
    history.pushState(null, '', link.href)
    restore()
    table.scrollIntoView()
  })
  addEventListener('popstate', restore)
  const typed = readForm()
  if (location.search !== '') restore()
  // What a reader chose before this script was there, or what the browser kept of the form, counts too.
  else if (typed.columns || conditionNames.some((name) => typed[name] !== '')) follow('replace')
}

function matches({ text, categories, cells }: MatrixRow, filters: Filters, shown: ReadonlySet<string>): boolean {
  if (filters.category !== '' && !categories.includes(filters.category)) return false
  if (
    !folded(filters.q)
      .split(' ')
      .every((word) => text.includes(word))
  ) {
    return false
  }
  if (filters.support === '' && filters.basis === '') return true
  if (filters.arch !== '') return fits(cells.get(filters.arch), filters)
  return [...cells].some(([id, cell]) => shown.has(id) && fits(cell, filters))
}

function fits(cell: CellData | undefined, { support, basis }: Filters): boolean {
  if (!cell) return false
  return (
    (support === '' || cell.support === support || cell.group === support) && (basis === '' || cell.basis === basis)
  )
}

/** The row with its columns in their order, the others hidden. */
function arranged(
  row: HTMLTableRowElement,
  columns: readonly string[],
  shown: ReadonlySet<string>,
): HTMLTableRowElement {
  const cells = new Map(
    [...row.querySelectorAll<HTMLElement>('td')].map((cell) => [cell.dataset.architecture ?? '', cell]),
  )
  for (const id of columns) {
    const cell = cells.get(id)
    if (!cell) continue
    cell.hidden = !shown.has(id)
    row.append(cell)
  }
  return row
}

const form = document.querySelector<HTMLFormElement>('#filters')
const table = document.querySelector<HTMLTableElement>('#matrix')
if (form && table) start(form, table)
