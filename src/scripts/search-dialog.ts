/** `/` and the header's link open the search on every page. What it needs is loaded when it opens. */
const dialog = document.querySelector<HTMLDialogElement>('#search-dialog')
const link = document.querySelector<HTMLAnchorElement>('[data-search-link]')

async function open(): Promise<void> {
  if (!dialog || dialog.open) return
  dialog.showModal()
  dialog.querySelector('input')?.focus()
  await import('./search-box.ts')
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

if (dialog && link) {
  link.addEventListener('click', (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    void open()
  })
  addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return
    event.preventDefault()
    void open()
  })
  // A click beside the dialog closes it; one inside bubbles from an element of it.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close()
  })
}
