import type { FoundPage } from './search-index.ts'
import { statusesInWords } from './search-statuses.ts'

/** A page that was found: its title, its kind, the section that answers best, and what it says there; of a project what works where. */
export function searchResult(page: FoundPage): HTMLLIElement {
  const item = document.createElement('li')
  const kind = document.createElement('small')
  kind.className = 'kind'
  kind.textContent = page.meta.kind ?? ''
  const { section } = page
  const text = document.createElement('p')
  text.append(...markedText(excerptOf(section ?? page, page.content)))
  item.append(link(page.url, page.meta.title ?? page.url), ' ', kind, text)
  const statuses = page.meta.kind === 'Project' ? statusesInWords(page.meta.identifiers) : ''
  if (statuses !== '') {
    const line = document.createElement('p')
    line.className = 'statuses'
    line.textContent = statuses
    item.append(line)
  }
  if (section) {
    const place = document.createElement('p')
    place.className = 'section'
    place.append('Section: ', link(section.url, section.title.replace(/:$/, '')))
    item.append(place)
  }
  return item
}

function link(address: string, text: string): HTMLAnchorElement {
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.textContent = text
  return anchor
}

/** The excerpt, with dots where the text goes on. */
function excerptOf({ excerpt }: { excerpt: string }, content: string): string {
  const text = excerpt.replaceAll(/<\/?mark>/g, '')
  const shown = excerpt.replaceAll(/^[\s·]+|[\s·]+$/g, '')
  return [content.startsWith(text) ? '' : '… ', shown, content.trimEnd().endsWith(text.trimEnd()) ? '' : ' …'].join('')
}

/** The excerpt's `<mark>`s as elements and the rest as text: nothing of it is parsed as HTML. */
function* markedText(excerpt: string): Generator<Node> {
  const decoder = document.createElement('textarea')
  for (const part of excerpt.split(/(<mark>.*?<\/mark>)/s)) {
    const marked = /^<mark>(.*)<\/mark>$/s.exec(part)
    // A textarea turns character references into characters and can hold no elements.
    decoder.innerHTML = marked?.[1] ?? part
    if (marked) {
      const mark = document.createElement('mark')
      mark.textContent = decoder.value
      yield mark
    } else {
      yield document.createTextNode(decoder.value)
    }
  }
}
