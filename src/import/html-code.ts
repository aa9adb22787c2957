/** Code in HTML: its language stays, and what stands in it as Markdown. */
import type { Element } from 'hast'
import { type Handle, defaultHandlers } from 'hast-util-to-mdast'
import type { PhrasingContent } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { visit } from 'unist-util-visit'

/** `<pre class="brush: diff">`, `<pre lang="c">`, `<pre><code class="language-c">`: the language stays. */
export function preformatted(state: Parameters<Handle>[0], element: Element): ReturnType<Handle> {
  const code = defaultHandlers.pre(state, element)
  // The library takes the text of elements; placeholders have none.
  if (hasPlaced(element))
    code.value = toString({ type: 'paragraph', children: state.all(element) as PhrasingContent[] })
  const inner = element.children.find((child): child is Element => child.type === 'element' && child.tagName === 'code')
  const language = code.lang ?? languageOf(element) ?? (inner && languageOf(inner))
  return { ...code, lang: language === 'plain' ? 'text' : (language ?? null) }
}

function hasPlaced(element: Element): boolean {
  let isFound = false
  visit(element, 'element', ({ properties }) => {
    isFound ||= properties.dataPlacedNode !== undefined
  })
  return isFound
}

/** Text as code; a link stays one around it. */
export function asCode(children: readonly PhrasingContent[]): PhrasingContent[] {
  if (children.every(({ type }) => type === 'text' || type === 'inlineCode')) {
    const value = toString({ type: 'paragraph', children: [...children] })
    return value === '' ? [] : [{ type: 'inlineCode', value }]
  }
  return children.map((child): PhrasingContent => {
    if (child.type === 'text' && child.value.trim() !== '') return { ...child, type: 'inlineCode' }
    if (child.type === 'link' || child.type === 'linkReference') return { ...child, children: asCode(child.children) }
    return child
  })
}

function languageOf({ properties }: Element): string | undefined {
  const classes = [properties.className ?? []].flat().join(' ')
  const word =
    /\bbrush:\s*([\w#+.-]+)/i.exec(classes)?.[1] ??
    /\b(?:language|lang|highlight-source|highlight|sourceCode)[-: ]([\w#+.-]+)/i.exec(classes)?.[1] ??
    [properties.lang, properties.dataLang, properties.dataLanguage].find((value) => typeof value === 'string')
  return word === undefined ? undefined : String(word).toLowerCase()
}
