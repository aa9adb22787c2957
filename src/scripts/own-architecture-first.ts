/** On every page: the reader's own architecture comes first, and its page says that it is theirs. */
import { putColumnFirst, putFirst, rememberArchitecture, rememberedArchitecture } from './my-architecture.ts'

/** The switch on the page of an architecture. */
class OwnArchitecture extends HTMLElement {
  connectedCallback(): void {
    const { architecture = '' } = this.dataset
    const box = this.querySelector('input')
    if (!box) return
    box.checked = rememberedArchitecture() === architecture
    this.hidden = false
    box.addEventListener('change', () => {
      rememberArchitecture(box.checked ? architecture : '')
    })
  }
}

const own = rememberedArchitecture()
putFirst(own)
// The page of the matrix has a control for it.
const table = document.querySelector<HTMLTableElement>('#matrix')
if (own !== '' && table && !document.querySelector('#filters')) putColumnFirst(table, own)
customElements.define('own-architecture', OwnArchitecture)
