/**
 * `/` and the header's link open the search on every page; on the search page `/` goes to its field.
 * What the dialog needs is loaded when it opens.
 */
const dialog = document.querySelector<HTMLDialogElement>('#search-dialog')
const link = document.querySelector<HTMLAnchorElement>('[data-search-link]')

async function open(): Promise<void> {
  const field = document.querySelector<HTMLInputElement>('search-box input')
  if (dialog && !dialog.open) dialog.showModal()
  if (document.activeElement !== field) {
    field?.focus()
    field?.select()
  }
  if (dialog) await import('./search-box.ts')
}

/** Whether a click opens another tab or window. */
function isElsewhere({ metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return metaKey || ctrlKey || shiftKey || altKey
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return
  event.preventDefault()
  void open()
})

if (dialog) {
  link?.addEventListener('click', (event) => {
    if (isElsewhere(event)) return
    event.preventDefault()
    void open()
  })
  // A click beside the dialog closes it; one inside bubbles from an element of it. A link may lead to another place of the same page.
  dialog.addEventListener('click', (event) => {
    const { target } = event
    const isFollowed = target instanceof Element && target.closest('a') !== null && !isElsewhere(event)
    if (target === dialog || isFollowed) dialog.close()
  })
  // Who is faster than the script is not sent to another page: the question is put when it is there.
  dialog.addEventListener('submit', (event) => {
    const form = event.target
    if (customElements.get('search-box') || !(form instanceof HTMLFormElement)) return
    event.preventDefault()
    void open().then(() => {
      form.requestSubmit()
    })
  })
  // In a search field Escape empties the field first; here it means the dialog.
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing) return
    event.preventDefault()
    dialog.close()
  })
}
