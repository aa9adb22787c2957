/** Numbers as test tools write them, some of which ask the locale of their machine first. */

const decimal = /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/
const space = String.raw`[ '\u2019\u00a0\u2009\u202f]`

/** What to take away, and what the decimal mark is, by how a number looks. */
const notations: readonly { pattern: RegExp; groups: RegExp; mark: string }[] = [
  { pattern: /^\d{1,3}(?:,\d{3})+\.\d+$/, groups: /,/g, mark: '.' },
  { pattern: /^\d{1,3}(?:\.\d{3})+,\d+$/, groups: /\./g, mark: ',' },
  { pattern: new RegExp(`^\\d{1,3}(?:${space}\\d{3})+(?:[.,]\\d+)?$`), groups: new RegExp(space, 'g'), mark: ',' },
  { pattern: /^\d{1,3}(?:,\d{3}){2,}$/, groups: /,/g, mark: '.' },
  { pattern: /^\d{1,3}(?:\.\d{3}){2,}$/, groups: /\./g, mark: '.' },
  { pattern: /^\d+,\d+$/, groups: /(?!)/g, mark: ',' },
]

/** `1.5`, `1,234.5`, `1.234,5`, `0,5`. Undefined where two readings are possible (`1,234`) or none. */
export function parseLocaleNumber(text: string): number | undefined {
  const trimmed = text.length > 40 ? '' : text.trim()
  if (/^[1-9]\d{0,2},\d{3}$/.test(trimmed)) return undefined
  if (decimal.test(trimmed)) return finite(Number(trimmed))
  const notation = notations.find(({ pattern }) => pattern.test(trimmed))
  return notation && finite(Number(trimmed.replace(notation.groups, '').replace(notation.mark, '.')))
}

/** A whole number: what looks like a mark can only separate groups. */
export function parseLocaleCount(text: string): number | undefined {
  const trimmed = text.length > 40 ? '' : text.trim()
  if (!new RegExp(`^(?:\\d{1,12}|\\d{1,3}(?:(?:[.,]|${space})\\d{3}){1,3})$`).test(trimmed)) return undefined
  return Number(trimmed.replace(/\D/g, ''))
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined
}
