/**
 * The reader's own architecture: chosen on the matrix or on the page of an architecture, remembered by
 * the browser and nowhere else, and first on every page.
 */
const key = 'architecture'

export function rememberedArchitecture(): string {
  try {
    return localStorage.getItem(key) ?? ''
  } catch {
    // Storage may be refused; the choice then lasts as long as the address.
    return ''
  }
}

/** @param id empty: none */
export function rememberArchitecture(id: string): void {
  try {
    if (id === '') localStorage.removeItem(key)
    else localStorage.setItem(key, id)
  } catch {
    // As above.
  }
}

/** What is used of https://wicg.github.io/ua-client-hints/ */
interface UserAgentData {
  getHighEntropyValues?: (hints: string[]) => Promise<{ architecture?: string; bitness?: string }>
}

/**
 * The architecture that the browser says it runs on, as a word of `uname`; empty where it says none, or
 * x86: the control is where everything works, and nobody has to ask for it.
 */
export async function architectureOfBrowser(): Promise<string> {
  const data = (navigator as Navigator & { userAgentData?: UserAgentData }).userAgentData
  try {
    const { architecture, bitness } = (await data?.getHighEntropyValues?.(['architecture', 'bitness'])) ?? {}
    return architecture === 'arm' && bitness === '64' ? 'aarch64' : ''
  } catch {
    return ''
  }
}

/** Puts what is about an architecture before the same about others (`data-of-architecture`). */
export function putFirst(id: string): void {
  if (id === '') return
  const all = document.querySelectorAll<HTMLElement>(`[data-of-architecture="${CSS.escape(id)}"]`)
  // From the last to the first: several in one list keep their order.
  for (const own of [...all].reverse()) {
    const first = own.parentElement?.querySelector(':scope > [data-of-architecture]')
    if (first && first !== own) first.before(own)
  }
}

/** Puts the column of an architecture before the others, and shows it. */
export function putColumnFirst(table: HTMLTableElement, id: string): void {
  const head = table.querySelector<HTMLElement>(`th[data-column="${CSS.escape(id)}"]`)
  if (!head) return
  for (const row of table.rows) {
    const cells = [...row.cells]
    const own = cells.find(({ dataset }) => (dataset.column ?? dataset.architecture) === id)
    const first = cells.find(({ dataset }) => (dataset.column ?? dataset.architecture) !== undefined)
    if (!own || !first) continue
    own.hidden = false
    if (own !== first) first.before(own)
  }
}
