/**
 * The page of the matrix: puts a reader's question to the rows while it is typed, says how many are left,
 * and keeps all of it in the address. A short matrix is all there; of a long one the rows are fetched when
 * a reader first needs more than the page holds, and only those on the screen are drawn.
 */
import { architectureOf, type Query } from '#query/query.ts'
import { selectRows } from '#query/select.ts'
import { MatrixData } from './matrix-data.ts'
import { MatrixForm } from './matrix-form.ts'
import type { MatrixRow } from './matrix-rows.ts'
import {
  committed,
  controlNames,
  emptyState,
  isNarrowed,
  questionOf,
  readState,
  serializeState,
  type MatrixState,
} from './matrix-state.ts'
import { MatrixTable } from './matrix-table.ts'
import { architectureOfBrowser, rememberArchitecture, rememberedArchitecture } from './my-architecture.ts'

const notLoaded = 'The other projects could not be loaded; these are the ones of this page.'
/** Mark of an entry of the history that typing has made. */
const typing = 'typing'

function start(formElement: HTMLFormElement, tableElement: HTMLTableElement): void {
  const home = new URL(formElement.action).pathname
  const site = home.replace(/matrix\/$/, '')
  const table = new MatrixTable(tableElement, `${site}projects/`)
  const { architectures } = table
  const form = new MatrixForm(formElement, table.heads)
  const { field, offer } = form
  const data = new MatrixData(tableElement, architectures)
  const ownPage = Number(tableElement.dataset.page ?? 1)
  const pageSize = Math.max(data.inPage.length, 1)
  const part = (id: string) => document.getElementById(id)

  let state = emptyState
  let rows: readonly MatrixRow[] = data.inPage
  let places: readonly number[] = []
  let columns: readonly string[] = form.defaultColumns
  // Its column comes first where the question names no other: who follows a link sees what its sender saw.
  let own: string | undefined
  // Later questions overtake earlier ones whose rows are still on their way.
  let turn = 0

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
      !(next.arch === '' || form.defaultColumns.includes(next.arch)) ||
      next.sort !== 'name' ||
      next.compare.length > 0 ||
      (next.page ?? ownPage) !== ownPage
    try {
      if (needsAll) rows = await data.all()
      if (needsAll && next.sort === 'freshness') await data.dates()
    } catch {
      if (mine === turn) say(notLoaded)
      return
    }
    if (mine !== turn) return
    show()
    if (data.isShort || !needsAll) return
    // What is found by name is there at once; the rest follows.
    const isAskedFor = questionOf(next, offer.vocabulary).words.length > 0
    if ((data.isModest || isAskedFor) && !data.hasWords) follow(data.words())
    if (data.isModest && !data.hasDates) follow(data.dates())
  }

  function follow(more: Promise<void>): void {
    more.then(show, () => {
      // The rows stay as they are, without what could not be had.
    })
  }

  function show(): void {
    const query = questionOf(state, offer.vocabulary)
    const asked = architectureOf(query)
    const wanted = new Set(state.columns ?? form.defaultColumns)
    if (asked !== undefined) wanted.add(asked)
    const first = asked ?? own
    const order = first === undefined ? architectures : [first, ...architectures.filter((id) => id !== first)]
    columns = order.filter((id) => wanted.has(id))
    places = data.isWhole
      ? selectRows(rows, { query, columns: architectures, shown: columns, sort: state.sort })
      : rows.map((_, place) => place)
    const isComparing = state.compare.length > 0
    setHidden('comparison', !isComparing)
    setHidden('grid', isComparing)
    if (isComparing) void showComparison()
    else showTable(order)
    showConditions(query)
  }

  function showTable(order: readonly string[]): void {
    const count = data.isWhole ? places.length : data.total
    table.show({ rows, places, order, columns, page: state.page }, data, pageSize)
    tableElement.hidden = count === 0
    // There is nothing to skip, and nothing to come back from.
    for (const link of document.querySelectorAll<HTMLElement>('.past')) link.hidden = count === 0
    setHidden('no-match', count > 0)
    if (data.isWhole && !data.isShort) showPages(count)
    const noun = data.total === 1 ? 'project' : 'projects'
    say(count === data.total ? `${data.total} ${noun}` : `${count} of ${data.total} ${noun}`)
  }

  function showConditions(query: Query): void {
    const count = controlNames.filter((name) => state[name] !== '').length + state.conditions.length
    const [chips, problems] = [part('chips'), part('query-problems')]
    // Most questions have none of either, and most readers ask those.
    const hasAny = count > 0 || query.problems.length > 0 || chips?.hidden === false || problems?.hidden === false
    if (hasAny && chips && problems) {
      void import('./matrix-chips.ts').then(({ drawChips, drawProblems }) => {
        drawChips(chips, state, (next) => {
          go(next, 'push')
        })
        drawProblems(problems, questionOf(state, offer.vocabulary))
      })
    }
    form.showState(columns, count)
    form.showOwn(own)
    setHidden('clear', serializeState({ ...state, page: undefined }) === '')
  }

  function showPages(count: number): void {
    const last = Math.max(1, Math.ceil(count / pageSize))
    const page = state.page ?? 1
    setHidden('pages', state.page === undefined || last <= 1)
    const [previous, next] = [...(part('pages')?.querySelectorAll('a') ?? [])]
    const text = part('pages')?.querySelector('span')
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
  async function showComparison(): Promise<void> {
    const section = part('comparison')
    const mine = turn
    const comparing = await import('./matrix-compare.ts')
    if (mine !== turn || !section) return
    const sentence = comparing.showComparison(section, {
      rows,
      ids: state.compare,
      columns: architectures,
      shown: columns,
      projects: `${site}projects/`,
      api: `${site}api/v1/projects/`,
      compare,
    })
    say(sentence)
  }

  function compare(ids: readonly string[]): void {
    go({ ...state, compare: ids }, 'push')
    // What led back is hidden then, and what takes the focus is not hidden any more.
    if (ids.length > 0) return
    setHidden('comparison', true)
    part('choose')?.focus()
  }

  /** The buttons that led there are hidden then. */
  function compareMarked(ids: readonly string[]): void {
    compare(ids)
    setHidden('comparison', false)
    part('stop-comparing')?.focus()
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

  function addressOf(next: MatrixState): string {
    const search = serializeState(next)
    return search === '' ? home : `${home}?${search}`
  }

  /** @param mark what the entry of the history is to be known by */
  function setAddress(next: MatrixState, how: 'push' | 'replace', mark: typeof typing | null = null): void {
    const address = addressOf(next)
    if (address === `${location.pathname}${location.search}`) return
    if (how === 'push') history.pushState(mark, '', address)
    else history.replaceState(mark, '', address)
  }

  /** @param how whether the back button undoes it */
  function go(next: MatrixState, how: 'push' | 'replace'): void {
    form.write(next)
    setAddress(next, how)
    void apply(next)
  }

  function clear(): void {
    remember('')
    go(emptyState, 'push')
    field?.focus()
  }

  function remember(arch: string): void {
    own = arch === '' ? undefined : arch
    rememberArchitecture(arch)
  }

  function restore(): void {
    const next = readState(location.search, offer)
    // `/matrix/3/` is a page by its path.
    const page = next.page ?? (location.search === '' && ownPage > 1 ? ownPage : undefined)
    form.write(next)
    void apply({ ...next, page })
  }

  form.element.addEventListener('submit', (event) => {
    event.preventDefault()
    go(committed(form.read(state), offer), 'push')
  })
  form.element.addEventListener('reset', (event) => {
    event.preventDefault()
    clear()
  })
  document.querySelector('[data-clear]')?.addEventListener('click', clear)
  // Typing rewrites the address, and nothing in the field; choosing makes a step that the back button undoes, and so
  // does the first letter: it leads back to the whole matrix.
  field?.addEventListener('input', () => {
    const next = form.read(state)
    setAddress(next, isNarrowed(state) || history.state === typing ? 'replace' : 'push', typing)
    void apply(next)
  })
  for (const choice of form.choices) {
    choice.addEventListener('change', () => {
      const next = form.read(state)
      if (next.arch !== state.arch) remember(next.arch)
      go(next, 'push')
    })
  }
  part('pages')?.addEventListener('click', (event) => {
    const link = event.target
    if (!(link instanceof HTMLAnchorElement) || new URL(link.href).pathname !== home || event.ctrlKey || event.metaKey)
      return
    event.preventDefault()
    history.pushState(null, '', link.href)
    restore()
    tableElement.scrollIntoView()
  })
  addEventListener('popstate', restore)
  part('choose')?.addEventListener('click', () => void beginChoosing(), { once: true })
  part('stop-comparing')?.addEventListener('click', () => {
    compare([])
  })
  part('save')?.addEventListener('click', () => void saveRows())

  async function beginChoosing(): Promise<void> {
    const { ProjectChoice } = await import('./matrix-choice.ts')
    const nameOf = (id: string) => rows.find((row) => row.id === id)?.name ?? id
    table.choice = new ProjectChoice({ table: tableElement, nameOf, redraw: show, compare: compareMarked })
    table.choice.begin()
  }

  /** The matrix as a table for programs, reduced to what is shown. It is long, and fetched when it is asked for. */
  async function saveRows(): Promise<void> {
    try {
      rows = await data.all()
      show()
      const [{ savePart }, { chosenOf }] = await Promise.all([import('./matrix-csv.ts'), import('./matrix-compare.ts')])
      const isComparing = state.compare.length > 0
      const shown = isComparing ? chosenOf(rows, state.compare).compared : places.flatMap((place) => rows[place] ?? [])
      const ids = shown.map(({ id }) => id)
      await savePart(`${site}matrix.csv`, ids, columns)
    } catch {
      say('The table could not be loaded. Try again.')
    }
  }

  // Of a long matrix the other rows come when a reader goes for them.
  if (!data.isShort && ownPage === 1) {
    // On a large screen there may be nothing to scroll yet.
    const signs = ['scroll', 'wheel', 'touchmove']
    const begin = () => {
      for (const sign of signs) removeEventListener(sign, begin)
      form.element.removeEventListener('focusin', begin)
      data.all().then(
        () => {
          if (state.page === undefined) void apply(state)
        },
        () => {
          say(notLoaded)
        },
      )
    }
    for (const sign of signs) addEventListener(sign, begin, { passive: true })
    form.element.addEventListener('focusin', begin)
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

  const typed = form.read(state)
  if (location.search !== '') restore()
  // What a reader chose before this script was there, or what the browser kept of the form, counts too.
  else if (serializeState(typed) !== '') go(typed, 'replace')
  else if (ownPage > 1) state = { ...state, page: ownPage }
  if (state.arch === '') void beginWithOwnArchitecture()

  async function beginWithOwnArchitecture(): Promise<void> {
    const remembered = rememberedArchitecture()
    const word = remembered === '' ? await architectureOfBrowser() : remembered
    own = offer.vocabulary.architectures.get(word)
    if (own === undefined) return
    // It is no condition of an address that names none, nor of what the reader has asked meanwhile.
    if (location.search === '') go({ ...state, arch: own }, 'replace')
    else show()
  }
}

const form = document.querySelector<HTMLFormElement>('#filters')
const table = document.querySelector<HTMLTableElement>('#matrix')
if (form && table) start(form, table)
