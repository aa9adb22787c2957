/** Shows the changes of one architecture or direction, and keeps the choice in the address, and from page to page. */
import { optionNamed } from './option-named.ts'

const names = ['arch', 'direction'] as const

function start(form: HTMLFormElement): void {
  const changes = [...document.querySelectorAll<HTMLElement>('[data-change]')]
  const days = [...document.querySelectorAll<HTMLElement>('[data-changes-of]')]
  const count = document.getElementById('change-count')
  const pages = [...document.querySelectorAll<HTMLAnchorElement>('[data-keeps-choice] a')]
  const fields = names.map((name) => form.elements.namedItem(name))
  /** Words of the address that are no choice here: there may be one on the page of another year. */
  const unread = new Map<string, string>()

  function apply(isFirst: boolean): void {
    const [architecture = '', direction = ''] = fields.map((field) =>
      field instanceof HTMLSelectElement ? field.value : '',
    )
    let shown = 0
    for (const change of changes) {
      const isShown =
        (architecture === '' || change.dataset.architectures?.split(' ').includes(architecture) === true) &&
        (direction === '' || change.dataset.change === direction)
      change.hidden = !isShown
      if (isShown) shown += 1
    }
    for (const day of days) day.hidden = !day.querySelector('[data-change]:not([hidden])')
    // Nothing is said on arrival: nobody has asked yet. What was asked for and is no choice here is told once.
    const isFiltered = architecture !== '' || direction !== ''
    if (!isFirst) unread.clear()
    const words = Array.from(unread.values(), (word) => `“${word}”`)
    const told = words.length === 0 ? [] : [`No line on this page is about ${words.join(' or ')}`]
    if (isFiltered || !isFirst) told.push(`${shown} of ${changes.length} lines on this page`)
    if (shown === 0 && pages.length > 0) told.push('Others are on the pages of their years, above')
    if (count) count.textContent = told.join('. ')
    for (const page of pages) page.href = withChoice(page.href)
    if (isFiltered || !isFirst) history.replaceState(null, '', withChoice(location.href))

    function withChoice(href: string): string {
      const address = new URL(href)
      for (const [name, chosen] of [
        ['arch', architecture],
        ['direction', direction],
      ] as const) {
        const value = chosen === '' ? (unread.get(name) ?? '') : chosen
        if (value === '') address.searchParams.delete(name)
        else address.searchParams.set(name, value)
      }
      return address.href
    }
  }

  const asked = new URLSearchParams(location.search)
  names.forEach((name, index) => {
    const field = fields[index]
    const word = asked.get(name)?.trim() ?? ''
    // Without one the field keeps what somebody chose before this script was there.
    if (word === '' || !(field instanceof HTMLSelectElement)) return
    const value = optionNamed(field, word)
    if (value === undefined) unread.set(name, word)
    else field.value = value
  })
  form.addEventListener('change', () => {
    apply(false)
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
  })
  apply(true)
}

const form = document.getElementById('change-filters')
if (form instanceof HTMLFormElement) start(form)
