/** Elements made of text. */

export function within(root: ParentNode, name: string): HTMLElement {
  const found = root.querySelector(`[data-slot="${name}"]`)
  if (!(found instanceof HTMLElement)) throw new Error(`The template has no place for \`${name}\`.`)
  return found
}

/** Sentences quote names between backticks. */
export function quoted(text: string): (Node | string)[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? code(part) : part))
}

export function code(text: string): HTMLElement {
  return element('code', text)
}

export function link(address: string, text: string): HTMLElement {
  const made = document.createElement('a')
  made.href = address
  made.textContent = text
  return made
}

export function element(name: string, ...content: (Node | string)[]): HTMLElement {
  const made = document.createElement(name)
  made.append(...content)
  return made
}
