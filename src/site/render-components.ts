/**
 * What compiled components are made with in the program of a site, in the place of `astro/compiler-runtime`: the same components and
 * the same pages, as texts that are put together at once instead of as streams of parts. Names are those that Astro's compiler
 * writes into components. The development server has Astro's own runtime; docs/decisions/0025-components-as-texts.md says why a build has not,
 * and what a component cannot do here. `tests/site/render-components.test.ts` holds every page to Astro's.
 */
import type { SSRResult } from 'astro'
import {
  addAttribute as attributeOf,
  chunkToString,
  createAstro,
  escapeHTML,
  Fragment,
  renderHead as headInstruction,
  renderTemplate,
  spreadAttributes as attributesOf,
  unescapeHTML as asMarkup,
  voidElementNames,
} from 'astro/runtime/server/index.js'
import { clsx, type ClassValue } from 'clsx'
import { randomUUID } from 'node:crypto'

export { createAstro, Fragment }

/** HTML. Any other text is escaped where a template shows it. */
class Markup {
  readonly html: string

  constructor(html: string) {
    this.html = html
  }
}

const nothing = new Markup('')

type Props = Record<string, unknown>
type Params = Record<string, string | undefined>
type Slot = (frame: Frame) => unknown
type Slots = Record<string, Slot | undefined>
type Component = (frame: Frame, props: Props, slots: Slots) => Markup

/** `Astro` in a component. */
class AstroGlobal {
  readonly props: Props
  readonly params: Params
  /** Set by compiled components. */
  self: unknown = undefined

  constructor(props: Props, params: Props) {
    this.props = props
    this.params = params as Params
  }
}
Object.setPrototypeOf(
  AstroGlobal.prototype,
  new Proxy(
    {},
    {
      get: (_, name) => {
        throw new Error(`\`Astro.${String(name)}\` is not there in a build (src/site/render-components.ts).`)
      },
    },
  ),
)

/** What all pages of one file of `src/pages` share; components know it as `$$result`. */
class Frame {
  readonly head: Markup
  readonly #result: SSRResult
  /** Of the page that is made. */
  #params: Params = {}
  /** Elements of scripts of components, by their ids. */
  readonly #scripts = new Map<string, string>()
  /** Ids of scripts, by their numbers. */
  readonly #ids: string[] = []
  /** Stands for a script, with its number and `>`, until the page is there. */
  readonly #place = `<!--${randomUUID()}`
  /** How many `<template>` are around what is made. */
  templates = 0

  constructor(result: SSRResult) {
    this.#result = result
    this.head = new Markup(chunkToString(result, headInstruction()))
  }

  /** @returns a page without its document type */
  async render(component: Component, props: Props, params: Params): Promise<string> {
    this.#params = params
    const [beginning = '', ...parts] = component(this, props, {}).html.split(this.#place)
    for (const id of this.#ids) if (!this.#scripts.has(id)) this.#scripts.set(id, await this.#elementOf(id))
    const there = new Set<string>()
    let html = beginning
    for (const part of parts) {
      const end = part.indexOf('>')
      const [inTemplate, id] = [part[0] === 't', this.#ids[Number(part.slice(1, end))] ?? '']
      if (inTemplate || !there.has(id)) html += this.#scripts.get(id) ?? ''
      if (!inTemplate) there.add(id)
      html += part.slice(end + 1)
    }
    return html
  }

  createAstro(props: Props): AstroGlobal {
    return new AstroGlobal(props, this.#params)
  }

  /**
   * Of several elements of one script the first of the page stays, and those in templates; which one that is nobody knows before, since what a slot
   * shows when it is empty is made even where the slot is not.
   */
  script(id: string): Markup {
    let number = this.#ids.indexOf(id)
    if (number < 0) number = this.#ids.push(id) - 1
    return new Markup(`${this.#place}${this.templates > 0 ? 't' : 's'}${number}>`)
  }

  async #elementOf(id: string): Promise<string> {
    const text = this.#result.inlinedScripts.get(id)
    if (text === '') return ''
    return text === undefined
      ? `<script type="module" src="${await this.#result.resolve(id)}"></script>`
      : `<script type="module">${text}</script>`
  }
}

/** Of each file of `src/pages` of which Astro has asked for a page: how further pages are made. By the path it was compiled from. */
const renderers = new Map<string, (props: Props, params: Params) => Promise<string>>()

/**
 * The first page of a file is asked of Astro, which knows what belongs into its head: styles, scripts, the policy.
 * @param component from the root of the repository: `src/pages/projects/[id].astro`
 * @returns what makes further pages of it, each a whole document; undefined where there was no first one
 */
export function rendererOf(component: string): ((props: Props, params: Params) => Promise<string>) | undefined {
  for (const [path, render] of renderers) if (path.endsWith(`/${component}`)) return render
  return undefined
}

/** @param path where the file of the component lies */
export function createComponent(component: Component, path: string) {
  const make: Component = (frame, props, slots) => {
    const made: unknown = component(frame, props, slots)
    if (made instanceof Markup) return made
    throw new Error(`${path}: in a build a component can neither wait nor give anything but its template.`)
  }
  const begin = (from: Frame | SSRResult, props: Props, slots: Slots) =>
    from instanceof Frame ? make(from, props, slots) : renderForAstro(from, make, path, props)
  return Object.assign(begin, { isAstroComponentFactory: true, moduleId: path })
}

/** A page, as Astro wants one. */
async function renderForAstro(result: SSRResult, component: Component, path: string, props: Props) {
  const frame = new Frame(result)
  renderers.set(path, async (props, params) => `<!DOCTYPE html>${await frame.render(component, props, params)}`)
  return renderTemplate`${asMarkup(await frame.render(component, props, result.params))}`
}

export function render(parts: TemplateStringsArray, ...values: unknown[]): Markup {
  let html = parts[0] ?? ''
  for (let i = 0; i < values.length; i += 1) html += htmlOf(values[i]) + (parts[i + 1] ?? '')
  return new Markup(html)
}

function htmlOf(value: unknown): string {
  if (typeof value === 'string') return escapeHTML(value)
  if (value instanceof Markup) return value.html
  if (value === undefined || value === null || value === false) return ''
  if (Array.isArray(value)) {
    let html = ''
    for (const each of value) html += htmlOf(each)
    return html
  }
  if (typeof value === 'number' && !Number.isNaN(value)) return String(value)
  throw new Error(`A component shows ${inWords(value)}, which a build does not.`)
}

/** Of `true` and of what is no number Astro shows the one or the other: nobody means them. */
function inWords(value: unknown): string {
  return typeof value === 'object' ? Object.prototype.toString.call(value) : String(value)
}

export function renderComponent(
  frame: Frame,
  _name: string,
  component: Component | string | typeof Fragment,
  props: Props,
  slots: Slots = {},
): Markup {
  if (component === Fragment) return renderSlot(frame, slots['default'])
  const own = withClass(props)
  // The symbol of fragments is no other component's.
  return typeof component === 'string'
    ? renderElement(frame, component, own, slots)
    : (component as Component)(frame, own, slots)
}

/** @returns the properties, with the list of classes as one text */
function withClass(props: Props): Props {
  if (props['class:list'] === undefined) return props
  const { 'class:list': list, ...others } = props
  const value = clsx(others['class'] as ClassValue, list as ClassValue)
  if (value !== '') return { ...others, class: value }
  delete others['class']
  return others
}

function renderElement(frame: Frame, name: string, props: Props, slots: Slots): Markup {
  const attributes = spreadAttributes(props, name).html
  const content = Object.values(slots)
    .map((slot) => htmlOf(slot?.(frame)))
    .join('')
  const end = content === '' && voidElementNames.test(name) ? '/>' : `>${content}</${name}>`
  return new Markup(`<${name}${attributes}${end}`)
}

export function renderSlot(frame: Frame, slot: Slot | undefined, fallback: unknown = undefined): Markup {
  return new Markup(htmlOf(slot ? slot(frame) : fallback))
}

export function renderHead(frame: Frame): Markup {
  return frame.head
}

/** For components outside a document: every page begins with its head. */
export function maybeRenderHead(): undefined {
  return undefined
}

/** Before what is in `<template>`. */
export function templateEnter(frame: Frame): undefined {
  frame.templates += 1
}

export function templateExit(frame: Frame): undefined {
  frame.templates -= 1
}

export function renderScript(frame: Frame, id: string): Markup {
  return frame.script(id)
}

export function addAttribute(value: unknown, name: string): Markup {
  if (value === undefined || value === null) return nothing
  if (typeof value !== 'string' || value === '' || !isPlain(name)) return new Markup(String(attributeOf(value, name)))
  const isSafe = !value.includes('&') && !value.includes('"')
  return new Markup(` ${name}="${isSafe ? value : value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`)
}

/** Whether Astro writes a text that is not empty as the value of the attribute, by names of attributes. */
const plain = new Map<string, boolean>()

/** Astro looks through lists of names for each attribute of each page. */
function isPlain(name: string): boolean {
  const known = plain.get(name)
  if (known !== undefined) return known
  const is = String(attributeOf('text', name)) === ` ${name}="text"`
  plain.set(name, is)
  return is
}

export function spreadAttributes(...values: Parameters<typeof attributesOf>): Markup {
  return new Markup(String(attributesOf(...values)))
}

/** @param html what somebody else has made sure of */
export function unescapeHTML(html: unknown): Markup {
  if (typeof html === 'string') return new Markup(html)
  if (html === undefined || html === null) return nothing
  throw new Error('`set:html` takes a text.')
}
