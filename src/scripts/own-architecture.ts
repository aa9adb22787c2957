/** The switch on the page of an architecture, by which a reader says that it is theirs. */
import { rememberArchitecture, rememberedArchitecture } from './my-architecture.ts'

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

customElements.define('own-architecture', OwnArchitecture)
