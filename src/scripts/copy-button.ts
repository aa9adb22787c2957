/**
 * `<copy-button>` holds a code block, a button and a live region. The button copies the text of
 * the block, to the character; without scripts it is not shown, and the text can be selected.
 */
class CopyButton extends HTMLElement {
  #reset: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.addEventListener('click', (event) => {
      if (event.target instanceof Element && event.target.closest('button')) void this.#copy()
    })
  }

  async #copy(): Promise<void> {
    const code = this.querySelector('code')
    if (!code) return
    if (await copy(code.textContent)) this.#say('Copied', 'Copied')
    else {
      getSelection()?.selectAllChildren(code)
      this.#say('Selected', 'The browser did not copy it. It is selected: copy it with the keyboard.')
    }
  }

  #say(word: string, sentence: string): void {
    const shown = this.querySelector('[data-word]')
    const status = this.querySelector('[role=status]')
    if (!shown || !status) return
    clearTimeout(this.#reset)
    shown.textContent = word
    status.textContent = ''
    // A region that is emptied and filled at once is not read out again.
    requestAnimationFrame(() => {
      status.textContent = sentence
    })
    this.#reset = setTimeout(() => {
      shown.textContent = 'Copy'
      status.textContent = ''
    }, 3000)
  }
}

/** Whether the text is in the clipboard: a page without https has none, and a reader may refuse. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

customElements.define('copy-button', CopyButton)
