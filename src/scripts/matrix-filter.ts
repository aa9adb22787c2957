/**
 * Filters the matrix while a reader types. The rows are in the page already; this only hides
 * them, says how many are left, and keeps the form's state in the address.
 */
interface Filters {
  q: string
  arch: string
  support: string
  basis: string
  category: string
  /** Chosen columns, or undefined where the reader has not chosen. */
  columns: string[] | undefined
}

function start(form: HTMLFormElement, table: HTMLTableElement): void {
  const rows = [...table.querySelectorAll<HTMLTableRowElement>('tbody tr')].map((row) => ({
    row,
    text: searchable(`${row.cells[0]?.textContent ?? ''} ${row.dataset.words ?? ''}`),
    categories: (row.dataset.categories ?? '').split(' '),
    cells: new Map([...row.querySelectorAll<HTMLElement>('td')].map((cell) => [cell.dataset.architecture ?? '', cell])),
  }))
  const heads = [...table.querySelectorAll<HTMLElement>('th[data-column]')]
  const order = heads.map((head) => head.dataset.column ?? '')
  const boxes = [...document.querySelectorAll<HTMLInputElement>('input[name="columns"]')]
  const defaults = boxes.filter((box) => box.defaultChecked).map((box) => box.value)
  const count = document.getElementById('count')
  const nothing = document.getElementById('no-match')
  let firstColumn = ''

  function apply({ q, arch, support, basis, category, columns }: Filters): void {
    const words = searchable(q).split(' ').filter(Boolean)
    const shown = new Set(columns ?? defaults)
    if (arch !== '') shown.add(arch)
    let visible = 0
    for (const { row, text, categories, cells } of rows) {
      const asked = arch === '' ? [...cells].filter(([id]) => shown.has(id)).map(([, cell]) => cell) : [cells.get(arch)]
      const matches =
        words.every((word) => text.includes(word)) &&
        (category === '' || categories.includes(category)) &&
        ((support === '' && basis === '') || asked.some((cell) => cell !== undefined && fits(cell, support, basis)))
      row.hidden = !matches
      if (matches) visible += 1
    }
    showColumns(shown)
    putFirst(arch)
    if (count) {
      const sentence =
        visible === rows.length
          ? `${rows.length} ${rows.length === 1 ? 'project' : 'projects'}`
          : `${visible} of ${rows.length} projects`
      // Only a change is announced.
      if (count.textContent !== sentence) count.textContent = sentence
    }
    if (nothing) nothing.hidden = visible > 0
    table.hidden = visible === 0
  }

  function showColumns(shown: ReadonlySet<string>): void {
    for (const head of heads) head.hidden = !shown.has(head.dataset.column ?? '')
    for (const { cells } of rows) {
      for (const [id, cell] of cells) cell.hidden = !shown.has(id)
    }
    for (const box of boxes) box.checked = shown.has(box.value)
  }

  /** The reader's own architecture stands first. */
  function putFirst(arch: string): void {
    if (arch === firstColumn) return
    firstColumn = arch
    const ids = order.includes(arch) ? [arch, ...order.filter((id) => id !== arch)] : order
    const headRow = table.tHead?.rows[0]
    headRow?.append(...ids.flatMap((id) => heads.find((head) => head.dataset.column === id) ?? []))
    for (const { row, cells } of rows) row.append(...ids.flatMap((id) => cells.get(id) ?? []))
  }

  function readForm(): Filters {
    const data = new FormData(form)
    const text = (name: string) => String(data.get(name) ?? '')
    const columns = data.getAll('columns').map(String)
    const chosen = columns.join(',') === boxesInOrder(defaults).join(',') ? undefined : columns
    return {
      q: text('q'),
      arch: text('arch'),
      support: text('support'),
      basis: text('basis'),
      category: text('category'),
      columns: chosen,
    }
  }

  function boxesInOrder(ids: readonly string[]): string[] {
    return boxes.map((box) => box.value).filter((id) => ids.includes(id))
  }

  function readAddress(): Filters {
    const query = new URLSearchParams(location.search)
    const text = (name: string) => query.get(name) ?? ''
    const columns = query.has('columns')
      ? boxesInOrder(query.getAll('columns').flatMap((ids) => ids.split(',')))
      : undefined
    return {
      q: text('q'),
      arch: text('arch'),
      support: text('support'),
      basis: text('basis'),
      category: text('category'),
      columns,
    }
  }

  function writeForm(filters: Filters): void {
    for (const name of ['q', 'arch', 'support', 'basis', 'category'] as const) {
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

  function addressOfFilters(filters: Filters): string {
    const query = new URLSearchParams()
    for (const name of ['q', 'arch', 'support', 'basis', 'category'] as const) {
      if (filters[name] !== '') query.set(name, filters[name])
    }
    if (filters.columns) query.set('columns', filters.columns.join(','))
    const search = query.toString().replaceAll('%2C', ',')
    return `${location.pathname}${search === '' ? '' : `?${search}`}${location.hash}`
  }

  function follow(how: 'push' | 'replace'): void {
    const filters = readForm()
    apply(filters)
    const address = addressOfFilters(filters)
    if (address === `${location.pathname}${location.search}${location.hash}`) return
    if (how === 'push') history.pushState(null, '', address)
    else history.replaceState(null, '', address)
  }

  function clear(): void {
    for (const control of form.querySelectorAll('select, input[type=search]')) {
      if (control instanceof HTMLSelectElement || control instanceof HTMLInputElement) control.value = ''
    }
    for (const box of boxes) box.checked = box.defaultChecked
    follow('push')
    form.querySelector<HTMLInputElement>('#q')?.focus()
  }

  function restore(): void {
    const filters = readAddress()
    writeForm(filters)
    apply(filters)
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
  form.addEventListener('input', (event) => {
    if ((event.target as HTMLElement).id === 'q') follow('replace')
  })
  for (const control of [...form.querySelectorAll('select'), ...boxes]) {
    control.addEventListener('change', () => {
      follow('push')
    })
  }
  addEventListener('popstate', restore)
  restore()
}

function fits(cell: HTMLElement, support: string, basis: string): boolean {
  const { dataset } = cell
  return (
    (support === '' || dataset.support === support || dataset.group === support) &&
    (basis === '' || dataset.basis === basis)
  )
}

/** Text without case and diacritics, as people type it. */
function searchable(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .trim()
    .replace(/\s+/g, ' ')
}

const form = document.querySelector<HTMLFormElement>('#filters')
const table = document.querySelector<HTMLTableElement>('#matrix')
if (form && table) start(form, table)
