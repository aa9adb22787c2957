/** Texts as nobody should send them: recordings, damaged by chance. The same seed does the same damage. */

export type Random = () => number

/** Numbers from 0 up to 1, the same ones for the same seed (mulberry32). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function pick<T>(random: Random, values: readonly [T, ...T[]]): T {
  return values[Math.floor(random() * values.length)] ?? values[0]
}

/** Damages a text in one to four ways. */
export function mutate(text: string, random: Random): string {
  let mutated = text
  for (let times = 1 + Math.floor(random() * 4); times > 0; times -= 1)
    mutated = pick(random, mutations)(mutated, random)
  return mutated
}

/** The same value, with the keys of all its objects in another order. */
export function shuffleKeys(value: unknown, random: Random): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffleKeys(item, random))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => ({
    order: random(),
    key,
    inner: shuffleKeys(inner, random),
  }))
  return Object.fromEntries(entries.sort((one, other) => one.order - other.order).map(({ key, inner }) => [key, inner]))
}

type Mutation = (text: string, random: Random) => string

const mutations: readonly [Mutation, ...Mutation[]] = [
  flipBit,
  flipBit,
  truncate,
  cutOut,
  repeat,
  insert,
  nest,
  growNumber,
  replaceWord,
  replaceJsonValue,
  replaceJsonValue,
  replaceJsonValue,
  renameKey,
  duplicateKey,
]

const hostileTexts = [
  '\u0000',
  '\u001b[31m',
  '\u2028',
  '\u202e',
  '\ufeff',
  '\ud800',
  '\r',
  '`',
  '"',
  '\\',
  '&toString;',
  '<!DOCTYPE x [<!ENTITY a "b">]>',
  ']]>',
  '\n1..1\n',
  '\nok 1\n',
  '\nnot ok 1 # TODO {\n',
  '\nBail out!\n',
  '  ---\n',
  'x'.repeat(5000),
  ' '.repeat(3000),
] as const satisfies readonly [string, ...string[]]

const hostileValues = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  '',
  '__proto__',
  'constructor',
  'a\nb',
  '\u0000\u202e',
  'javascript:alert(1)',
  '2026-02-30T25:61:61Z',
  '9999-12-31T23:59:59Z',
  'y'.repeat(3000),
  [],
  {},
  [[[[]]]],
  [null],
  { length: 1e9 },
  { toString: 1, valueOf: null },
] as const satisfies readonly [unknown, ...unknown[]]

const hostileKeys = ['__proto__', 'constructor', 'toString', 'length', '', 'schema', 'id'] as const

function placeIn(text: string, random: Random): number {
  return Math.floor(random() * (text.length + 1))
}

function flipBit(text: string, random: Random): string {
  const at = placeIn(text, random)
  if (at >= text.length) return text
  const flipped = String.fromCharCode(text.charCodeAt(at) ^ (1 << Math.floor(random() * 8)))
  return text.slice(0, at) + flipped + text.slice(at + 1)
}

function truncate(text: string, random: Random): string {
  return text.slice(0, placeIn(text, random))
}

function cutOut(text: string, random: Random): string {
  const at = placeIn(text, random)
  return text.slice(0, at) + text.slice(at + Math.floor(random() * 200))
}

function repeat(text: string, random: Random): string {
  const at = placeIn(text, random)
  const part = text.slice(at, at + Math.floor(random() * 400))
  return text.slice(0, at) + part.repeat(1 + Math.floor(random() * 5)) + text.slice(at)
}

function insert(text: string, random: Random): string {
  const at = placeIn(text, random)
  return text.slice(0, at) + pick(random, hostileTexts) + text.slice(at)
}

function nest(text: string, random: Random): string {
  const at = placeIn(text, random)
  const open = pick(random, ['[', '{"a":', '<testsuite>', '    '])
  return text.slice(0, at) + open.repeat(Math.floor(random() * 2000)) + text.slice(at)
}

function growNumber(text: string, random: Random): string {
  const numbers = [...text.matchAll(/\d+/g)]
  const found = numbers[Math.floor(random() * numbers.length)]
  if (!found) return text
  const huge = pick(random, ['9'.repeat(400), '1e999', '-0', '1E400', '1,234.5', '18446744073709551616', '0.1'])
  return text.slice(0, found.index) + huge + text.slice(found.index + found[0].length)
}

/** Puts a word of one place into another: states, names and keys change places. */
function replaceWord(text: string, random: Random): string {
  const words = [...text.matchAll(/\w+/g)]
  const to = words[Math.floor(random() * words.length)]
  const from = words[Math.floor(random() * words.length)]
  return to && from ? text.slice(0, to.index) + from[0] + text.slice(to.index + to[0].length) : text
}

function replaceJsonValue(text: string, random: Random): string {
  return changeJson(text, random, (parent, key) => {
    set(parent, key, pick(random, hostileValues))
  })
}

function renameKey(text: string, random: Random): string {
  return changeJson(text, random, (parent, key) => {
    if (Array.isArray(parent)) return
    const value: unknown = Reflect.get(parent, key)
    Reflect.deleteProperty(parent, key)
    set(parent, pick(random, hostileKeys), value)
  })
}

function duplicateKey(text: string, random: Random): string {
  const keys = [...text.matchAll(/"\w+" ?:/g)]
  const found = keys[Math.floor(random() * keys.length)]
  if (!found) return text
  const again = `${found[0]}${JSON.stringify(pick(random, hostileValues))},`
  return text.slice(0, found.index) + again + text.slice(found.index)
}

function changeJson(text: string, random: Random, change: (parent: object, key: string) => void): string {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return text
  }
  const places: { parent: object; key: string }[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      places.push({ parent: value, key })
      visit(inner)
    }
  }
  visit(json)
  const place = places[Math.floor(random() * places.length)]
  if (place) change(place.parent, place.key)
  return JSON.stringify(json)
}

/** Also sets `__proto__` as a key like any other. */
function set(parent: object, key: string, value: unknown): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true })
}
