/**
 * `<badge-chooser>`: shows the badge of the project that is asked for. The snippets are those of the
 * project's own page, so that they are written in one place; the matrix knows what projects are called.
 */
import { closestProjects } from './badge-projects.ts'
import type { MatrixRow } from './matrix-rows.ts'

class BadgeChooser extends HTMLElement {
  #rows: Promise<readonly MatrixRow[]> | undefined

  connectedCallback(): void {
    const form = this.querySelector('form')
    const input = this.querySelector('input')
    if (!form || !input) return
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      void this.#show(input.value)
    })
    input.addEventListener('input', () => void this.#suggest(input.value))
    this.querySelector('select')?.addEventListener('change', () => {
      this.#putIn()
    })
    this.#listArchitectures()
    const asked = new URLSearchParams(location.search).get('project')
    if (asked) {
      input.value = asked
      void this.#show(asked)
    }
  }

  /** Every project, read when it is first needed; none where that is impossible, until the next time. */
  async #projects(): Promise<readonly MatrixRow[]> {
    this.#rows ??= import('./matrix-long.ts').then(async ({ fetchMatrix }) => {
      const { rows } = await fetchMatrix(`${this.dataset.base ?? '/'}matrix/`)
      return rows
    })
    try {
      return await this.#rows
    } catch {
      this.#rows = undefined
      return []
    }
  }

  async #suggest(text: string): Promise<void> {
    const list = this.querySelector('datalist')
    if (!list || text.trim() === '') return
    list.replaceChildren(
      ...closestProjects(text, await this.#projects()).map((id) =>
        Object.assign(document.createElement('option'), { value: id }),
      ),
    )
  }

  async #show(text: string): Promise<void> {
    const [id] = closestProjects(text, await this.#projects())
    if (id === undefined) {
      this.#say(`There is no project “${text.trim()}” here. ${this.#stillShown()}`)
      return
    }
    const address = `${this.dataset.base ?? '/'}projects/${id}/`
    const page = await fetch(address).then(
      (answer) => (answer.ok ? answer.text() : ''),
      () => '',
    )
    const found = new DOMParser().parseFromString(page, 'text/html').querySelector('[data-badge-of]')
    if (!found) {
      this.#say(
        page === ''
          ? `The page of ${id} did not come. Try again. ${this.#stillShown()}`
          : `Nothing is known about ${id} yet, so it has no badge. ${this.#stillShown()}`,
      )
      return
    }
    this.querySelector('[data-badge-of]')?.replaceWith(document.importNode(found, true))
    this.#listArchitectures()
    const here = new URL(location.href)
    here.searchParams.set('project', id)
    history.replaceState(null, '', here)
    this.#say(`The badge of ${found.getAttribute('data-name') ?? id}.`)
  }

  #stillShown(): string {
    return `The badge below is still that of ${this.querySelector('[data-badge-of]')?.getAttribute('data-name') ?? ''}.`
  }

  #links(): HTMLAnchorElement[] {
    return [...this.querySelectorAll<HTMLAnchorElement>('[data-badge-of] a[data-architecture]')]
  }

  #listArchitectures(): void {
    const select = this.querySelector('select')
    if (!select) return
    select.replaceChildren(
      new Option('all that are known', ''),
      ...this.#links().map(
        ({ dataset: { architecture = '', words = '' } }) => new Option(`${architecture}: ${words}`, architecture),
      ),
    )
    select.disabled = false
  }

  /** Puts the badge of the chosen architecture into every snippet. */
  #putIn(): void {
    const shown = this.querySelector<HTMLElement>('[data-badge-of]')
    const chosen = this.querySelector('select')?.value ?? ''
    const link = this.#links().find(({ dataset }) => dataset.architecture === chosen)
    const { badge = '', page = '' } = shown?.dataset ?? {}
    if (!shown || badge === '' || page === '') return
    for (const code of shown.querySelectorAll<HTMLElement>('code')) {
      code.dataset.whole ??= code.textContent
      const text =
        link === undefined
          ? code.dataset.whole
          : code.dataset.whole.replaceAll(badge, link.dataset.badge ?? badge).replaceAll(page, `${page}#${chosen}`)
      // Lines end between the parts of an address, as where `CopyableCode.astro` wrote it.
      code.replaceChildren(...text.split(/(?<=\/)(?!\/)/).flatMap((part) => [part, document.createElement('wbr')]))
    }
    const picture = shown.querySelector<HTMLImageElement>('[data-shown]')
    if (picture) {
      picture.dataset.whole ??= picture.src
      picture.dataset.words ??= picture.alt
      picture.src = link?.href ?? picture.dataset.whole
      picture.alt = link ? `${chosen}: ${link.dataset.words ?? ''}` : picture.dataset.words
    }
  }

  #say(text: string): void {
    const status = this.querySelector('[data-result]')
    if (!status) return
    status.textContent = ''
    // A region that is emptied and filled at once is not read out again.
    requestAnimationFrame(() => {
      status.textContent = text
    })
  }
}

customElements.define('badge-chooser', BadgeChooser)
