/** Lets a reader choose light or dark, and remembers it. Without a choice the system decides. */
class ThemeSwitch extends HTMLElement {
  connectedCallback(): void {
    const select = this.querySelector('select')
    if (!select) return
    select.value = document.documentElement.dataset.theme ?? 'system'
    select.addEventListener('change', () => {
      setTheme(select.value)
    })
    // The same choice in another tab.
    addEventListener('storage', ({ key, newValue }) => {
      if (key !== 'theme') return
      setTheme(newValue ?? 'system')
      select.value = newValue ?? 'system'
    })
  }
}

function setTheme(theme: string): void {
  const root = document.documentElement
  try {
    if (theme === 'system') localStorage.removeItem('theme')
    else localStorage.setItem('theme', theme)
  } catch {
    // Storage may be refused; the choice then lasts as long as the page.
  }
  if (theme === 'system') delete root.dataset.theme
  else root.dataset.theme = theme
}

customElements.define('theme-switch', ThemeSwitch)
