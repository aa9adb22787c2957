/** Shows the changes of one architecture or direction, and keeps the choice in the address, and from page to page. */

const names = ['arch', 'direction'] as const

function start(form: HTMLFormElement): void {
  const changes = [...document.querySelectorAll<HTMLElement>('[data-change]')]
  const days = [...document.querySelectorAll<HTMLElement>('[data-changes-of]')]
  const count = document.getElementById('change-count')
  const pages = [...document.querySelectorAll<HTMLAnchorElement>('[data-keeps-choice] a')]
  const fields = names.map((name) => form.elements.namedItem(name))

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
    // Nothing is said on arrival: nobody has asked yet.
    const isFiltered = architecture !== '' || direction !== ''
    if (count && (isFiltered || !isFirst)) count.textContent = `${shown} of ${changes.length} lines on this page`
    for (const page of pages) page.href = withChoice(page.href)
    if (isFiltered || !isFirst) history.replaceState(null, '', withChoice(location.href))

    function withChoice(href: string): string {
      const address = new URL(href)
      for (const [name, value] of [
        ['arch', architecture],
        ['direction', direction],
      ] as const) {
        if (value === '') address.searchParams.delete(name)
        else address.searchParams.set(name, value)
      }
      return address.href
    }
  }

  const asked = new URLSearchParams(location.search)
  names.forEach((name, index) => {
    const field = fields[index]
    const value = asked.get(name)
    // Without one the field keeps what somebody chose before this script was there. A word that is no choice here would leave it empty.
    if (
      value !== null &&
      field instanceof HTMLSelectElement &&
      [...field.options].some((option) => option.value === value)
    ) {
      field.value = value
    }
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
