/** Changes of single keys of a file that somebody wrote: everything else stays to the character. */
import { isMap, isScalar, parseDocument } from 'yaml'

/**
 * The file with another value of a key, or with the key added after the others.
 * @param text  a whole file, as it is on the disk
 * @param value as YAML: what is no plain word has to be quoted
 * @throws where the file has no front matter that is a map
 */
export function withKey(text: string, key: string, value: string): string {
  const [, fence = '', yaml = '', end = ''] = /^(\ufeff?---\r?\n)([\s\S]*?\r?\n)(---\r?(?:\n|$))/.exec(text) ?? []
  if (fence === '') throw new Error('a file without front matter has no keys')
  const { contents } = parseDocument(yaml, { schema: 'failsafe', logLevel: 'silent' })
  if (!isMap(contents)) throw new Error('front matter that is no map has no keys')
  const pair = contents.items.find((one) => isScalar(one.key) && one.key.value === key)
  const rest = text.slice(fence.length + yaml.length + end.length)
  const line = yaml.endsWith('\r\n') ? '\r\n' : '\n'
  if (!pair) return `${fence}${yaml}${key}: ${value}${line}${end}${rest}`
  if (!isScalar(pair.value) || !pair.value.range) throw new Error(`\`${key}\` has no single value`)
  const [from, to] = pair.value.range
  const isEmpty = from === to
  return `${fence}${yaml.slice(0, from)}${isEmpty && !/[ \t]$/.test(yaml.slice(0, from)) ? ' ' : ''}${value}${yaml.slice(to)}${end}${rest}`
}

/** A text as a YAML value that every parser reads as that text. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

/** A text as a YAML value: plain where every parser reads the plain word as that text, else quoted. */
export function asYaml(text: string): string {
  return /^[A-Za-z0-9/][\w./+~-]*(:\/\/[\w./+~?=&%-]+)?(?: [\w./+~-]+)*$/.test(text) &&
    !/^(true|false|yes|no|on|off|null|[\d._+-]+(e\d+)?)$/i.test(text)
    ? text
    : quoted(text)
}

/** An id, a number or a day as it is, anything else in quotes: YAML reads both as that text. */
export function plainOrQuoted(text: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9.+-]*$/.test(text) ? text : quoted(text)
}
