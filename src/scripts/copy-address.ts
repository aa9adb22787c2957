/** `<copy-address>`: puts the address of the link inside it on the clipboard. */
class CopyAddress extends HTMLElement {
  connectedCallback(): void {
    const [button, link] = [this.querySelector('button'), this.querySelector('a')]
    // The clipboard exists on secure pages only; elsewhere the address is there to be selected.
    if (!button || !link || !('clipboard' in navigator)) return
    button.hidden = false
    button.addEventListener('click', () => {
      navigator.clipboard.writeText(link.href).then(
        () => {
          this.say('Copied.')
        },
        () => {
          this.say('Your browser did not allow it: select the address and copy it.')
        },
      )
    })
  }

  private say(text: string): void {
    const status = this.querySelector('[role=status]')
    if (!status) return
    status.textContent = ''
    // A region that is emptied and filled at once is not read out again.
    requestAnimationFrame(() => {
      status.textContent = text
    })
  }
}

customElements.define('copy-address', CopyAddress)
