/** A few projects side by side: a row for each architecture, a column for each project. */
import { groupOfSupport } from '#query/matches.ts'
import { folded } from '#query/fold.ts'
import { selectRows } from '#query/select.ts'
import { element } from './matrix-draw.ts'
import type { MatrixRow } from './matrix-rows.ts'
import { mostCompared } from './matrix-state.ts'

export interface Comparison {
  /** Every project that is known. */
  rows: readonly MatrixRow[]
  /** Ids of those that stand side by side. */
  ids: readonly string[]
  /** Every architecture, in the order of the cells of a row. */
  columns: readonly string[]
  /** Those that are compared, in their order. */
  shown: readonly string[]
  /** Address of the folder of projects, and of the API's. */
  projects: string
  api: string
  /** Compares others. */
  compare: (ids: readonly string[]) => void
}

/** Those of the ids that stand side by side, those that do not fit beside them, and those that nobody knows. */
export function chosenOf(
  rows: readonly MatrixRow[],
  ids: readonly string[],
): { compared: MatrixRow[]; leftOut: MatrixRow[]; unknown: string[] } {
  const wanted = new Set(ids)
  const rowOf = new Map(rows.filter(({ id }) => wanted.has(id)).map((row) => [row.id, row]))
  const known = ids.flatMap((id) => rowOf.get(id) ?? [])
  return {
    compared: known.slice(0, mostCompared),
    leftOut: known.slice(mostCompared),
    unknown: ids.filter((id) => !rowOf.has(id)),
  }
}

/** @returns what is shown, and what is not, in a sentence */
export function showComparison(section: HTMLElement, comparison: Comparison): string {
  const chosen = chosenOf(comparison.rows, comparison.ids)
  const { compared, leftOut } = chosen
  // What nobody knows is told once, and goes with the next change.
  const known = { ...comparison, ids: [...compared, ...leftOut].map(({ id }) => id) }
  const place = section.querySelector<HTMLElement>('.scroller')
  if (place) place.hidden = compared.length === 0
  const table = compared.length === 0 ? null : tableIn(section)
  if (table) {
    drawComparison(table, compared, known)
    addDetails(table, compared, comparison.api).catch(() => {
      // The statuses are there; what was proven on which version is on the page of the project.
    })
  }
  offerMore(section, known)
  return sentenceOf(chosen)
}

function sentenceOf({ compared, leftOut, unknown }: ReturnType<typeof chosenOf>): string {
  const nobody = unknown.length === 0 ? '' : `no project is called ${listed(unknown)}`
  if (compared.length === 0) return `Nothing to compare: ${nobody}. Add a project below.`
  const verb = leftOut.length === 1 ? 'is' : 'are'
  return [
    `${compared.length} side by side`,
    ...(leftOut.length === 0 ? [] : [`no more fit, so ${listed(leftOut.map(({ name }) => name))} ${verb} left out`]),
    ...(nobody === '' ? [] : [nobody]),
  ].join('; ')
}

/** An address may name hundreds. */
function listed(names: readonly string[]): string {
  const most = 8
  const more = names.length - most
  return `${names.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** The table of a comparison; made when there is first one. */
function tableIn(section: HTMLElement): HTMLTableElement | null {
  const place = section.querySelector('.scroller')
  const present = place?.querySelector('table')
  if (present || !place) return present ?? null
  const table = document.createElement('table')
  const caption = table.createCaption()
  caption.className = 'visually-hidden'
  caption.textContent = 'Statuses of the projects, by architecture'
  table.createTHead()
  table.createTBody()
  place.append(table)
  return table
}

/** A field for another project, with those that a reader may mean. */
function offerMore(section: HTMLElement, { rows, ids, columns, compare }: Comparison): void {
  const input = section.querySelector('input')
  const list = section.querySelector('ul')
  if (!input || !list) return
  const suggest = () => {
    const words = folded(input.value).split(' ')
    const query = { words: words.filter((word) => word !== ''), excluded: [], conditions: [], problems: [] }
    const found = query.words.length === 0 ? [] : selectRows(rows, { query, columns, shown: columns, sort: 'name' })
    const offered = found.flatMap((place) => rows[place] ?? []).filter(({ id }) => !ids.includes(id))
    list.replaceChildren(
      ...offered.slice(0, 6).map(({ id, name }) => {
        const item = document.createElement('li')
        const button = element('button', '', name)
        button.type = 'button'
        button.addEventListener('click', () => {
          input.value = ''
          compare([...ids, id])
          input.focus()
        })
        item.append(button)
        return item
      }),
    )
  }
  // Set anew each time: it knows what stands side by side already.
  input.oninput = suggest
  suggest()
  const adding = input.parentElement
  if (adding) adding.hidden = ids.length >= mostCompared
}

/** What the API says of a cell, as far as it is used: `/api/v1/projects/<id>.json`. */
interface CellOfApi {
  level?: string
  execution?: string
  version?: string
  observedAt?: string
}

function drawComparison(table: HTMLTableElement, rows: readonly MatrixRow[], comparison: Comparison): void {
  const { columns, shown, projects } = comparison
  const head = document.createElement('tr')
  const corner = element('th', '', 'Architecture')
  corner.scope = 'col'
  head.append(corner, ...rows.map((row) => headOf(row, comparison)))
  const about = lineOf('About', rows, ({ summary }) => document.createTextNode(summary))
  about.className = 'about'
  const lines = shown.map((architecture) => {
    const place = columns.indexOf(architecture)
    const line = lineOf(architecture, rows, (row, cell) => {
      const status = row.cells[place]
      if (!status) return ''
      const { support, basis, label, basisLabel } = status
      Object.assign(cell.dataset, { project: row.id, support, basis })
      const word = element(basis === 'none' ? 'span' : 'a', 'status', basis === 'none' ? 'not known' : label)
      Object.assign(word.dataset, { group: groupOfSupport[support], basis })
      if (word instanceof HTMLAnchorElement) word.href = `${projects}${row.id}/#${architecture}`
      const month = row.months[place] ?? ''
      const detail = element('small', '', [basisLabel, month].filter((part) => part !== '').join(' '))
      const parts = document.createDocumentFragment()
      parts.append(word, ' ', detail)
      return parts
    })
    line.dataset.architecture = architecture
    return line
  })
  // Who takes one project away goes on at the next one.
  const removing = [...(table.tHead?.querySelectorAll('button') ?? [])].findIndex(
    (button) => button === document.activeElement,
  )
  table.tHead?.replaceChildren(head)
  table.tBodies[0]?.replaceChildren(about, ...lines)
  if (removing >= 0) [...head.querySelectorAll('button')].at(Math.min(removing, rows.length - 1))?.focus()
}

/** Adds what was proven, on which version and when, from the API. What it does not answer is left out. */
async function addDetails(table: HTMLTableElement, rows: readonly MatrixRow[], api: string): Promise<void> {
  await Promise.all(
    rows.map(async ({ id }) => {
      const response = await fetch(`${api}${id}.json`)
      if (!response.ok) return
      // The contract of the API (docs/api.md).
      const { architectures } = (await response.json()) as { architectures: Record<string, CellOfApi> }
      for (const cell of table.querySelectorAll<HTMLElement>('td[data-project]')) {
        const architecture = cell.closest('tr')?.dataset.architecture ?? ''
        if (cell.dataset.project !== id || !Object.hasOwn(architectures, architecture)) continue
        const small = cell.querySelector('small')
        const parts = detailsOf(architectures[architecture] ?? {}, cell.dataset.basis ?? '')
        small?.replaceChildren(...parts)
      }
    }),
  )
}

/** A day without an hour is that of a claim: what runs showed beside it has another day. */
function detailsOf({ level, execution, version, observedAt }: CellOfApi, basis: string): (string | Node)[] {
  const isClaim = observedAt !== undefined && !observedAt.includes('T')
  const run = joined([level, execution === 'native' ? '' : execution])
  const said = joined([basis === 'none' ? '' : basis, version && `version ${version}`, isClaim ? '' : run])
  const parts: (string | Node)[] = [said]
  if (observedAt !== undefined) {
    const day = element('time', '', dayInWords(observedAt.slice(0, 10)))
    day.dateTime = observedAt
    parts.push(said === '' ? '' : ', ', day)
  }
  if (isClaim && run !== '') parts.push(element('span', '', `a run beside it: ${run}`))
  return parts
}

/** `2017`, `May 2017`, `12 May 2017` */
function dayInWords(partial: string): string {
  const [year = '', month, day] = partial.split('-')
  if (month === undefined) return year
  return new Date(`${year}-${month}-${day ?? '01'}T00:00:00Z`).toLocaleDateString('en-GB', {
    ...(day !== undefined && { day: 'numeric' }),
    ...{ month: 'long', year: 'numeric', timeZone: 'UTC' },
  })
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(', ')
}

function headOf({ id, name }: MatrixRow, { projects, ids, compare }: Comparison): HTMLElement {
  const head = document.createElement('th')
  head.scope = 'col'
  const link = element('a', '', name)
  link.href = `${projects}${id}/`
  const button = element('button', '', '×')
  button.type = 'button'
  button.ariaLabel = `Compare without ${name}`
  button.addEventListener('click', () => {
    compare(ids.filter((other) => other !== id))
  })
  head.append(link, ' ', button)
  return head
}

function lineOf(
  title: string,
  rows: readonly MatrixRow[],
  contentOf: (row: MatrixRow, cell: HTMLTableCellElement) => string | Node,
): HTMLTableRowElement {
  const line = document.createElement('tr')
  const head = element('th', '', title)
  head.scope = 'row'
  line.append(head)
  for (const row of rows) {
    const cell = document.createElement('td')
    cell.append(contentOf(row, cell))
    line.append(cell)
  }
  return line
}
